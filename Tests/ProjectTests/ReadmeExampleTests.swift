// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import StreamSession
import Synchronization
import TestSupport
import Testing

/// The example of the README is `ReadmeExample.swift`; here it does what the README says.
struct ReadmeExampleTests {
    private final class Collector: RecordHandler {
        private let kinds = Mutex<[ChangeKind]>([])
        /// Whether the consumer has returned.
        let isOver = Mutex(false)

        var all: [ChangeKind] { self.kinds.withLock { $0 } }

        func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
            self.kinds.withLock { $0 += batch.records.map(\.kind) }
            return .done
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func theExampleHandlesWhatTheStreamHoldsAndEnds() async throws {
        let clock = ManualClock()
        let store = try LocalStore(clock: clock)
        let table = try await store.createTable(
            CreateTableRequest(
                tableName: "Orders",
                keySchema: KeySchema(partition: KeyAttribute(name: "id", type: .string)),
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newAndOldImages)
            )
        )
        for id in ["a", "b", "c"] {
            _ = try await store.putItem(PutItemRequest(tableName: "Orders", item: ["id": .string(id)]))
        }
        _ = try await store.deleteItem(DeleteItemRequest(tableName: "Orders", key: ["id": .string("b")]))
        let arn = try #require(table.latestStreamARN)
        let collector = Collector()
        try await withThrowingTaskGroup { group in
            group.addTask {
                defer { collector.isOver.withLock { $0 = true } }
                try await consume(arn, from: store, with: collector, clock: clock)
            }
            // Time stands still until all is handled: the store must not forget it, nor the consumer find nothing to do.
            while collector.all.count < 4 { await Task.yield() }
            while !collector.isOver.withLock({ $0 }) {
                clock.advance(by: .milliseconds(250))
                await Task.yield()
            }
            try await group.waitForAll()
        }
        #expect(collector.all == [.insert, .insert, .insert, .remove])
    }
}
