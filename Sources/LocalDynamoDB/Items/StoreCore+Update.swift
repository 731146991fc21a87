// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    func updateItem(_ request: UpdateItemRequest) throws(DynamoDBError) -> Reported<ItemResult> {
        let table = try self.table(request.tableName)
        let names = try ExpressionNames(names: request.attributeNames, values: request.attributeValues)
        var update: UpdateExpression?
        if let text = request.updateExpression {
            update = try UpdateExpressionParser.parse(text, names: names, keySchema: table.keySchema)
        } else {
            try names.checkNone()
        }
        try ItemChecks.checkKey(request.key, schema: table.keySchema)
        let key = LocatedKey(request.key, in: table)
        let before = try self.storedItem(key, in: table)
        let oldItem = try before.map { (item) throws(DynamoDBError) in try ItemCodec.decode(item.json) }
        var newItem: Item?
        if let update {
            let base = oldItem ?? request.key
            let changed = try update.applied(to: base)
            newItem = oldItem == nil && update.createsNothing ? nil : changed
        } else {
            newItem = oldItem ?? request.key
        }
        var after: StoredItem?
        if let item = newItem {
            let size = try ItemChecks.check(item, schema: table.keySchema)
            after = ItemCodec.encode(item, schema: table.keySchema, size: size)
        }
        try self.replace(key, in: table, before: before, after: after)
        var report = WriteReport(table: table.name)
        report.count(before: before?.size, after: after?.size)
        let result = ItemResult(
            attributes: Self.returned(request.returnValues, old: oldItem, new: newItem, update: update),
            consumedCapacity: Self.capacity(request.returnConsumedCapacity, table, report.writeCapacityUnits)
        )
        return Reported(answer: result, reports: [report])
    }

    /// What ReturnValues asks for; nil where there is nothing to give.
    private static func returned(
        _ wish: ReturnValues,
        old: Item?,
        new: Item?,
        update: UpdateExpression?
    ) -> Item? {
        let source: Item?
        switch wish {
        case .none: source = nil
        case .allOld: source = old
        case .allNew: source = new
        case .updatedOld: source = old.map { Self.touched($0, by: update) }
        case .updatedNew: source = new.map { Self.touched($0, by: update) }
        }
        guard let source, !source.isEmpty else { return nil }
        return source
    }

    private static func touched(_ item: Item, by update: UpdateExpression?) -> Item {
        var part: Item = [:]
        for (attribute, _) in update?.actions ?? [] {
            part[attribute] = item[attribute]
        }
        return part
    }
}
