// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
package import StreamSession

/// Deletes from a staging table the items whose keys a batch holds.
///
/// The delete is unconditional: it removes whatever item has the key when the request arrives. Every accepted delete is
/// counted as deleted, whether there was an item or not, because the service does not tell.
///
/// A request that is throttled, or comes back with unprocessed keys, is sent again after a growing pause. What fails for
/// longer goes back to the engine as a retry; what cannot succeed (no permission, no table) stops the consumer.
package struct DeleteHandler: RecordHandler {
    private let configuration: DeleteHandlerConfiguration
    private let api: any DynamoDBTableAPI
    private let clock: any SessionClock
    private let backoff: Backoff

    /// How one request ended.
    private enum RequestEnd: Sendable {
        case done
        case retry(reason: String)
        case stop(reason: String)

        /// The worse of two ends.
        func merged(with other: RequestEnd) -> RequestEnd {
            switch (self, other) {
            case (.stop, _): self
            case (_, .stop): other
            case (.retry, _): self
            default: other
            }
        }
    }

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - configuration: What is deleted and how.
    ///   - api: Where.
    ///   - clock: What pauses are measured with.
    ///   - seed: Seed of the jitter in pauses.
    package init(
        configuration: DeleteHandlerConfiguration,
        api: any DynamoDBTableAPI,
        clock: any SessionClock,
        seed: UInt64
    ) {
        precondition((1...64).contains(configuration.concurrency), "concurrency outside of 1...64")
        self.configuration = configuration
        self.api = api
        self.clock = clock
        self.backoff = Backoff(range: configuration.backoff, seed: seed)
    }

    /// Deletes the keys of the batch.
    package func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let end: RequestEnd
        var repeatedKeys = 0
        switch self.configuration.mode {
        case .batch:
            let keys: [RawItem]
            do {
                keys = try self.distinctKeys(of: batch)
            } catch {
                return .stop(reason: "a key in shard \(batch.shard) cannot be read: \(error)")
            }
            repeatedKeys = batch.records.count - keys.count
            let chunks = Self.chunks(of: keys)
            if self.configuration.isDryRun {
                self.report(batch, operation: "BatchWriteItem", requests: chunks, repeatedKeys: repeatedKeys)
                return .doneWithoutCheckpoint
            }
            end = try await self.send(count: chunks.count) { index in
                try await self.deleteChunk(chunks[index], meter: meter)
            }
        case .item:
            if self.configuration.isDryRun {
                let requests = batch.records.map { [$0.keys] }
                self.report(batch, operation: "DeleteItem", requests: requests, repeatedKeys: 0)
                return .doneWithoutCheckpoint
            }
            do {
                end = try await self.deleteEach(batch.records, meter: meter)
            } catch let error as DynamoDBError {
                return .stop(reason: "a key in shard \(batch.shard) cannot be read: \(error)")
            }
        }
        switch end {
        case .done:
            meter.add(HandlerWork(singleRequests: batch.records.count, repeatedKeys: repeatedKeys))
            return .done
        case .retry(let reason): return .retry(after: nil, reason: reason)
        case .stop(let reason): return .stop(reason: reason)
        }
    }

    // MARK: - Requests

    /// Sends up to 25 keys until all are taken.
    private func deleteChunk(_ keys: [RawItem], meter: WorkMeter) async throws -> RequestEnd {
        var writes = keys.map { WriteRequest.deleteEncoded($0) }
        for attempt in 1... {
            let request = BatchWriteItemRequest(
                requestItems: [self.configuration.stagingTable: writes],
                returnConsumedCapacity: .total
            )
            var work = HandlerWork(requests: ["BatchWriteItem": 1])
            let reason: String
            do throws(DynamoDBError) {
                let result = try await self.api.batchWriteItem(request)
                let left = result.unprocessedItems.values.flatMap(\.self)
                work.itemsDeleted = writes.count - left.count
                work.unprocessedItems = left.count
                work.writeCapacityUnits = result.consumedCapacity.reduce(0) { $0 + $1.capacityUnits }
                meter.add(work)
                if left.isEmpty { return .done }
                reason = "\(left.count) keys are still unprocessed after \(attempt) attempts"
                writes = left
            } catch {
                if let end = try self.end(after: error, work: &work, meter: meter) { return end }
                reason = error.description
            }
            if attempt >= self.configuration.attemptLimit { return .retry(reason: reason) }
            try await self.clock.sleep(for: self.backoff.pause(after: attempt))
        }
        return .done
    }

    /// Deletes record by record; no key is in flight twice, so the deletes of one key keep their order.
    private func deleteEach(_ records: [StreamRecord], meter: WorkMeter) async throws -> RequestEnd {
        var end = RequestEnd.done
        var start = 0
        while start < records.count {
            // The longest run without a repeated key.
            var index = KeyIndex(keyNames: self.configuration.keyNames, capacity: records.count - start)
            var stop = start
            while stop < records.count, try index.insert(records[stop].keys) { stop += 1 }
            let first = start
            end = try await self.send(count: stop - start) { offset in
                try await self.deleteOne(records[first + offset].keys, meter: meter)
            }
            guard case .done = end else { return end }
            start = stop
        }
        return end
    }

    private func deleteOne(_ key: RawItem, meter: WorkMeter) async throws -> RequestEnd {
        let request = DeleteItemRequest(
            tableName: self.configuration.stagingTable,
            key: try key.decoded(),
            returnConsumedCapacity: .total
        )
        for attempt in 1... {
            var work = HandlerWork(requests: ["DeleteItem": 1])
            do throws(DynamoDBError) {
                let result = try await self.api.deleteItem(request)
                work.itemsDeleted = 1
                work.writeCapacityUnits = result.consumedCapacity?.capacityUnits ?? 0
                meter.add(work)
                return .done
            } catch {
                if let end = try self.end(after: error, work: &work, meter: meter) { return end }
                if attempt >= self.configuration.attemptLimit { return .retry(reason: error.description) }
            }
            try await self.clock.sleep(for: self.backoff.pause(after: attempt))
        }
        return .done
    }

    /// What a failed request means; nil: send it again after a pause.
    private func end(after error: DynamoDBError, work: inout HandlerWork, meter: WorkMeter) throws -> RequestEnd? {
        if error.code == .cancelled { throw CancellationError() }
        if error.isThrottling { work.throttles = 1 }
        meter.add(work)
        if error.isThrottling { return nil }
        // The client has repeated it already; the engine waits longer and shows it.
        if error.isTransient { return .retry(reason: error.description) }
        return .stop(reason: "cannot delete from \(self.configuration.stagingTable): \(error)")
    }

    /// Sends requests, a few at a time; after a failure no further one is begun.
    private func send(
        count: Int,
        _ request: @escaping @Sendable (Int) async throws -> RequestEnd
    ) async throws -> RequestEnd {
        let workers = min(self.configuration.concurrency, count)
        if workers == 1 {
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

    // MARK: - Keys

    private func distinctKeys(of batch: RecordBatch) throws(DynamoDBError) -> [RawItem] {
        var index = KeyIndex(keyNames: self.configuration.keyNames, capacity: batch.records.count)
        var keys: [RawItem] = []
        keys.reserveCapacity(batch.records.count)
        for record in batch.records where try index.insert(record.keys) { keys.append(record.keys) }
        return keys
    }

    private static func chunks(of keys: [RawItem]) -> [[RawItem]] {
        stride(from: 0, to: keys.count, by: DeleteHandlerConfiguration.keysPerRequest).map { start in
            Array(keys[start..<min(start + DeleteHandlerConfiguration.keysPerRequest, keys.count)])
        }
    }

    private func report(_ batch: RecordBatch, operation: String, requests: [[RawItem]], repeatedKeys: Int) {
        self.configuration.report(
            DeletePlan(
                batch: batch,
                table: self.configuration.stagingTable,
                operation: operation,
                requests: requests,
                repeatedKeys: repeatedKeys
            )
        )
    }
}
