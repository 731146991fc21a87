// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// Records one by one, as those read them who have a source of their own.
struct RecordParsingTests {
    private static let text = """
        {"eventID":"c4ca4238a0b923820dcc509a6f75849b","eventName":"REMOVE","eventVersion":"1.1",\
        "eventSource":"aws:dynamodb","awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":1730003600,\
        "Keys":{"pk":{"S":"a"}},"OldImage":{"pk":{"S":"a"},"v":{"S":"x"}},"SequenceNumber":"200000000000000000001",\
        "SizeBytes":8,"StreamViewType":"NEW_AND_OLD_IMAGES"},\
        "userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"}}
        """

    @Test func aRecordIsWhatItIsInAPage() throws {
        let record = try StreamRecord(parsing: Self.text.utf8)
        let page = #"{"Records":["# + Self.text + "]}"
        #expect([record] == (try RecordList.decode(Array(page.utf8))))
        #expect(record.kind == .remove && record.isTimeToLive && record.region == "eu-west-1")
        #expect(try record.oldImage?.decoded() == ["pk": .string("a"), "v": .string("x")])
        #expect(record.newImage == nil)
        #expect(record.sequenceNumber == SequenceNumber("200000000000000000001"))
        #expect(record.createdAt == Timestamp(seconds: 1_730_003_600))
    }

    @Test(arguments: [
        ("", "byte 0"), ("[]", "byte 0"), (Self.text + "{}", "byte \(Self.text.utf8.count)"),
        (#"{"eventName":"INSERT"}"#, "eventID"),
        (Self.text.replacing("\"Keys\"", with: "\"keys\""), "Keys"),
        (Self.text.replacing("REMOVE", with: "REMOVED"), "eventName"),
    ])
    func whatIsNoRecordIsRefusedWithTheReason(text: String, fact: String) {
        let error = #expect(throws: DynamoDBError.self) { try StreamRecord(parsing: text.utf8) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.contains(fact) == true, "\(error?.message ?? "")")
    }
}
