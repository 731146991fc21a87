// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// Deleting with DeleteItem.
extension DeleteHandler {
    /// Deletes the key of each record that is not done yet; what is left in the end is left to the next attempt.
    ///
    /// No key is in flight twice, so the deletes of one key keep their order.
    func deleteOneByOne(_ records: [StreamRecord], meter: WorkMeter) async throws -> RequestEnd {
        let records = meter.remaining(of: records)
        let incomparable = Mutex(Incomparable())
        defer { incomparable.withLock { $0 }.tell(meter) }
        var start = 0
        while start < records.count {
            // The longest run without a repeated key.
            var index = KeyIndex(keyNames: self.configuration.keyNames, capacity: records.count - start)
            var stop = start
            while stop < records.count, try index.insert(records[stop].keys) { stop += 1 }
            let first = start
            let end = try await self.send(count: stop - start) { offset in
                let record = records[first + offset]
                let end: RequestEnd
                if let request = self.request(for: record, incomparable) {
                    end = try await self.send(request, meter: meter)
                } else {
                    meter.add(HandlerWork(kept: 1, singleRequests: 1))
                    end = .done
                }
                if end == .done { meter.markDone(CollectionOfOne(record.sequenceNumber)) }
                return end
            }
            guard end == .done else { return end }
            start = stop
        }
        return .done
    }

    /// Records that lack a value which the condition compares.
    private struct Incomparable: Sendable {
        var count = 0
        var first: (record: SequenceNumber, problem: String)?

        /// Says it in one line, whatever the number.
        func tell(_ meter: WorkMeter) {
            guard let first else { return }
            let others = self.count > 1 ? ", and those of \(self.count - 1) others of this batch" : ""
            meter.say("the item of record \(first.record) is kept, as \(first.problem)\(others)")
        }
    }

    /// The request for a record; nil: it lacks a value that the condition compares, so its item is kept.
    private func request(for record: StreamRecord, _ incomparable: borrowing Mutex<Incomparable>) -> DeleteItemRequest?
    {
        var request = DeleteItemRequest(
            tableName: self.configuration.stagingTable,
            encodedKey: record.keys,
            returnConsumedCapacity: .total
        )
        guard let condition = self.configuration.condition else { return request }
        do throws(RecordTemplate.Missing) {
            try condition.apply(to: &request, record: record, partitionKey: self.configuration.keyNames[0])
            return request
        } catch {
            incomparable.withLock {
                $0.count += 1
                $0.first = $0.first ?? (record.sequenceNumber, error.description)
            }
            return nil
        }
    }

    private func send(_ request: DeleteItemRequest, meter: WorkMeter) async throws -> RequestEnd {
        for attempt in 1... {
            let grant = try await self.pacer.admit(upTo: 1)
            var work = HandlerWork(requests: ["DeleteItem": 1])
            do throws(DynamoDBError) {
                let result = try await self.api.deleteItem(request)
                let units = result.consumedCapacity?.capacityUnits
                work.itemsDeleted = 1
                work.singleRequests = 1
                work.writeCapacityUnits = units ?? 0
                meter.add(work)
                self.pacer.settle(grant, WriteBudget.Receipt(keys: 1, units: units), meter: meter)
                return .done
            } catch {
                if error.code == .conditionalCheckFailed, self.configuration.condition != nil {
                    work.kept = 1
                    work.singleRequests = 1
                    // It costs what a delete would have cost, and does not say how much that is: a unit at least.
                    work.writeCapacityUnits = 1
                    meter.add(work)
                    self.pacer.settle(grant, WriteBudget.Receipt(keys: 1, units: nil), meter: meter)
                    return .done
                }
                if let end = try self.end(after: error, of: grant, work: &work, meter: meter) { return end }
                if attempt >= self.configuration.attemptLimit { return .retry(reason: error.description) }
            }
            try await self.clock.sleep(for: self.backoff.pause(after: attempt))
        }
        return .done
    }
}
