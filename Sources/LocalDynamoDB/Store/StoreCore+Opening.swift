// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB

extension StoreCore {
    static func check(_ configuration: LocalStoreConfiguration) throws(LocalStoreError) {
        guard (1...256).contains(configuration.shardsPerTable) else {
            throw LocalStoreError(
                .invalidConfiguration,
                "\(configuration.shardsPerTable) shards a table are not possible. Choose 1 to 256."
            )
        }
        if let limit = configuration.memoryLimit, limit < 1 << 20 || configuration.path != nil {
            throw LocalStoreError(
                .invalidConfiguration,
                "A memory limit of \(limit) bytes is not possible: at least 1 MB, and only without a data file."
            )
        }
        let region = configuration.region
        let isName = region.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard isName, (1...64).contains(region.utf8.count) else {
            throw LocalStoreError(
                .invalidConfiguration,
                "\"\(region)\" is no region. Choose a name like us-east-1: lower-case letters, digits and hyphens."
            )
        }
        let isAccount = configuration.account.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isAccount, configuration.account.utf8.count == 12 else {
            throw LocalStoreError(.invalidConfiguration, "\"\(configuration.account)\" is no account: twelve digits.")
        }
    }

    static func open(_ path: String?, memoryLimit: Int?) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "weir.local-store"
        configuration.busyMode = .timeout(1)
        guard let path else {
            // Nothing of a store in memory ever has to be put back after a crash.
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
                if let memoryLimit {
                    // Negative: in KB, not in pages.
                    try database.execute(sql: "PRAGMA cache_size = \(-max(1, memoryLimit / 1024))")
                }
            }
            guard memoryLimit != nil else { return try DatabaseQueue(configuration: configuration) }
            // To SQLite, no name means a database of its own that spills to a file it has already unlinked.
            return try DatabaseQueue(path: "", configuration: configuration)
        }
        try PrivateFile.prepare(path)
        configuration.prepareDatabase { database in
            // One process at a time: the store keeps tables and open shards in memory.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw Self.openError(error, path: path)
        }
    }

    /// Moves what is in the log beside the data file into the file, and deletes the log.
    func settle() throws(LocalStoreError) {
        guard let path = self.configuration.path else { return }
        do {
            try self.queue.writeWithoutTransaction { database in
                // Leaving this mode is what makes SQLite delete the log.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
        } catch {
            throw LocalStoreError(
                .cannotOpen,
                "Cannot put everything into the data file \(path): \(error). Keep the file \(path)-wal beside it: it is read "
                    + "the next time."
            )
        }
    }

    static func openError(_ error: DatabaseError, path: String?) -> LocalStoreError {
        let name = path ?? "in memory"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return LocalStoreError(
                .inUse,
                "The data file \(name) is in use by another process. Stop that one, or name another file."
            )
        case .SQLITE_CORRUPT:
            return LocalStoreError(
                .cannotOpen,
                "The data file \(name) is damaged (\(error.message ?? "SQLITE_CORRUPT")). Put a copy in its place, or name "
                    + "another file."
            )
        case .SQLITE_NOTADB:
            return LocalStoreError(.notOurs, "The data file \(name) is not a store of weir. Name another file.")
        default:
            return LocalStoreError(
                .cannotOpen,
                "Cannot open the data file \(name): \(error.message ?? "SQLite error \(error.resultCode.rawValue)")."
            )
        }
    }

    /// The key of event ids and iterators; kept in the file, so that both outlive the process.
    static func loadSecret(_ queue: DatabaseQueue, random: inout SplitMix64) throws -> SipHash {
        let fresh = [random.next(), random.next()]
        return try queue.write { database in
            for (index, word) in fresh.enumerated() {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO meta (name, number) VALUES (?, ?)",
                    arguments: ["secret\(index)", Int64(bitPattern: word)]
                )
            }
            let words = try (0...1).map { index in
                try Int64.fetchOne(
                    database,
                    sql: "SELECT number FROM meta WHERE name = ?",
                    arguments: ["secret\(index)"]
                )
            }
            return SipHash(
                key0: UInt64(bitPattern: words[0] ?? 0),
                key1: UInt64(bitPattern: words[1] ?? 0)
            )
        }
    }

    /// Reads tables, enabled streams, open shards and the newest sequence number.
    func loadCatalog() throws(DynamoDBError) {
        let numbers = try self.statement(
            """
            SELECT max(
                (SELECT coalesce(max(number), 0) FROM meta WHERE name = 'last_number'),
                (SELECT coalesce(max(number), 0) FROM records),
                (SELECT coalesce(max(max(start_number, coalesce(end_number, 0), trimmed_through)), 0) FROM shards)
            )
            """
        )
        if try numbers.step() { self.lastNumber = numbers.integer(0) }
        try self.loadTables()
        try self.scheduleTrim()
    }

    private func loadTables() throws(DynamoDBError) {
        let rows = try self.statement(
            """
            SELECT id, name, arn, uuid, partition_name, partition_type, sort_name, sort_type, billing, read_units,
                write_units, on_demand_since, created, is_protected, stream_id, latest_stream_arn, latest_stream_label,
                expiry_attribute
            FROM tables
            """
        )
        var streams: [(table: String, id: Int64)] = []
        while try rows.step() {
            guard let partitionType = KeyType(rawValue: rows.text(5)),
                let billingMode = BillingMode(rawValue: rows.text(8))
            else { throw DynamoDBError(.internalServerError, "The store's table \(rows.text(1)) is damaged.") }
            let sort = rows.optionalText(6).flatMap { name in
                KeyType(rawValue: rows.text(7)).map { KeyAttribute(name: name, type: $0) }
            }
            let table = TableEntry(
                id: rows.integer(0),
                name: rows.text(1),
                arn: rows.text(2),
                uuid: rows.text(3),
                keySchema: KeySchema(partition: KeyAttribute(name: rows.text(4), type: partitionType), sort: sort),
                billingMode: billingMode,
                throughput: ProvisionedThroughput(
                    readCapacityUnits: Int(rows.integer(9)),
                    writeCapacityUnits: Int(rows.integer(10))
                ),
                onDemandSince: rows.optionalInteger(11).map { Timestamp(milliseconds: $0) },
                createdAt: Timestamp(milliseconds: rows.integer(12)),
                isDeletionProtected: rows.integer(13) != 0,
                expiryAttribute: rows.optionalText(17),
                latestStreamARN: rows.optionalText(15).map { StreamARN($0) },
                latestStreamLabel: rows.optionalText(16)
            )
            self.catalog.tables[table.name] = table
            if let stream = rows.optionalInteger(14) { streams.append((table.name, stream)) }
        }
        let contents = try self.statement(
            "SELECT table_id, count(*), sum(size) FROM items NOT INDEXED GROUP BY table_id"
        )
        while try contents.step() {
            self.contents[contents.integer(0)] = TableContents(
                count: Int(contents.integer(1)),
                size: Int(contents.integer(2))
            )
        }
        for (table, stream) in streams {
            self.catalog.tables[table]?.stream = try self.loadOpenStream(stream)
        }
    }

    private func loadOpenStream(_ id: Int64) throws(DynamoDBError) -> OpenStream? {
        let row = try self.statement("SELECT arn, label, view_type FROM streams WHERE id = ? AND disabled IS NULL")
        row.bind(1, id)
        guard try row.step(), let viewType = StreamViewType(rawValue: row.text(2)) else { return nil }
        let shards = try self.statement(
            "SELECT id, name, hash_low, hash_high FROM shards WHERE stream_id = ? AND end_number IS NULL"
        )
        shards.bind(1, id)
        var open: [OpenShard] = []
        while try shards.step() {
            let low = UInt64(bitPattern: shards.integer(2))
            let high = UInt64(bitPattern: shards.integer(3))
            open.append(OpenShard(id: shards.integer(0), name: ShardID(shards.text(1)), hashes: low...high))
        }
        open.sort { $0.hashes.lowerBound < $1.hashes.lowerBound }
        return OpenStream(
            id: id,
            arn: StreamARN(row.text(0)),
            label: row.text(1),
            viewType: viewType,
            shards: open
        )
    }
}
