// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// Where a sweep over all items stands.
    struct Sweep {
        /// The row that was looked at last.
        var row: Int64 = 0
        /// Items that were deleted.
        var deleted = 0
        /// Whether all items were looked at.
        var isOver = false
    }

    /// Looks at the next items and deletes those that have expired; nobody pays for that.
    ///
    /// - Parameters:
    ///   - sweep: Where it stands; moves on.
    ///   - name: The only table that is looked at, by name or ARN; nil: all.
    ///   - limit: Items to look at, so that others need not wait for all of them.
    /// - Throws: `resourceNotFound` for a table that is not there.
    func expireItems(_ sweep: inout Sweep, of name: String?, limit: Int) throws(DynamoDBError) {
        var candidates = Array(self.catalog.tables.values)
        if let name { candidates = [try self.table(name)] }
        var tables: [Int64: TableEntry] = [:]
        for table in candidates where table.expiryAttribute != nil { tables[table.id] = table }
        sweep.isOver = true
        guard !tables.isEmpty else { return }
        for (table, json) in try self.expired(&sweep, in: tables, limit: limit) {
            try self.expire(json, in: table)
            sweep.deleted += 1
        }
    }

    /// The next items that have expired.
    private func expired(
        _ sweep: inout Sweep,
        in tables: [Int64: TableEntry],
        limit: Int
    ) throws(DynamoDBError) -> [(TableEntry, StoredItem)] {
        let rows = try self.statement(
            "SELECT id, table_id, size, keys_end, json FROM items WHERE id > ? ORDER BY id LIMIT ?"
        )
        rows.bind(1, sweep.row)
        rows.bind(2, Int64(limit))
        var found: [(TableEntry, StoredItem)] = []
        var count = 0
        while try rows.step() {
            count += 1
            sweep.row = rows.integer(0)
            guard let table = tables[rows.integer(1)], let attribute = table.expiryAttribute else { continue }
            let json = rows.bytes(4) ?? []
            guard ExpiryRule.isOver(try ItemCodec.decode(json)[attribute], now: self.now) else { continue }
            found.append((table, StoredItem(size: Int(rows.integer(2)), keysEnd: Int(rows.integer(3)), json: json)))
        }
        sweep.isOver = count < limit
        return found
    }

    private func expire(_ item: StoredItem, in table: TableEntry) throws(DynamoDBError) {
        let key = LocatedKey(try ItemCodec.decode(item.json), in: table)
        try self.store(key, in: table, sizeBefore: item.size, after: nil)
        guard let stream = table.stream else { return }
        try self.record(
            stream,
            hash: key.encoded.hash,
            keysSize: key.size,
            before: item,
            after: nil,
            isExpiry: true
        )
    }
}
