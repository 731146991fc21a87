// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension StoreCore {
    /// How long records stay readable, and streams after they were disabled.
    static let retention: Duration = .seconds(24 * 60 * 60)

    /// Switches a table's stream on: a new ARN, no records.
    func enableStream(of tableName: String, viewType: StreamViewType) throws(DynamoDBError) {
        guard var table = self.catalog.tables[tableName] else { throw tableNotFound(tableName) }
        // The label is the ARN's only part that differs, so no two streams of a table may share a millisecond.
        var created = self.now
        var arn = Self.streamARN(of: table, created)
        while try self.streamRow(arn.text) != nil || table.latestStreamARN == arn {
            created.milliseconds += 1
            arn = Self.streamARN(of: table, created)
        }
        let insert = try self.statement(
            """
            INSERT INTO streams (arn, table_name, label, view_type, partition_name, sort_name, created)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
            """
        )
        insert.bind(1, arn.text)
        insert.bind(2, table.name)
        insert.bind(3, created.streamLabel)
        insert.bind(4, viewType.rawValue)
        insert.bind(5, table.keySchema.partition.name)
        insert.bind(6, table.keySchema.sort?.name)
        insert.bind(7, self.now.milliseconds)
        guard try insert.step() else { throw DynamoDBError(.internalServerError, "The stream got no row.") }
        let id = insert.integer(0)
        insert.reset()
        var shards: [OpenShard] = []
        for range in Self.equalParts(self.configuration.shardsPerTable) {
            shards.append(try self.openShard(stream: id, parent: nil, hashes: range))
        }
        table.stream = OpenStream(id: id, arn: arn, label: created.streamLabel, viewType: viewType, shards: shards)
        table.latestStreamARN = arn
        table.latestStreamLabel = created.streamLabel
        try self.saveStream(of: table)
    }

    /// Switches a table's stream off: its shards close, it stays readable for 24 hours.
    func disableStream(of tableName: String) throws(DynamoDBError) {
        guard var table = self.catalog.tables[tableName], let stream = table.stream else { return }
        for shard in stream.shards { try self.closeShard(shard.id) }
        let update = try self.statement("UPDATE streams SET disabled = ? WHERE id = ?")
        update.bind(1, self.now.milliseconds)
        update.bind(2, stream.id)
        try update.run()
        table.stream = nil
        try self.saveStream(of: table)
        self.expectTrim(after: self.now)
    }

    /// Closes open shards and opens one child of each, or two that share its partitions.
    ///
    /// - Returns: The new shards.
    func reshard(
        _ nameOrARN: String,
        shard: ShardID?,
        isSplit: Bool
    ) throws(DynamoDBError) -> [ShardID] {
        var table = try self.table(nameOrARN)
        guard var stream = table.stream else {
            throw invalid("The table \(table.name) has no enabled stream")
        }
        if let shard, !stream.shards.contains(where: { $0.name == shard }) {
            throw DynamoDBError(
                .resourceNotFound,
                "Requested resource not found: the stream has no open shard \(shard)",
                status: 400
            )
        }
        var open: [OpenShard] = []
        var children: [ShardID] = []
        for parent in stream.shards {
            guard shard == nil || parent.name == shard else {
                open.append(parent)
                continue
            }
            let low = parent.hashes.lowerBound
            let high = parent.hashes.upperBound
            let ranges: [ClosedRange<UInt64>]
            if isSplit {
                guard low < high else { throw invalid("The shard \(parent.name) is too small to split") }
                let middle = low + (high - low) / 2
                ranges = [low...middle, (middle + 1)...high]
            } else {
                ranges = [parent.hashes]
            }
            try self.closeShard(parent.id)
            for range in ranges {
                let child = try self.openShard(stream: stream.id, parent: parent.name, hashes: range)
                open.append(child)
                children.append(child.name)
            }
        }
        stream.shards = open.sorted { $0.hashes.lowerBound < $1.hashes.lowerBound }
        table.stream = stream
        self.catalog.tables[table.name] = table
        return children
    }

    private func saveStream(of table: TableEntry) throws(DynamoDBError) {
        let update = try self.statement(
            "UPDATE tables SET stream_id = ?, latest_stream_arn = ?, latest_stream_label = ? WHERE id = ?"
        )
        update.bind(1, table.stream?.id)
        update.bind(2, table.latestStreamARN?.text)
        update.bind(3, table.latestStreamLabel)
        update.bind(4, table.id)
        try update.run()
        self.catalog.tables[table.name] = table
    }

    private func closeShard(_ id: Int64) throws(DynamoDBError) {
        let update = try self.statement("UPDATE shards SET end_number = ?, closed = ? WHERE id = ?")
        update.bind(1, self.takeNumber())
        update.bind(2, self.now.milliseconds)
        update.bind(3, id)
        try update.run()
        self.expectTrim(after: self.now)
    }

    private func openShard(
        stream: Int64,
        parent: ShardID?,
        hashes: ClosedRange<UInt64>
    ) throws(DynamoDBError) -> OpenShard {
        let name = try self.makeShardName(stream: stream)
        let insert = try self.statement(
            """
            INSERT INTO shards (stream_id, name, parent, hash_low, hash_high, start_number)
            VALUES (?, ?, ?, ?, ?, ?) RETURNING id
            """
        )
        insert.bind(1, stream)
        insert.bind(2, name.text)
        insert.bind(3, parent?.text)
        insert.bind(4, Int64(bitPattern: hashes.lowerBound))
        insert.bind(5, Int64(bitPattern: hashes.upperBound))
        insert.bind(6, self.takeNumber())
        guard try insert.step() else { throw DynamoDBError(.internalServerError, "The shard got no row.") }
        defer { insert.reset() }
        return OpenShard(id: insert.integer(0), name: name, hashes: hashes)
    }

    /// A name that sorts behind all shards of the stream: the time in milliseconds, moved on where it has to be.
    private func makeShardName(stream: Int64) throws(DynamoDBError) -> ShardID {
        let newest = try self.statement("SELECT max(name) FROM shards WHERE stream_id = ?")
        newest.bind(1, stream)
        _ = try newest.step()
        var time = max(0, self.now.milliseconds)
        if let digits = newest.optionalText(0)?.split(separator: "-").dropFirst().first, let last = Int64(digits) {
            time = max(time, last + 1)
        }
        let suffix = hexadecimal(self.secret.hash(UInt64(bitPattern: time), UInt64(bitPattern: stream))).suffix(8)
        return ShardID("shardId-\(padded(time, 20))-\(suffix)")
    }

    private static func streamARN(of table: TableEntry, _ created: Timestamp) -> StreamARN {
        StreamARN("\(table.arn)/stream/\(created.streamLabel)")
    }

    /// All hashes in equal parts.
    static func equalParts(_ count: Int) -> [ClosedRange<UInt64>] {
        let width = UInt64.max / UInt64(count)
        return (0..<count).map { index in
            let low = width * UInt64(index)
            return low...(index == count - 1 ? UInt64.max : low + width - 1)
        }
    }
}
