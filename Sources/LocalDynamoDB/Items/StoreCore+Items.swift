// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A checked key, encoded.
struct LocatedKey {
    var encoded: EncodedKey
    /// Size of the key attributes, names included.
    var size: Int

    /// Locates an item that has passed the check.
    init(_ item: Item, in table: TableEntry) {
        let schema = table.keySchema
        guard let partition = item[schema.partition.name] else {
            preconditionFailure("an item without its key passed the check")
        }
        let sort = schema.sort.flatMap { item[$0.name] }
        self.encoded = EncodedKey(partition: partition, sort: sort)
        self.size = schema.partition.name.utf8.count + partition.size.bytes
        if let sortKey = schema.sort, let sort { self.size += sortKey.name.utf8.count + sort.size.bytes }
    }
}

extension StoreCore {
    func putItem(_ request: PutItemRequest) throws(DynamoDBError) -> Reported<ItemResult> {
        try Self.checkReturnValues(request.returnValues)
        return try self.perform(
            try ItemWrite(request),
            returning: request.returnValues,
            capacity: request.returnConsumedCapacity
        )
    }

    func deleteItem(_ request: DeleteItemRequest) throws(DynamoDBError) -> Reported<ItemResult> {
        try Self.checkReturnValues(request.returnValues)
        return try self.perform(
            try ItemWrite(request),
            returning: request.returnValues,
            capacity: request.returnConsumedCapacity
        )
    }

    func updateItem(_ request: UpdateItemRequest) throws(DynamoDBError) -> Reported<ItemResult> {
        try self.perform(
            try ItemWrite(request),
            returning: request.returnValues,
            capacity: request.returnConsumedCapacity
        )
    }

    func getItem(_ request: GetItemRequest) throws(DynamoDBError) -> ItemResult {
        let table = try self.table(request.tableName)
        try ItemChecks.checkKey(request.key, schema: table.keySchema)
        let item = try self.storedItem(LocatedKey(request.key, in: table), in: table)
        let units = CapacityRules.read(size: item?.size ?? 0, isConsistent: request.isConsistent)
        try self.charge(units, .read, of: table)
        return ItemResult(
            attributes: try item.map { (item) throws(DynamoDBError) in try ItemCodec.decode(item.json) },
            consumedCapacity: Self.capacity(request.returnConsumedCapacity, table, units)
        )
    }

    /// The item at a key.
    func storedItem(_ key: LocatedKey, in table: TableEntry) throws(DynamoDBError) -> StoredItem? {
        let select = self.statements.selectItem
        defer { select.reset() }
        select.bind(1, table.id)
        select.bind(2, key.encoded.bytes)
        guard try select.step(), let json = select.bytes(2) else { return nil }
        return StoredItem(size: Int(select.integer(0)), keysEnd: Int(select.integer(1)), json: json)
    }

    /// Checks a condition, writes, records the change, and answers.
    private func perform(
        _ write: ItemWrite,
        returning: ReturnValues,
        capacity: ReturnConsumedCapacity
    ) throws(DynamoDBError) -> Reported<ItemResult> {
        let table = try self.table(write.tableName)
        try write.checkSchema(in: table)
        let target = try write.target(in: table)
        let before = try self.storedItem(target.key, in: table)
        var old: Item?
        if let before, write.readsItem || returning == .allOld { old = try ItemCodec.decode(before.json) }
        var report = WriteReport(table: table.name)
        if let condition = write.condition, !condition.holds(for: old ?? [:]) {
            report.writeCapacityUnits = CapacityRules.write(before: before?.size, after: nil)
            return Reported(
                refusal: .conditionalCheckFailed(item: write.returnsItemOnFailure ? old : nil),
                reports: [report]
            )
        }
        let after = try write.result(of: before, old, target: target, in: table)
        try self.replace(target.key, in: table, before: before, after: after)
        report.count(before: before?.size, after: after?.size)
        let result = ItemResult(
            attributes: try write.returned(returning, old: old, after: after),
            consumedCapacity: Self.capacity(capacity, table, report.writeCapacityUnits)
        )
        return Reported(answer: result, reports: [report])
    }

    /// Stores or removes an item and records the change; nothing happens if both are equal.
    func replace(
        _ key: LocatedKey,
        in table: TableEntry,
        before: StoredItem?,
        after: StoredItem?
    ) throws(DynamoDBError) {
        guard before?.json != after?.json else { return }
        try self.store(key, in: table, sizeBefore: before?.size, after: after)
        guard let stream = table.stream else { return }
        try self.record(stream, hash: key.encoded.hash, keysSize: key.size, before: before, after: after)
    }

    /// Stores or removes an item, and nothing else; `sizeBefore` is that of the item there is.
    func store(
        _ key: LocatedKey,
        in table: TableEntry,
        sizeBefore: Int?,
        after: StoredItem?
    ) throws(DynamoDBError) {
        guard sizeBefore != nil || after != nil else { return }
        if let after {
            let put = self.statements.putItem
            put.bind(1, table.id)
            put.bind(2, key.encoded.bytes)
            put.bind(3, Int64(after.size))
            put.bind(4, Int64(after.keysEnd))
            put.bind(5, after.json)
            try put.run()
        } else {
            let delete = self.statements.deleteItem
            delete.bind(1, table.id)
            delete.bind(2, key.encoded.bytes)
            try delete.run()
        }
        self.contents[table.id, default: TableContents()].change(from: sizeBefore, to: after?.size)
    }

    /// The size of the item at a key; nil if there is none.
    func storedSize(_ key: LocatedKey, in table: TableEntry) throws(DynamoDBError) -> Int? {
        let select = self.statements.selectItemSize
        defer { select.reset() }
        select.bind(1, table.id)
        select.bind(2, key.encoded.bytes)
        return try select.step() ? Int(select.integer(0)) : nil
    }

    /// The figure to return, if it was asked for.
    static func capacity(
        _ wish: ReturnConsumedCapacity,
        _ table: TableEntry,
        _ units: Double
    ) -> ConsumedCapacity? {
        wish == .none
            ? nil
            : ConsumedCapacity(
                tableName: table.name,
                capacityUnits: units,
                tableCapacityUnits: wish == .indexes ? units : nil
            )
    }

    private static func checkReturnValues(_ wish: ReturnValues) throws(DynamoDBError) {
        guard wish == .none || wish == .allOld else { throw invalid("Return values set to invalid value") }
    }
}

extension WriteReport {
    /// Counts one write and its capacity by the sizes of the item before and after it.
    mutating func count(before: Int?, after: Int?) {
        self.countItem(before: before, after: after)
        self.writeCapacityUnits += CapacityRules.write(before: before, after: after)
    }

    /// Counts one write, but not its capacity.
    mutating func countItem(before: Int?, after: Int?) {
        if after != nil {
            self.itemsWritten += 1
        } else if before != nil {
            self.itemsDeleted += 1
        }
    }
}
