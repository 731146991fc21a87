// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// Notes that something of this age is kept for 24 hours.
    func expectTrim(after moment: Timestamp) {
        let due = moment.advanced(by: Self.retention)
        if let nextTrimAt, nextTrimAt <= due { return }
        self.nextTrimAt = due
    }

    /// Removes what is older than 24 hours, if anything is.
    func trimIfDue() throws(DynamoDBError) {
        guard let nextTrimAt, self.now >= nextTrimAt else { return }
        let cutoff = Timestamp(milliseconds: self.now.milliseconds - Self.retention.wholeMilliseconds)
        for shard in try self.identifiers("SELECT id FROM shards", []) {
            try self.trim(shard: shard, createdUpTo: cutoff)
        }
        let closed = try self.identifiers(
            "SELECT id FROM shards WHERE closed IS NOT NULL AND closed <= ?",
            [cutoff.milliseconds]
        )
        for shard in closed { try self.remove(shard: shard) }
        let disabled = try self.identifiers(
            "SELECT id FROM streams WHERE disabled IS NOT NULL AND disabled <= ?",
            [cutoff.milliseconds]
        )
        for stream in disabled {
            for shard in try self.identifiers("SELECT id FROM shards WHERE stream_id = ?", [stream]) {
                try self.remove(shard: shard)
            }
            try self.execute("DELETE FROM streams WHERE id = ?", [stream])
        }
        try self.saveLastNumber()
        try self.scheduleTrim()
    }

    /// Removes a table's stream records up to a time before their 24 hours are over.
    ///
    /// - Returns: The number of records removed.
    func trimStreams(of nameOrARN: String, createdUpTo cutoff: Timestamp) throws(DynamoDBError) -> Int {
        let table = try self.table(nameOrARN)
        let statement = try self.statement(
            "SELECT shards.id FROM shards JOIN streams ON streams.id = stream_id WHERE table_name = ?"
        )
        statement.bind(1, table.name)
        var shards: [Int64] = []
        while try statement.step() { shards.append(statement.integer(0)) }
        var count = 0
        for shard in shards { count += try self.trim(shard: shard, createdUpTo: cutoff) }
        try self.saveLastNumber()
        try self.scheduleTrim()
        return count
    }

    /// Computes when the oldest thing will be due.
    func scheduleTrim() throws(DynamoDBError) {
        self.nextTrimAt = nil
        let firstRecord = try self.statement(
            "SELECT created FROM records WHERE shard_id = ? ORDER BY number LIMIT 1"
        )
        for shard in try self.identifiers("SELECT id FROM shards", []) {
            firstRecord.bind(1, shard)
            if try firstRecord.step() { self.expectTrim(after: Timestamp(milliseconds: firstRecord.integer(0))) }
            firstRecord.reset()
        }
        for sql in ["SELECT min(closed) FROM shards", "SELECT min(disabled) FROM streams"] {
            let oldest = try self.statement(sql)
            if try oldest.step(), let moment = oldest.optionalInteger(0) {
                self.expectTrim(after: Timestamp(milliseconds: moment))
            }
        }
    }

    @discardableResult
    private func trim(shard: Int64, createdUpTo cutoff: Timestamp) throws(DynamoDBError) -> Int {
        // Records come in the order of their numbers and, as time goes on, of their age: the first young one ends it.
        let oldest = try self.statement("SELECT number, created FROM records WHERE shard_id = ? ORDER BY number")
        oldest.bind(1, shard)
        var last: Int64?
        var count = 0
        while try oldest.step(), oldest.integer(1) <= cutoff.milliseconds {
            last = oldest.integer(0)
            count += 1
        }
        oldest.reset()
        guard let last else { return 0 }
        try self.execute("DELETE FROM records WHERE shard_id = ? AND number <= ?", [shard, last])
        try self.execute("UPDATE shards SET trimmed_through = ? WHERE id = ?", [last, shard])
        return count
    }

    private func remove(shard: Int64) throws(DynamoDBError) {
        try self.execute("DELETE FROM records WHERE shard_id = ?", [shard])
        try self.execute("DELETE FROM shards WHERE id = ?", [shard])
    }

    /// Keeps the newest sequence number when the records that had it go.
    private func saveLastNumber() throws(DynamoDBError) {
        try self.execute("INSERT OR REPLACE INTO meta (name, number) VALUES ('last_number', ?)", [self.lastNumber])
    }

    private func execute(_ sql: String, _ arguments: [Int64]) throws(DynamoDBError) {
        let statement = try self.statement(sql)
        for (index, argument) in arguments.enumerated() { statement.bind(Int32(index + 1), argument) }
        try statement.run()
    }

    private func identifiers(_ sql: String, _ arguments: [Int64]) throws(DynamoDBError) -> [Int64] {
        let statement = try self.statement(sql)
        for (index, argument) in arguments.enumerated() { statement.bind(Int32(index + 1), argument) }
        var identifiers: [Int64] = []
        while try statement.step() { identifiers.append(statement.integer(0)) }
        return identifiers
    }
}
