// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The statements that run for each item or page, compiled once.
final class StatementSet {
    let begin: SQLStatement
    let commit: SQLStatement
    let rollback: SQLStatement
    let selectItemSize: SQLStatement
    let selectItem: SQLStatement
    let putItem: SQLStatement
    let deleteItem: SQLStatement
    let scanItems: SQLStatement
    let insertRecord: SQLStatement
    let selectRecords: SQLStatement
    let selectShard: SQLStatement

    /// Compiles all of them; the tables must be there.
    init(_ database: Database) throws {
        self.begin = try SQLStatement(database, "BEGIN IMMEDIATE")
        self.commit = try SQLStatement(database, "COMMIT")
        self.rollback = try SQLStatement(database, "ROLLBACK")
        self.selectItemSize = try SQLStatement(database, "SELECT size FROM items WHERE table_id = ? AND key = ?")
        self.selectItem = try SQLStatement(
            database,
            "SELECT size, keys_end, json FROM items WHERE table_id = ? AND key = ?"
        )
        self.putItem = try SQLStatement(
            database,
            """
            INSERT INTO items (table_id, key, size, keys_end, json) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (table_id, key) DO UPDATE
            SET size = excluded.size, keys_end = excluded.keys_end, json = excluded.json
            """
        )
        self.deleteItem = try SQLStatement(database, "DELETE FROM items WHERE table_id = ? AND key = ?")
        self.scanItems = try SQLStatement(
            database,
            """
            SELECT size, keys_end, json FROM items
            WHERE table_id = ? AND key > ? AND key < ? ORDER BY key
            """
        )
        self.insertRecord = try SQLStatement(
            database,
            """
            INSERT INTO records (shard_id, number, kind, created, size, keys_end, keys, old_image, new_image)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        self.selectRecords = try SQLStatement(
            database,
            """
            SELECT number, kind, created, size, keys_end, keys, old_image, new_image FROM records
            WHERE shard_id = ? AND number >= ? ORDER BY number LIMIT ?
            """
        )
        self.selectShard = try SQLStatement(
            database,
            """
            SELECT end_number, trimmed_through, arn, view_type FROM shards JOIN streams ON streams.id = stream_id
            WHERE shards.id = ?
            """
        )
    }
}
