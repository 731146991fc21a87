// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
package import StreamSession

/// Deletes from a staging table the items whose keys a batch holds.
///
/// Without a condition a delete removes whatever item has the key when the request arrives. Every accepted delete is
/// counted as deleted, whether there was an item or not, because the service does not tell; an item that a condition keeps
/// is counted as kept.
///
/// All requests of the handler share one ``WriteBudget``. A request that is throttled, or comes back with unprocessed keys,
/// lowers it and is sent again after a growing pause. What fails for longer goes back to the engine as a retry, which begins
/// with what is left of the batch; what cannot succeed (no permission, no table) stops the consumer.
package struct DeleteHandler: RecordHandler {
    let configuration: DeleteHandlerConfiguration
    let api: any DynamoDBTableAPI
    let clock: any SessionClock
    let backoff: SharedBackoff
    let pacer: WritePacer

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - configuration: What is deleted and how.
    ///   - api: Where; leaves throttled requests to the handler, which slows down then.
    ///   - clock: What pauses are measured with.
    ///   - seed: Seed of the jitter in pauses.
    package init(
        configuration: DeleteHandlerConfiguration,
        api: any DynamoDBTableAPI,
        clock: any SessionClock,
        seed: UInt64
    ) {
        precondition((1...64).contains(configuration.concurrency), "concurrency outside of 1...64")
        precondition(configuration.condition == nil || configuration.mode == .item, "no batch takes conditions")
        self.configuration = configuration
        self.api = api
        self.clock = clock
        self.backoff = SharedBackoff(range: configuration.backoff, seed: seed)
        self.pacer = WritePacer(
            budget: WriteBudget(
                maximum: configuration.maximumWriteCapacity,
                provisioned: configuration.provisionedWriteCapacity
            ),
            clock: clock
        )
    }

    /// Deletes the keys of the batch.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let end: RequestEnd
        let repeatedKeys: Int
        do {
            switch self.configuration.mode {
            case .batch:
                let keys = try self.distinctKeys(of: batch.records)
                repeatedKeys = batch.records.count - keys.count
                if self.configuration.isDryRun {
                    self.report(batch, requests: Self.chunks(of: keys), repeatedKeys: repeatedKeys)
                    return .doneWithoutCheckpoint
                }
                end = try await self.deleteInBatches(batch.records, meter: meter)
            case .item:
                repeatedKeys = 0
                if self.configuration.isDryRun {
                    self.report(batch, requests: batch.records.map { [$0.keys] }, repeatedKeys: 0)
                    return .doneWithoutCheckpoint
                }
                end = try await self.deleteOneByOne(batch.records, meter: meter)
            }
        } catch let error as DynamoDBError {
            return .stop(reason: "a key in shard \(batch.shard) cannot be read: \(error)")
        }
        switch end {
        case .done:
            meter.add(HandlerWork(singleRequests: repeatedKeys, repeatedKeys: repeatedKeys))
            return .done
        case .retry(let reason): return .retry(after: nil, reason: reason)
        case .stop(let reason): return .stop(reason: reason)
        }
    }

    // MARK: - Parts

    /// What a failed request means; nil: send it again after a pause.
    func end(
        after error: DynamoDBError,
        of grant: WriteBudget.Grant,
        work: inout HandlerWork,
        meter: WorkMeter
    ) throws -> RequestEnd? {
        if error.code == .cancelled { throw CancellationError() }
        if error.isThrottling {
            work.throttles = 1
            meter.add(work)
            self.pacer.settle(grant, WriteBudget.Receipt(keys: 0, units: 0, throttle: error.description), meter: meter)
            return nil
        }
        meter.add(work)
        // The client has repeated it already; the engine waits longer and shows it.
        if error.isTransient { return .retry(reason: error.description) }
        return .stop(reason: "cannot delete from \(self.configuration.stagingTable): \(error)")
    }

    /// Sends requests, a few at a time; after a failure no further one is begun.
    func send(
        count: Int,
        _ request: @escaping @Sendable (Int) async throws -> RequestEnd
    ) async throws -> RequestEnd {
        let workers = min(self.configuration.concurrency, count)
        if workers <= 1 {
            for index in 0..<count {
                let end = try await request(index)
                guard case .done = end else { return end }
            }
            return .done
        }
        let cursor = WorkCursor(count: count)
        return try await withThrowingTaskGroup(of: RequestEnd.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    while let index = cursor.next() {
                        let end = try await request(index)
                        guard case .done = end else {
                            cursor.stop()
                            return end
                        }
                    }
                    return .done
                }
            }
            return try await group.reduce(.done) { $0.merged(with: $1) }
        }
    }

    private func report(_ batch: RecordBatch, requests: [[RawItem]], repeatedKeys: Int) {
        self.configuration.report(
            DeletePlan(
                batch: batch,
                table: self.configuration.stagingTable,
                operation: self.configuration.mode == .batch ? "BatchWriteItem" : "DeleteItem",
                requests: requests,
                repeatedKeys: repeatedKeys,
                condition: self.configuration.condition
            )
        )
    }
}
