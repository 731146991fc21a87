// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
import StreamSession
import Synchronization

/// A handler that notes what it gets and answers as a test says.
package final class ScriptedHandler: RecordHandler {
    /// What to do with a delivery.
    package typealias Answer = @Sendable (_ delivery: Int, _ batch: RecordBatch) async throws -> HandlerOutcome

    private let deliveries = Mutex<[RecordBatch]>([])
    private let answer: Answer

    /// Creates a handler.
    ///
    /// - Parameter answer: Given the number of the delivery, from 0, and the batch. Default: all is done.
    package init(_ answer: @escaping Answer = { _, _ in .done }) {
        self.answer = answer
    }

    /// Every batch that came, each attempt.
    package var batches: [RecordBatch] {
        self.deliveries.withLock { $0 }
    }

    /// The keys of every record that came, as text, in order.
    package var keys: [String] {
        self.batches.flatMap(\.records).map { Self.key(of: $0) }
    }

    /// The key of a record made by ``ScriptedService``.
    package static func key(of record: StreamRecord) -> String {
        let parts = String(decoding: record.keys.bytes, as: UTF8.self).split(separator: "\"")
        return parts.count > 5 ? String(parts[5]) : ""
    }

    /// Notes and answers.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let number = self.deliveries.withLock { deliveries in
            deliveries.append(batch)
            return deliveries.count - 1
        }
        meter.add(HandlerWork(singleRequests: batch.records.count))
        return try await self.answer(number, batch)
    }
}
