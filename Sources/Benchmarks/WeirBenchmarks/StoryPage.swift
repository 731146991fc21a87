// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Pages of the records that the program was written for: messages of a staging table with an event in JSON.
enum StoryPage {
    static let keyNames = ["createdAt", "messageId"]

    /// A page as the service sends it, about 1,050 bytes a record.
    static func encoded(records count: Int) -> [UInt8] {
        let page = RecordPage(
            records: (0..<count).map(Self.record),
            next: ShardIterator("arn:aws:dynamodb:eu-west-1:000000000000:table/staging/stream/x|1|\(count)")
        )
        return WireOperation.getRecords.encodeOutput(page)
    }

    /// One INSERT, the same for the same number.
    static func record(_ number: Int) -> StreamRecord {
        let digits = String(number)
        let id = "msg-" + String(repeating: "0", count: 10 - digits.count) + digits
        let keys: Item = ["createdAt": .number(DecimalNumber(1_767_225_600_000 + number)), "messageId": .string(id)]
        let note = String(repeating: "words of a message \(number % 7) ", count: 18)
        let event =
            #"{"type":"message.archived","source":"checkout-\#(number % 16)","amount":3030.69,"note":"\#(note)"}"#
        let image = keys.merging(["event": .string(event)]) { $1 }
        return StreamRecord(
            eventID: EventID(String(repeating: "0", count: 32 - digits.count) + digits),
            kind: .insert,
            keys: RawItem(keys),
            newImage: RawItem(image),
            sequenceNumber: Self.sequenceNumber(number),
            createdAt: Timestamp(seconds: 1_767_225_600 + Int64(number / 100)),
            size: keys.size + image.size,
            viewType: .newImage,
            region: "eu-west-1"
        )
    }

    static func sequenceNumber(_ number: Int) -> SequenceNumber {
        guard let number = SequenceNumber(String(100_000_000_000_000 + number) + "0000000") else {
            preconditionFailure("22 digits are a sequence number")
        }
        return number
    }
}
