// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@Suite struct LambdaEventTests {
    private let arn = StreamARN("arn:aws:dynamodb:eu-west-1:000000000000:table/staging/stream/2024-10-27T03:33:20.000")

    @Test func membersStandInTheOrderOfRecordings() throws {
        let record = try #require(try StoryRecords.decode(StoryRecords.page([StoryRecords.expired])).records.first)
        let keys = #"{"createdAt":{"N":"1730000000123"},"messageId":{"S":"6c0b6ac1-9d5e-4f0a-8a3f-0f3c5f1f7a11"}}"#
        let image = keys.dropLast() + #","event":{"S":"{\"type\":\"order\",\"n\":7}"}}"#
        #expect(
            String(decoding: record.lambdaEvent(streamARN: self.arn), as: UTF8.self)
                == #"{"eventID":"c81e728d9d4c2f636f067f89cc14862c","eventName":"REMOVE","eventVersion":"1.1","#
                + #""eventSource":"aws:dynamodb","awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":1730003600.0,"#
                + #""Keys":\#(keys),"OldImage":\#(image),"SequenceNumber":"200000000000000000001","SizeBytes":173,"#
                + #""StreamViewType":"NEW_AND_OLD_IMAGES"},"userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"},"#
                + #""eventSourceARN":"\#(self.arn.text)"}"#
        )
    }

    @Test func onlyExpiredItemsHaveAnIdentity() throws {
        let record = try #require(try StoryRecords.decode(StoryRecords.page([StoryRecords.insert])).records.first)
        let event = try JSONValue(parsing: record.lambdaEvent(streamARN: self.arn))
        #expect(
            event.members?.map(\.name) == [
                "eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb", "eventSourceARN",
            ]
        )
        #expect(event["dynamodb"]?["OldImage"] == nil)
    }
}
