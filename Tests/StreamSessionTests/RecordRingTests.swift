// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@Suite("Record ring")
struct RecordRingTests {
    private static func records(_ values: Range<Int>) -> [StreamRecord] {
        values.map { Samples.record($0, padding: $0 % 7) }
    }

    /// The same as one entry after the other in a list would be.
    @Test(arguments: [1, 2, 3, 7, 20, 100])
    func keepsTheNewestInOrderWhateverIsDroppedInBetween(limit: Int) {
        var random = SplitMix(seed: UInt64(limit))
        var ring = RecordRing(limit: limit)
        var model: [RecordEntry] = []
        var (bytes, dropped, value) = (0, 0, 0)
        for step in 0..<600 {
            switch random.next() % 8 {
            case 0:
                let oldest = model.isEmpty ? nil : model.removeFirst()
                dropped += oldest == nil ? 0 : 1
                #expect(ring.dropOldest() == oldest?.record.retainedBytes ?? 0)
                bytes -= oldest?.record.retainedBytes ?? 0
            case 1:
                guard let marked = model.indices.randomElement(using: &random) else { continue }
                ring.markDuplicate(model[marked].record.eventID)
                model[marked].isDuplicate = true
            default:
                let count = Int(random.next() % 9)
                let batch = BatchID(UInt64(step))
                let shard = ShardID("shard-\(step % 3)")
                let records = Self.records(value..<value + count)
                value += count
                bytes += ring.append(records, of: batch, shard: shard, deliveredAt: Samples.at(Int64(step)))
                for record in records.suffix(limit) {
                    model.append(
                        RecordEntry(
                            record: record,
                            shard: shard,
                            batch: batch,
                            deliveredAt: Samples.at(Int64(step)),
                            isDuplicate: false
                        )
                    )
                }
                dropped += max(0, model.count - limit)
                model = model.suffix(limit)
            }
            #expect(Array(ring) == model)
            #expect(ring.droppedCount == dropped)
            #expect(bytes == model.reduce(0) { $0 + $1.record.retainedBytes })
            #expect(ring.retainedBytes == bytes)
        }
        #expect(dropped > 100)
    }

    @Test func equalityLooksAtRecordsAndNotAtHowTheyCame() {
        var one = RecordRing(limit: 3)
        var other = RecordRing(limit: 3)
        let place = (batch: BatchID(1), shard: Samples.shard)
        one.append(Self.records(0..<5), of: place.batch, shard: place.shard, deliveredAt: Samples.start)
        other.append(Self.records(2..<4), of: place.batch, shard: place.shard, deliveredAt: Samples.start)
        #expect(one != other)
        other.append(Self.records(4..<5), of: place.batch, shard: place.shard, deliveredAt: Samples.start)
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        other.markDuplicate(EventID("event-3"))
        #expect(one != other)
    }

    @Test func theNewestDeliveryOfARecordIsTheOneThatIsMarked() {
        var ring = RecordRing(limit: 10)
        for batch in 1...2 {
            ring.append(
                Self.records(0..<2),
                of: BatchID(UInt64(batch)),
                shard: Samples.shard,
                deliveredAt: Samples.start
            )
        }
        ring.markDuplicate(EventID("event-0"))
        ring.markDuplicate(EventID("event-7"))
        #expect(ring.map(\.isDuplicate) == [false, false, true, false])
    }

    /// A key frame holds what the ring is, not the records.
    @Test func aRingComesBackFromAKeyFrame() throws {
        let retention = SessionRetention(batches: 3, records: 10, recordBytes: 1 << 20, logLines: 10)
        let batches = (0..<6).map { (Int64($0), Samples.batch(UInt64($0), $0 * 3..<$0 * 3 + 3 + $0 % 2)) }
        let duplicates = ["event-9", "event-11", "event-15"].enumerated().map { number, id in
            (Int64(10 + number), SessionEvent.Kind.duplicate(Samples.shard, EventID(id)))
        }
        let state = SessionState([(0, Samples.listed())] + batches + duplicates, retention: retention)
        #expect(state.records.count == 10)
        #expect(state.records.contains { $0.isDuplicate })
        var records: [BatchID: [StreamRecord]] = [:]
        for case .batchFormed(let batch) in batches.map(\.1) { records[batch.id] = batch.records }
        #expect(SessionKeyframe(of: state).restored { records[$0] } == state)
    }
}
