// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension ItemWrite {
    /// What ReturnValues asks for; nil where there is nothing to give.
    func returned(_ wish: ReturnValues, old: Item?, after: StoredItem?) throws(DynamoDBError) -> Item? {
        let source: Item?
        switch wish {
        case .none: source = nil
        case .allOld: source = old
        case .allNew: source = try Self.decoded(after)
        case .updatedOld: source = old.map { self.touched($0) }
        case .updatedNew: source = try Self.decoded(after).map { self.touched($0) }
        }
        guard let source, !source.isEmpty else { return nil }
        return source
    }

    /// The attributes that an update names.
    private func touched(_ item: Item) -> Item {
        guard case .update(_, let update?) = self.change else { return [:] }
        var part: Item = [:]
        for (attribute, _) in update.actions { part[attribute] = item[attribute] }
        return part
    }

    private static func decoded(_ item: StoredItem?) throws(DynamoDBError) -> Item? {
        guard let item else { return nil }
        return try ItemCodec.decode(item.json)
    }
}
