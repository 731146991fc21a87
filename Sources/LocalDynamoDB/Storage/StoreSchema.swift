// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The store's tables in SQLite.
///
/// An item is a row with its DynamoDB JSON; its key is encoded so that bytes sort as DynamoDB sorts. The rows stand in
/// the order of their first writes and only the index in that of the hashed keys: a batch touches few pages that way,
/// and so does a reader who deletes what was written in the order it was written. A stream record
/// is a row with the images alone: everything else of its JSON follows from the row.
enum StoreSchema {
    // "WEIL": tells that a file is ours.
    static let applicationID = 0x5745_494C

    /// Refuses files of other programs; changes nothing.
    private static func check(_ database: Database, path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard application == self.applicationID || (application == 0 && tables == 0) else {
            throw LocalStoreError(
                .notOurs,
                "The data file \(path) is an SQLite file of another program. Name another file."
            )
        }
    }

    /// Creates what is missing; refuses files of other programs.
    static func migrate(_ queue: DatabaseQueue, path: String?) throws {
        try queue.write { database in
            if let path { try self.check(database, path: path) }
            try database.execute(sql: "PRAGMA application_id = \(self.applicationID)")
        }
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 tables and streams") { database in
            try database.execute(sql: Self.version1)
        }
        migrator.registerMigration("2 time to live") { database in
            try database.execute(sql: Self.version2)
        }
        migrator.registerMigration("3 tokens of transactions") { database in
            try database.execute(sql: Self.version3)
        }
        try migrator.migrate(queue)
    }

    private static let version2 = "ALTER TABLE tables ADD COLUMN expiry_attribute TEXT"

    private static let version1 = """
        CREATE TABLE meta (
            name TEXT PRIMARY KEY,
            number INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE tables (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            arn TEXT NOT NULL,
            uuid TEXT NOT NULL,
            partition_name TEXT NOT NULL,
            partition_type TEXT NOT NULL,
            sort_name TEXT,
            sort_type TEXT,
            billing TEXT NOT NULL,
            read_units INTEGER NOT NULL,
            write_units INTEGER NOT NULL,
            on_demand_since INTEGER,
            created INTEGER NOT NULL,
            is_protected INTEGER NOT NULL,
            stream_id INTEGER,
            latest_stream_arn TEXT,
            latest_stream_label TEXT
        );

        CREATE TABLE items (
            id INTEGER PRIMARY KEY,
            table_id INTEGER NOT NULL,
            key BLOB NOT NULL,
            size INTEGER NOT NULL,
            keys_end INTEGER NOT NULL,
            json BLOB NOT NULL
        );

        CREATE UNIQUE INDEX items_by_key ON items (table_id, key);

        CREATE TABLE streams (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            arn TEXT NOT NULL UNIQUE,
            table_name TEXT NOT NULL,
            label TEXT NOT NULL,
            view_type TEXT NOT NULL,
            partition_name TEXT NOT NULL,
            sort_name TEXT,
            created INTEGER NOT NULL,
            disabled INTEGER
        );

        CREATE TABLE shards (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            stream_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            parent TEXT,
            hash_low INTEGER NOT NULL,
            hash_high INTEGER NOT NULL,
            start_number INTEGER NOT NULL,
            end_number INTEGER,
            closed INTEGER,
            trimmed_through INTEGER NOT NULL DEFAULT 0,
            UNIQUE (stream_id, name)
        );

        CREATE TABLE records (
            shard_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            created INTEGER NOT NULL,
            size INTEGER NOT NULL,
            keys_end INTEGER NOT NULL,
            keys BLOB,
            old_image BLOB,
            new_image BLOB,
            PRIMARY KEY (shard_id, number)
        ) WITHOUT ROWID;
        """

    private static let version3 = """
        CREATE TABLE transaction_tokens (
            token TEXT PRIMARY KEY,
            fingerprint_high INTEGER NOT NULL,
            fingerprint_low INTEGER NOT NULL,
            created INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE INDEX transaction_tokens_by_age ON transaction_tokens (created);
        """
}
