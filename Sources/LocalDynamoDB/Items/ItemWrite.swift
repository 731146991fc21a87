// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// One write of one item with its expressions read, as PutItem, DeleteItem, UpdateItem and transactions have it.
struct ItemWrite {
    /// What becomes of the item if the condition holds.
    enum Change {
        /// The whole new item.
        case put(Item)
        /// The key.
        case delete(Item)
        /// The key; without an expression a missing item is created with its key alone.
        case update(Item, UpdateExpression?)
        /// The key; the item stays as it is.
        case check(Item)
    }

    var table: TableEntry
    var change: Change
    var condition: ConditionExpression?
    /// Whether a condition that does not hold gives the item back.
    var returnsItemOnFailure = false
}

extension StoreCore {
    /// Reads the expressions of a PutItem; the item itself is checked later.
    func write(_ request: PutItemRequest) throws(DynamoDBError) -> ItemWrite {
        var write = ItemWrite(table: try self.table(request.tableName), change: .put(request.item))
        try write.read(
            request.conditionExpression,
            try ExpressionNames(names: request.attributeNames, values: request.attributeValues),
            failure: request.returnValuesOnConditionCheckFailure
        )
        return write
    }

    /// Reads the expressions of a DeleteItem; the key itself is checked later.
    func write(_ request: DeleteItemRequest) throws(DynamoDBError) -> ItemWrite {
        var write = ItemWrite(table: try self.table(request.tableName), change: .delete(try request.keyItem()))
        try write.read(
            request.conditionExpression,
            try ExpressionNames(names: request.attributeNames, values: request.attributeValues),
            failure: request.returnValuesOnConditionCheckFailure
        )
        return write
    }

    /// Reads the expressions of an UpdateItem; the key itself is checked later.
    func write(_ request: UpdateItemRequest) throws(DynamoDBError) -> ItemWrite {
        let table = try self.table(request.tableName)
        var names = try ExpressionNames(names: request.attributeNames, values: request.attributeValues)
        var update: UpdateExpression?
        if let text = request.updateExpression {
            update = try UpdateExpressionParser.parse(text, names: &names, keySchema: table.keySchema)
        }
        var write = ItemWrite(table: table, change: .update(request.key, update))
        try write.read(
            request.conditionExpression,
            names,
            hasOthers: update != nil,
            failure: request.returnValuesOnConditionCheckFailure
        )
        return write
    }
}

extension ItemWrite {
    /// Reads the condition, the last of the expressions; names and values that none of them used are refused.
    mutating func read(
        _ expression: String?,
        _ names: ExpressionNames,
        hasOthers: Bool = false,
        failure: ReturnValues
    ) throws(DynamoDBError) {
        guard failure == .none || failure == .allOld else { throw invalid("Return values set to invalid value") }
        self.returnsItemOnFailure = failure == .allOld
        var names = names
        if let expression { self.condition = try ConditionExpressionParser.parse(expression, names: &names) }
        if expression == nil, !hasOthers { try names.checkNone() } else { try names.checkAllUsed() }
    }

    /// Checks the item or the key and finds its place; what is to be put is encoded already.
    func located() throws(DynamoDBError) -> (key: LocatedKey, item: StoredItem?) {
        switch self.change {
        case .put(let item):
            let encoded = try self.encoded(item)
            return (LocatedKey(item, in: self.table), encoded)
        case .delete(let key), .update(let key, _), .check(let key):
            try ItemChecks.checkKey(key, schema: self.table.keySchema)
            return (LocatedKey(key, in: self.table), nil)
        }
    }

    /// Whether the item's attributes are needed to decide: otherwise nothing is decoded.
    var readsItem: Bool {
        if self.condition != nil { return true }
        if case .update = self.change { return true }
        return false
    }

    /// What becomes of an item: `before`, whose attributes are `old`; `item` is what is to be put.
    func result(of before: StoredItem?, _ old: Item?, item: StoredItem?) throws(DynamoDBError) -> StoredItem? {
        switch self.change {
        case .put: return item
        case .delete: return nil
        case .check: return before
        case .update(let key, let update):
            guard let update else {
                if let before { return before }
                return try self.encoded(key)
            }
            let changed = try update.applied(to: old ?? key)
            return old == nil && update.createsNothing ? nil : try self.encoded(changed)
        }
    }

    private func encoded(_ item: Item) throws(DynamoDBError) -> StoredItem {
        let size = try ItemChecks.check(item, schema: self.table.keySchema)
        return ItemCodec.encode(item, schema: self.table.keySchema, size: size)
    }
}
