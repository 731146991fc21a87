// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@Suite struct RecordPageTests {
    private func first(_ record: String) throws -> StreamRecord {
        try #require(try StoryRecords.decode(StoryRecords.page([record])).records.first)
    }

    private func changed(
        _ part: String,
        _ replacement: String,
        in record: String = StoryRecords.insert
    ) throws -> String {
        let parts = record.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "\(part) is not in the record")
        return parts.joined(separator: replacement)
    }

    @Test(
        arguments: [
            (#"{"Records":[]}"#, nil), (#"{"Records":[],"NextShardIterator":null}"#, nil),
            (#"{"NextShardIterator":"a\u007cb","Records":[ ]}"#, "a|b"),
            (#" {"x":{"y":[1]},"Records":[],"z":null} "#, nil),
        ] as [(String, String?)]
    )
    func anEmptyPageMayEndAShard(page: String, next: String?) throws {
        let page = try StoryRecords.decode(Array(page.utf8))
        #expect(page.records.isEmpty)
        #expect(page.next?.text == next)
    }

    @Test(arguments: [
        "", "[]", "null", "{}", #"{"Records":null}"#, #"{"Records":{}}"#, #"{"Records":[null]}"#,
        #"{"Records":[],"Records":[]}"#,
        #"{"Records":[],"NextShardIterator":7}"#, #"{"Records":[],"NextShardIterator":"a","NextShardIterator":"b"}"#,
        #"{"Records":[]}}"#, #"{"Records":[{}]}"#, #"{"Records":[],}"#,
    ])
    func aPageOfAnotherShapeIsRefused(page: String) {
        let error = #expect(throws: DynamoDBError.self) { try StoryRecords.decode(Array(page.utf8)) }
        #expect(error?.code == .malformedResponse)
    }

    @Test(arguments: [
        ("1730000000", 1_730_000_000_000), ("1730000000.0", 1_730_000_000_000), ("1.73E9", 1_730_000_000_000),
        ("1730000000.25", 1_730_000_000_250), ("1.7300000005e9", 1_730_000_000_500), ("0", 0),
    ])
    func theTimeMayBeWrittenInAnyForm(text: String, milliseconds: Int64) throws {
        let record = try self.first(self.changed("1730000000,", "\(text),"))
        #expect(record.createdAt == Timestamp(milliseconds: milliseconds))
    }

    @Test func unknownMembersAreSteppedOver() throws {
        let extra = #""later":{"deep":[[{"a":"\u00e9"}],null,1e9]},"#
        let record = try self.changed(#""eventID""#, extra + #""eventID""#)
        let change = try self.changed(#""Keys""#, extra + #""Keys""#, in: record)
        #expect(try self.first(change) == self.first(StoryRecords.insert))
    }

    @Test func namesWithEscapesAreTheSameNames() throws {
        let record = try self.changed(#""eventID""#, #""event\u0049D""#)
        #expect(try self.first(record) == self.first(StoryRecords.insert))
    }

    @Test func whiteSpaceChangesNothing() throws {
        var spaced = ""
        var isInString = false
        var isEscaped = false
        for character in StoryRecords.insert {
            if character == "\"", !isEscaped { isInString.toggle() }
            isEscaped = character == "\\" && !isEscaped
            spaced += !isInString && "{}[]:,".contains(character) ? " \(character)\n" : String(character)
        }
        let record = try self.first(spaced)
        let original = try self.first(StoryRecords.insert)
        #expect(record.eventID == original.eventID)
        #expect(record.sequenceNumber == original.sequenceNumber)
        #expect(try record.keys.primaryKey(StoryRecords.keyNames) == StoryRecords.key)
        #expect(try record.newImage?.decoded() == original.newImage?.decoded())
    }

    @Test func aUUIDMayBeTheID() throws {
        let record = try self.changed("c4ca4238a0b923820dcc509a6f75849b", "C4CA4238-a0b9-2382-0dcc-509a6f75849b")
        #expect(try self.first(record).eventID.text == "C4CA4238-a0b9-2382-0dcc-509a6f75849b")
    }

    @Test func whatEmulatorsLeaveOutIsCounted() throws {
        let unsized = try self.first(self.changed(#""SizeBytes":173,"#, ""))
        let image = try #require(unsized.newImage)
        #expect(try unsized.size == image.decoded().size + unsized.keys.decoded().size)
        let untyped = try self.first(self.changed(#","StreamViewType":"NEW_AND_OLD_IMAGES""#, ""))
        #expect(untyped.viewType == .newImage)
        #expect(try self.first(self.changed(#""awsRegion":"eu-west-1","#, "")).region.isEmpty)
    }

    @Test func nullImagesAreNone() throws {
        let record = try self.first(self.changed(#""Keys":"#, #""OldImage":null,"Keys":"#))
        #expect(record.oldImage == nil)
        #expect(record.newImage != nil)
    }

    @Test func regionsMayDifferWithinAPage() throws {
        let other = try self.changed("eu-west-1", "us-gov-west-1")
        let page = try StoryRecords.decode(StoryRecords.page([StoryRecords.insert, other, StoryRecords.insert]))
        #expect(page.records.map(\.region) == ["eu-west-1", "us-gov-west-1", "eu-west-1"])
    }

    @Test(arguments: [
        (#""PrincipalId":"dynamodb.amazonaws.com","Type":"Service""#, true), (#""Type":"Service""#, false),
        (#""PrincipalId":"dynamodb.amazonaws.com","Type":"User""#, false),
        (#""principalId":"dynamodb.amazonaws.com","type":"Service""#, false),
        (#""PrincipalId":null,"Type":["Service"]"#, false),
    ])
    func onlyTheServiceItselfExpiresItems(identity: String, isTimeToLive: Bool) throws {
        let record = try self.changed(
            #""PrincipalId":"dynamodb.amazonaws.com","Type":"Service""#,
            identity,
            in: StoryRecords.expired
        )
        #expect(try self.first(record).isTimeToLive == isTimeToLive)
    }

    @Test(arguments: [
        (#""eventID":"c4ca4238a0b923820dcc509a6f75849b","#, ""), (#""eventName":"INSERT","#, ""), ("INSERT", "UPSERT"),
        (#""Keys":{"#, #""keys":{"#),
        (#""SequenceNumber":"100000000000000000001""#, #""SequenceNumber":"10000000000000000000x""#),
        (#""SequenceNumber":"100000000000000000001""#, #""SequenceNumber":100"#), ("1730000000,", #""1730000000","#),
        ("1730000000,", "1e99,"), ("1730000000,", "null,"), (":173,", ":-173,"), (":173,", ":17.5,"),
        (":173,", ":9999999999999999999999,"), ("NEW_AND_OLD_IMAGES", "EVERYTHING"),
        (#""NewImage":{"#, #""NewImage":[{"#),
        (#""Keys":{"createdAt""#, #""Keys":null,"x":{"createdAt""#),
        (#""eventName":"#, #""eventName":"MODIFY","eventName":"#),
        (#""SizeBytes":"#, #""SizeBytes":1,"SizeBytes":"#), (#""dynamodb":{"#, #""dynamodb":{},"dynamodb":{"#),
        (#"{\"type\""#, #"{\xtype\""#), (#"{\"type\""#, "\u{1}"),
        (#""userIdentity""#, #""userIdentity":7,"userIdentity""#),
    ])
    func aRecordOfAnotherShapeIsRefused(part: String, replacement: String) throws {
        let base = StoryRecords.insert.contains(part) ? StoryRecords.insert : StoryRecords.expired
        let record = try self.changed(part, replacement, in: base)
        let page = StoryRecords.page([StoryRecords.expired, record])
        let error = #expect(throws: DynamoDBError.self) { try StoryRecords.decode(page) }
        #expect(error?.code == .malformedResponse)
    }

    @Test func everyCutOfAPageIsRefused() {
        let page = StoryRecords.page([StoryRecords.insert, StoryRecords.expired])
        for count in 0..<page.count {
            #expect((try? StoryRecords.decode(Array(page.prefix(count)))) == nil)
        }
    }

    @Test func theMessageTellsWhatIsMissingAndWhere() throws {
        let record = try self.changed(#""eventName":"INSERT","#, "")
        let error = #expect(throws: DynamoDBError.self) { try StoryRecords.decode(StoryRecords.page([record])) }
        #expect(error?.message == "a record has no eventName (at byte 12)")
    }

    @Test func messagesNeverHoldItemValues() throws {
        let record = try self.changed(#"{\"type\""#, #"secret\q"#)
        let error = #expect(throws: DynamoDBError.self) { try StoryRecords.decode(StoryRecords.page([record])) }
        #expect(error?.description.contains("secret") == false)
    }

    @Test func aRecordCanLeaveItsPage() throws {
        let record = try self.first(StoryRecords.insert)
        #expect(record.detached() == record)
    }
}
