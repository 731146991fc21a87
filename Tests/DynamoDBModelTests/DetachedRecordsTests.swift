// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// Records that are kept do not keep their page.
@Suite("Detached records")
struct DetachedRecordsTests {
    @Test func detachedRecordsAreTheSameRecords() {
        let page = Array(#"{"id":{"S":"1"}}{"id":{"S":"1"},"v":{"N":"2"}}"#.utf8)
        let keys = RawItem(sharing: page, range: 0..<16, isKeys: true)
        let image = RawItem(sharing: page, range: 16..<page.count)
        let records = [(nil, image), (image, nil), (image, image), (nil, nil)].enumerated().map { number, images in
            StreamRecord(
                eventID: EventID("event-\(number)"),
                kind: .modify,
                keys: keys,
                oldImage: images.0,
                newImage: images.1,
                sequenceNumber: SequenceNumber("\(number + 1)") ?? .init("1")!,
                createdAt: Timestamp(seconds: 1),
                size: ByteCount(20)
            )
        }
        #expect(records.detached() == records)
        #expect([StreamRecord]().detached().isEmpty)
    }

    /// A copy of a copy would take time for nothing.
    @Test func recordsWithMemoryOfTheirOwnAreNotCopiedAgain() {
        let page = Array(#"[{"id":{"S":"1"}},{"id":{"S":"2"}}]"#.utf8)
        let records = [1..<17, 18..<34].enumerated().map { number, range in
            StreamRecord(
                eventID: EventID("event-\(number)"),
                kind: .insert,
                keys: RawItem(sharing: page, range: range, isKeys: true),
                sequenceNumber: SequenceNumber("\(number + 1)") ?? .init("1")!,
                createdAt: Timestamp(seconds: 1),
                size: ByteCount(20)
            )
        }
        func place(_ records: [StreamRecord]) -> UInt? {
            records[0].keys.bytes.withUnsafeBytes { $0.baseAddress.map { UInt(bitPattern: $0) } }
        }
        let detached = records.detached()
        #expect(detached == records)
        #expect(place(detached) != place(records))
        #expect(place(detached.detached()) == place(detached))
    }
}
