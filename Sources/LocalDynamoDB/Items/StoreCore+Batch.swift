// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// The largest number of writes in one call (service limit).
    static let largestBatch = 25

    func batchWriteItem(_ request: BatchWriteItemRequest) throws(DynamoDBError) -> Reported<BatchWriteItemResult> {
        let batches = try self.checked(request)
        var reports: [WriteReport] = []
        var result = BatchWriteItemResult()
        var refusal: DynamoDBError?
        var count = 0
        for (name, table, writes) in batches {
            var report = WriteReport(table: table.name)
            for write in writes {
                if try self.perform(write, in: table, &report) {
                    count += 1
                } else {
                    refusal = throughputExceeded(.write, of: table)
                    result.unprocessedItems[name, default: []].append(write.request)
                }
            }
            reports.append(report)
        }
        // What could do nothing at all is refused as a whole.
        if count == 0, let refusal { throw refusal }
        let wish = request.returnConsumedCapacity
        if wish != .none {
            result.consumedCapacity = reports.map {
                ConsumedCapacity(
                    tableName: $0.table,
                    capacityUnits: $0.writeCapacityUnits,
                    tableCapacityUnits: wish == .indexes ? $0.writeCapacityUnits : nil
                )
            }
        }
        return Reported(answer: result, reports: reports)
    }

    private struct CheckedWrite {
        /// As it came, to be given back if it is not done.
        var request: WriteRequest
        var key: LocatedKey
        /// The item to put; nil deletes.
        var after: StoredItem?
    }

    /// Does one write; false if the table has no capacity for it.
    private func perform(
        _ write: CheckedWrite,
        in table: TableEntry,
        _ report: inout WriteReport
    ) throws(DynamoDBError) -> Bool {
        // The item itself is only needed where a stream wants its image.
        let before = table.stream == nil ? nil : try self.storedItem(write.key, in: table)
        let size = table.stream == nil ? try self.storedSize(write.key, in: table) : before?.size
        let after = write.after
        guard self.takes(CapacityRules.write(before: size, after: after?.size), .write, of: table) else { return false }
        if table.stream == nil {
            try self.store(write.key, in: table, sizeBefore: size, after: after)
        } else {
            try self.replace(write.key, in: table, before: before, after: after)
        }
        report.count(before: size, after: after?.size)
        return true
    }

    /// Checks all writes before the first one happens.
    private func checked(
        _ request: BatchWriteItemRequest
    ) throws(DynamoDBError) -> [(name: String, table: TableEntry, writes: [CheckedWrite])] {
        guard !request.requestItems.isEmpty else {
            throw invalid(
                """
                1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: \
                Member must have length greater than or equal to 1
                """
            )
        }
        let count = request.requestItems.values.reduce(0) { $0 + $1.count }
        guard count <= Self.largestBatch, request.requestItems.values.allSatisfy({ !$0.isEmpty }) else {
            throw invalid(
                """
                1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Map value must \
                satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater \
                than or equal to 1]
                """
            )
        }
        var batches: [(name: String, table: TableEntry, writes: [CheckedWrite])] = []
        var tableIDs: Set<Int64> = []
        for (name, writes) in request.requestItems.sorted(by: { $0.key < $1.key }) {
            let table = try self.table(name)
            guard tableIDs.insert(table.id).inserted else {
                throw invalid("The table \(table.name) is named twice, by name and by ARN")
            }
            var seen: Set<[UInt8]> = []
            var checked: [CheckedWrite] = []
            checked.reserveCapacity(writes.count)
            for write in writes {
                let one = try Self.checked(write, in: table)
                guard seen.insert(one.key.encoded.bytes).inserted else {
                    throw invalid("Provided list of item keys contains duplicates")
                }
                checked.append(one)
            }
            batches.append((name, table, checked))
        }
        return batches
    }

    private static func checked(_ write: WriteRequest, in table: TableEntry) throws(DynamoDBError) -> CheckedWrite {
        switch write {
        case .put(let item):
            let size = try ItemChecks.check(item, schema: table.keySchema)
            let after = ItemCodec.encode(item, schema: table.keySchema, size: size)
            return CheckedWrite(request: write, key: LocatedKey(item, in: table), after: after)
        case .delete(let key):
            try ItemChecks.checkKey(key, schema: table.keySchema)
            return CheckedWrite(request: write, key: LocatedKey(key, in: table))
        case .deleteEncoded(let raw):
            return try Self.checked(.delete(try raw.decodedUncounted()), in: table)
        }
    }
}
