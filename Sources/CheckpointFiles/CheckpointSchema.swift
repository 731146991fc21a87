// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import GRDB

/// The tables of a checkpoint file.
enum CheckpointSchema {
    // "WEIC": tells that a file is ours.
    static let applicationID = 0x5745_4943
    private static let version = 3

    /// Refuses files of others and of other versions; changes nothing.
    ///
    /// - Returns: Whether the tables are there.
    static func check(_ database: Database, path: String) throws -> Bool {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if application == 0, version == 0, try !self.hasTables(database) { return false }
        guard application == self.applicationID else {
            throw CheckpointError(.storage, "\(path) is an SQLite file of another program: name another file.")
        }
        guard version == self.version else {
            throw CheckpointError(
                .storage,
                "The checkpoint file \(path) has version \(version), and this program knows version \(self.version): "
                    + "name another file, or use the program that wrote this one."
            )
        }
        return true
    }

    /// Makes the tables of a new file; refuses files of others and of other versions.
    static func prepare(_ database: Database, path: String) throws {
        if try !self.check(database, path: path) { try self.create(database) }
    }

    /// The number of an identity in the file; its shards are free, as whoever had them is gone.
    static func identify(_ identity: CheckpointIdentity, in database: Database) throws -> Int64 {
        let arguments: StatementArguments = [identity.streamARN.text, identity.pipeline, identity.handler]
        try database.execute(
            sql: "INSERT INTO identity (streamARN, pipeline, handler) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: arguments
        )
        let id = try Int64.fetchOne(
            database,
            sql: "SELECT id FROM identity WHERE streamARN = ? AND pipeline = ? AND handler = ?",
            arguments: arguments
        )
        guard let id else { throw CheckpointError(.storage, "the identity was not stored") }
        try database.execute(sql: "UPDATE shard SET owner = NULL WHERE identity = ?", arguments: [id])
        return id
    }

    /// Older streams of the same table of which a pipeline and handler have positions, the newest first.
    static func formerStreams(of identity: CheckpointIdentity, in database: Database) throws -> [StreamARN] {
        // The labels are the times of their creation, so that texts of one table have the order of time.
        let texts = try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT streamARN FROM identity JOIN shard ON shard.identity = identity.id
                WHERE pipeline = ? AND handler = ? AND streamARN < ? ORDER BY streamARN DESC
                """,
            arguments: [identity.pipeline, identity.handler, identity.streamARN.text]
        )
        return texts.map { StreamARN($0) }.filter { $0.hasSameTable(as: identity.streamARN) }
    }

    private static func hasTables(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0 > 0
    }

    private static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE identity (
                    id INTEGER PRIMARY KEY,
                    streamARN TEXT NOT NULL,
                    pipeline TEXT NOT NULL,
                    handler TEXT NOT NULL,
                    UNIQUE (streamARN, pipeline, handler)
                ) STRICT;
                CREATE TABLE shard (
                    identity INTEGER NOT NULL REFERENCES identity (id),
                    shard TEXT NOT NULL,
                    owner TEXT,
                    term INTEGER NOT NULL,
                    position TEXT NOT NULL,
                    PRIMARY KEY (identity, shard)
                ) STRICT, WITHOUT ROWID;
                PRAGMA application_id = \(self.applicationID);
                PRAGMA user_version = \(self.version);
                """
        )
    }
}
