// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
import StreamSession

/// What the engine relies on in every handler, whatever it does.
package enum HandlerConformance {
    /// A rule that a handler broke.
    package struct Failure: Error, CustomStringConvertible {
        /// The rule and what happened instead.
        package var description: String
    }

    /// The rules.
    package static let rules: [Rule] = [
        Rule(name: "a batch of one record is done") { make in
            try await Self.expectDone(make(), Self.batch(1, of: 0..<1))
        },
        Rule(name: "the same batch can come again") { make in
            let handler = make()
            try await Self.expectDone(handler, Self.batch(1, of: 0..<40))
            try await Self.expectDone(handler, Self.batch(1, of: 0..<40, attempt: 2))
        },
        Rule(name: "the largest batch is done") { make in
            try await Self.expectDone(make(), Self.batch(1, of: 0..<10_000))
        },
        Rule(name: "a batch may hold a key many times") { make in
            var batch = Self.batch(1, of: 0..<30)
            batch.records += batch.records.reversed() + batch.records
            try await Self.expectDone(make(), batch)
        },
        Rule(name: "shards are handled at the same time") { make in
            let handler = make()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for shard in 0..<8 {
                    group.addTask {
                        let records = shard * 100..<(shard + 1) * 100
                        try await Self.expectDone(handler, Self.batch(UInt64(shard) + 1, of: records, shard: shard))
                    }
                }
                try await group.waitForAll()
            }
        },
        Rule(name: "one request a record, or none, is what it is compared with") { make in
            let meter = WorkMeter()
            _ = try await make().handle(Self.batch(1, of: 0..<60), meter: meter)
            let singles = meter.total.singleRequests
            if singles != 0, singles != 60 { throw Failure(description: "\(singles) single requests for 60 records") }
        },
        Rule(name: "no image is decoded") { make in
            var batch = Self.batch(1, of: 0..<50)
            for index in batch.records.indices {
                // Whoever decodes this fails.
                batch.records[index].newImage = RawItem(unchecked: Array("not json".utf8)[...])
                batch.records[index].oldImage = batch.records[index].newImage
            }
            try await Self.expectDone(make(), batch)
        },
        Rule(name: "a cancelled task ends") { make in
            let handler = make()
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await handler.handle(Self.batch(1, of: 0..<200), meter: WorkMeter())
            }
            do { try await task.value } catch is CancellationError {}
        },
    ]

    /// One rule.
    package struct Rule: Sendable, CustomStringConvertible {
        /// What must hold.
        package var name: String
        /// Throws if it does not hold for the handlers that the closure makes.
        package var check: @Sendable (_ make: @Sendable () -> any RecordHandler) async throws -> Void

        /// The name.
        package var description: String { self.name }
    }

    /// A batch of records with the story's keys.
    package static func batch(
        _ id: UInt64,
        of numbers: Range<Int>,
        shard: Int = 0,
        attempt: Int = 1
    ) -> RecordBatch {
        RecordBatch(
            id: BatchID(id),
            shard: ShardID("shardId-\(shard)"),
            records: numbers.map { Self.record($0) },
            attempt: attempt
        )
    }

    /// A record of the story.
    package static func record(_ number: Int, keys: String? = nil) -> StreamRecord {
        let key = keys ?? #"{"createdAt":{"N":"\#(1_767_225_600_000 + number)"},"messageId":{"S":"msg-\#(number)"}}"#
        guard let place = SequenceNumber(String(100_000 + number)) else { preconditionFailure("digits are a number") }
        return StreamRecord(
            eventID: EventID("event-\(number)"),
            kind: .insert,
            keys: RawItem(unchecked: Array(key.utf8)[...]),
            newImage: RawItem(unchecked: Array(key.utf8)[...]),
            sequenceNumber: place,
            createdAt: Timestamp(seconds: 1_767_225_600),
            size: ByteCount(173)
        )
    }

    private static func expectDone(_ handler: any RecordHandler, _ batch: RecordBatch) async throws {
        let outcome = try await handler.handle(batch, meter: WorkMeter())
        switch outcome {
        case .done, .doneWithoutCheckpoint: break
        case .responded(let response) where response.functionError == nil: break
        default: throw Failure(description: "\(batch.records.count) records ended with \(outcome)")
        }
    }
}
