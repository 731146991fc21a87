// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// One write of one item with its expressions read, as PutItem, DeleteItem, UpdateItem and transactions have it.
///
/// The service reads expressions before it looks for the table, and so a fault in them is told first.
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

    /// The table's name or ARN.
    let tableName: String
    let change: Change
    let condition: ConditionExpression?
    /// Whether a condition that does not hold gives the item back.
    let returnsItemOnFailure: Bool

    /// Reads the expressions of a put.
    init(_ request: PutItemRequest) throws(DynamoDBError) {
        try self.init(
            request.tableName,
            .put(request.item),
            request.conditionExpression,
            try ExpressionNames(names: request.attributeNames, values: request.attributeValues),
            failure: request.returnValuesOnConditionCheckFailure
        )
    }

    /// Reads the expressions of a delete.
    init(_ request: DeleteItemRequest) throws(DynamoDBError) {
        try self.init(
            request.tableName,
            .delete(try request.keyItem()),
            request.conditionExpression,
            try ExpressionNames(names: request.attributeNames, values: request.attributeValues),
            failure: request.returnValuesOnConditionCheckFailure
        )
    }

    /// Reads the expressions of an update.
    init(_ request: UpdateItemRequest) throws(DynamoDBError) {
        var names = try ExpressionNames(names: request.attributeNames, values: request.attributeValues)
        var update: UpdateExpression?
        if let text = request.updateExpression { update = try UpdateExpressionParser.parse(text, names: &names) }
        try self.init(
            request.tableName,
            .update(request.key, update),
            request.conditionExpression,
            names,
            hasOthers: update != nil,
            failure: request.returnValuesOnConditionCheckFailure
        )
    }

    /// Reads the expression of a check.
    init(_ check: ConditionCheck) throws(DynamoDBError) {
        try self.init(
            check.tableName,
            .check(check.key),
            check.conditionExpression,
            try ExpressionNames(names: check.attributeNames, values: check.attributeValues),
            failure: check.returnValuesOnConditionCheckFailure
        )
    }

    /// Reads the condition, the last of the expressions; names and values that none of them used are refused.
    private init(
        _ tableName: String,
        _ change: Change,
        _ condition: String?,
        _ names: ExpressionNames,
        hasOthers: Bool = false,
        failure: ReturnValues
    ) throws(DynamoDBError) {
        guard failure == .none || failure == .allOld else { throw invalid("Return values set to invalid value") }
        var names = names
        self.tableName = tableName
        self.change = change
        if let condition {
            self.condition = try ConditionExpressionParser.parse(condition, names: &names)
        } else {
            self.condition = nil
        }
        self.returnsItemOnFailure = failure == .allOld
        if condition == nil, !hasOthers { try names.checkNone() } else { try names.checkAllUsed() }
    }

    /// Whether the item's attributes are needed to decide: otherwise nothing is decoded.
    var readsItem: Bool {
        if self.condition != nil { return true }
        if case .update = self.change { return true }
        return false
    }
}

extension ItemWrite {
    /// Where a write goes, and what it puts there.
    struct Target {
        var key: LocatedKey
        /// What a put puts, encoded; nil for all others.
        var item: StoredItem?
    }

    /// Checks that item or key have the key attributes of a table, and that an update leaves those alone.
    func checkSchema(in table: TableEntry) throws(DynamoDBError) {
        switch self.change {
        case .put(let item): try ItemChecks.checkSchema(of: item, table.keySchema)
        case .delete(let key), .check(let key): try ItemChecks.checkSchema(ofKey: key, table.keySchema)
        case .update(let key, let update):
            try ItemChecks.checkSchema(ofKey: key, table.keySchema)
            try update?.checkKeys(table.keySchema)
        }
    }

    /// Checks item or key and finds its place; the schema must have been checked.
    func target(in table: TableEntry) throws(DynamoDBError) -> Target {
        switch self.change {
        case .put(let item):
            let encoded = try Self.encoded(item, in: table)
            return Target(key: LocatedKey(item, in: table), item: encoded)
        case .delete(let key), .update(let key, _), .check(let key):
            try ItemChecks.checkKey(key, schema: table.keySchema)
            return Target(key: LocatedKey(key, in: table))
        }
    }

    /// What becomes of an item: `before`, whose attributes are `old`.
    func result(
        of before: StoredItem?,
        _ old: Item?,
        target: Target,
        in table: TableEntry
    ) throws(DynamoDBError) -> StoredItem? {
        switch self.change {
        case .put: return target.item
        case .delete: return nil
        case .check: return before
        case .update(let key, let update):
            guard let update else {
                if let before { return before }
                return try Self.encoded(key, in: table)
            }
            let changed = try update.applied(to: old ?? key)
            return old == nil && update.createsNothing ? nil : try Self.encoded(changed, in: table)
        }
    }

    private static func encoded(_ item: Item, in table: TableEntry) throws(DynamoDBError) -> StoredItem {
        let size = try ItemChecks.check(item, schema: table.keySchema)
        return ItemCodec.encode(item, schema: table.keySchema, size: size)
    }
}
