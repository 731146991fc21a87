// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import GRDB

/// Whether a database is a recording.
enum SchemaCheck {
    /// Refuses what is none, and what holds more than tables and indexes of ours.
    static func check(_ database: Database, path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard application == RecordingFormat.applicationID else {
            throw RecordingError(.notARecording, "\(path) is not a recording of weir.")
        }
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version / 1000 <= RecordingFormat.major else {
            throw RecordingError(
                .newerVersion,
                "The recording \(path) has format \(version / 1000), and this program reads formats "
                    + "\(RecordingFormat.oldestMajor) to \(RecordingFormat.major): use a newer weir."
            )
        }
        guard version / 1000 >= RecordingFormat.oldestMajor else {
            throw RecordingError(
                .olderVersion,
                "The recording \(path) has format \(version / 1000) of an older weir, and this program reads formats "
                    + "\(RecordingFormat.oldestMajor) to \(RecordingFormat.major): use the weir that wrote it."
            )
        }
        let strange = try String.fetchOne(
            database,
            sql: """
                SELECT type || ' ' || name FROM sqlite_schema
                WHERE type NOT IN ('table', 'index') OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%') LIMIT 1
                """
        )
        if let strange {
            throw RecordingError(
                .notARecording,
                "\(path) holds a \(strange), which no recording has: it is not opened."
            )
        }
        for (table, columns) in [("header", 2), ("event", 8), ("batch", 3), ("keyframe", 4)] {
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM pragma_table_info(?)", arguments: [table])
            guard count ?? 0 >= columns else {
                throw RecordingError(.damaged, "The recording \(path) has no whole table \(table).")
            }
        }
    }
}
