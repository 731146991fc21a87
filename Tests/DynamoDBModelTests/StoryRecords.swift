// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Records of the shape that the program was written for: an item of a staging table, whose `event` is a JSON string.
enum StoryRecords {
    static let insert = #"""
        {"eventID":"c4ca4238a0b923820dcc509a6f75849b","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":1730000000,"Keys":{"createdAt":{"N":"1730000000123"},"messageId":{"S":"6c0b6ac1-9d5e-4f0a-8a3f-0f3c5f1f7a11"}},"NewImage":{"createdAt":{"N":"1730000000123"},"messageId":{"S":"6c0b6ac1-9d5e-4f0a-8a3f-0f3c5f1f7a11"},"event":{"S":"{\"type\":\"order\",\"n\":7}"}},"SequenceNumber":"100000000000000000001","SizeBytes":173,"StreamViewType":"NEW_AND_OLD_IMAGES"}}
        """#

    static let expired = #"""
        {"eventID":"c81e728d9d4c2f636f067f89cc14862c","eventName":"REMOVE","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"eu-west-1","dynamodb":{"ApproximateCreationDateTime":1730003600,"Keys":{"createdAt":{"N":"1730000000123"},"messageId":{"S":"6c0b6ac1-9d5e-4f0a-8a3f-0f3c5f1f7a11"}},"OldImage":{"createdAt":{"N":"1730000000123"},"messageId":{"S":"6c0b6ac1-9d5e-4f0a-8a3f-0f3c5f1f7a11"},"event":{"S":"{\"type\":\"order\",\"n\":7}"}},"SequenceNumber":"200000000000000000001","SizeBytes":173,"StreamViewType":"NEW_AND_OLD_IMAGES"},"userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"}}
        """#

    static let keyNames = ["createdAt", "messageId"]

    static let key = PrimaryKey(
        partition: .number(DecimalNumber(1_730_000_000_123)),
        sort: .string("6c0b6ac1-9d5e-4f0a-8a3f-0f3c5f1f7a11")
    )

    static func page(_ records: [String], next: String? = "next") -> [UInt8] {
        let end = next.map { #","NextShardIterator":"\#($0)""# } ?? ""
        return Array("{\"Records\":[\(records.joined(separator: ","))]\(end)}".utf8)
    }

    static func decode(_ page: [UInt8]) throws -> RecordPage {
        try WireOperation.getRecords.decodeOutput(page)
    }
}
