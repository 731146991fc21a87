// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// One action of a transaction with its table and its place found.
struct TransactionAction {
    /// Where an item is; a transaction has one action a place.
    struct Place: Hashable {
        var table: Int64
        var key: [UInt8]
    }

    var write: ItemWrite
    var table: TableEntry
    var target: ItemWrite.Target

    var place: Place { Place(table: self.table.id, key: self.target.key.encoded.bytes) }

    /// Whether it may change its item: a check never does.
    var isWrite: Bool {
        if case .check = self.write.change { return false }
        return true
    }
}

/// What an action would do, or why it lets the transaction be cancelled.
struct TransactionDecision {
    var action: TransactionAction
    var before: StoredItem?
    var after: StoredItem?
    var reason = CancellationReason(.none)
}
