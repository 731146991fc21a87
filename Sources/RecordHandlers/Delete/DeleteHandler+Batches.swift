// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// Deleting with BatchWriteItem.
extension DeleteHandler {
    /// Deletes each key of the records that is not deleted yet; what is left in the end is left to the next attempt.
    func deleteInBatches(_ records: [StreamRecord], meter: WorkMeter) async throws -> RequestEnd {
        let keys = try self.distinctKeys(of: meter.remaining(of: records))
        let chunks = Self.chunks(of: keys)
        // What was not sent, or was not taken, by the number of its chunk.
        let left = Mutex(chunks.map { $0.map { WriteRequest.deleteEncoded($0) } })
        let end = try await self.send(count: chunks.count) { index in
            var writes = left.withLock { $0[index] }
            let end = try await self.delete(&writes, meter: meter)
            left.withLock { [writes] in $0[index] = writes }
            return end
        }
        if case .retry = end { try self.remember(records, without: left.withLock { $0.flatMap(\.self) }, meter: meter) }
        return end
    }

    /// The keys that the records hold, each once, in the order in which they come first.
    func distinctKeys(of records: [StreamRecord]) throws(DynamoDBError) -> [RawItem] {
        var index = KeyIndex(keyNames: self.configuration.keyNames, capacity: records.count)
        var keys: [RawItem] = []
        keys.reserveCapacity(records.count)
        for record in records where try index.insert(record.keys) { keys.append(record.keys) }
        return keys
    }

    /// The keys of each request if nothing is throttled.
    static func chunks(of keys: [RawItem]) -> [[RawItem]] {
        stride(from: 0, to: keys.count, by: DeleteHandlerConfiguration.keysPerRequest).map { start in
            Array(keys[start..<min(start + DeleteHandlerConfiguration.keysPerRequest, keys.count)])
        }
    }

    /// Sends up to 25 keys until all are taken: with one request, or with several where the pace is low.
    ///
    /// - Parameters:
    ///   - writes: The keys; in the end those that were not taken.
    ///   - meter: Counts.
    /// - Returns: Whether all were taken.
    /// - Throws: `CancellationError`.
    private func delete(_ writes: inout [WriteRequest], meter: WorkMeter) async throws -> RequestEnd {
        var refusals = 0
        while !writes.isEmpty {
            let grant = try await self.pacer.admit(upTo: writes.count)
            let sent = writes.prefix(grant.keys)
            let request = BatchWriteItemRequest(
                requestItems: [self.configuration.stagingTable: Array(sent)],
                returnConsumedCapacity: .total
            )
            var work = HandlerWork(requests: ["BatchWriteItem": 1])
            let reason: String
            do throws(DynamoDBError) {
                let result = try await self.api.batchWriteItem(request)
                let unprocessed = result.unprocessedItems.values.flatMap(\.self)
                writes = unprocessed + writes.dropFirst(sent.count)
                let units = result.consumedCapacity.map(\.capacityUnits)
                work.itemsDeleted = sent.count - unprocessed.count
                work.singleRequests = work.itemsDeleted
                work.unprocessedItems = unprocessed.count
                work.writeCapacityUnits = units.reduce(0, +)
                meter.add(work)
                reason = "\(unprocessed.count) of \(sent.count) keys came back unprocessed"
                let receipt = WriteBudget.Receipt(
                    keys: work.itemsDeleted,
                    units: units.isEmpty ? nil : work.writeCapacityUnits,
                    throttle: unprocessed.isEmpty ? nil : reason
                )
                self.pacer.settle(grant, receipt, meter: meter)
                if unprocessed.isEmpty {
                    refusals = 0
                    continue
                }
            } catch {
                if let end = try self.end(after: error, of: grant, work: &work, meter: meter) { return end }
                reason = error.description
            }
            refusals += 1
            if refusals >= self.configuration.attemptLimit {
                return .retry(reason: "\(reason), \(refusals) times in a row")
            }
            try await self.clock.sleep(for: self.backoff.pause(after: refusals))
        }
        return .done
    }

    /// Marks the records as done whose keys are not among those that are left.
    private func remember(_ records: [StreamRecord], without left: [WriteRequest], meter: WorkMeter) throws {
        let keyNames = self.configuration.keyNames
        let left = Set(
            try left.compactMap { write throws(DynamoDBError) -> PrimaryKey? in
                switch write {
                case .deleteEncoded(let key): try key.primaryKey(keyNames)
                // As the service has written it.
                case .delete(let key): try PrimaryKey(item: key, keyNames: keyNames)
                case .put: nil
                }
            }
        )
        let done = try records.filter { try !left.contains($0.keys.primaryKey(keyNames)) }
        meter.markDone(done.map(\.sequenceNumber))
    }
}
