// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import StreamSession

extension RecordingFile {
    /// What is written, to be read at the same time.
    var connection: RecordingConnection { RecordingConnection(of: self.queue, path: self.path) }

    /// Drops the oldest part until what is left takes at most so many bytes; the newest key frame stays in any case.
    ///
    /// What is left begins with a key frame, and with the records that it names.
    ///
    /// - Returns: Whether something was dropped.
    /// - Throws: ``RecordingError`` with `storage`.
    func trim(to limit: Int) throws(RecordingError) -> Bool {
        do {
            return try self.queue.write { database in
                var hasDropped = false
                while try Self.bytes(database) > limit {
                    guard let next = try Self.secondKeyframe(database) else { break }
                    hasDropped = true
                    let first = Int64(clamping: next.sequence)
                    try database.execute(sql: "DELETE FROM keyframe WHERE sequence < ?", arguments: [first])
                    try database.execute(sql: "DELETE FROM event WHERE sequence <= ?", arguments: [first])
                    guard let batch = next.oldestBatch else { continue }
                    try database.execute(sql: "DELETE FROM batch WHERE batch < ?", arguments: [batch])
                }
                return hasDropped
            }
        } catch {
            throw StorageFault.error(error, doing: "trim", path: self.path)
        }
    }

    /// Bytes in use.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    func bytes() throws(RecordingError) -> Int {
        do {
            return try self.queue.read { try Self.bytes($0) }
        } catch {
            throw StorageFault.error(error, doing: "measure", path: self.path)
        }
    }

    /// Bytes in use; those of rows that were dropped are used again.
    private static func bytes(_ database: Database) throws -> Int {
        func number(_ pragma: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0 }
        return try (number("page_count") - number("freelist_count")) * number("page_size")
    }

    /// The key frame behind the oldest one, and the oldest batch whose records it or an event behind it needs.
    private static func secondKeyframe(_ database: Database) throws -> (sequence: UInt64, oldestBatch: Int64?)? {
        guard
            let row = try Row.fetchOne(
                database,
                sql: "SELECT sequence, at, payload, crc FROM keyframe ORDER BY sequence LIMIT 1 OFFSET 1"
            ), let sequence = row.sequence(0)
        else { return nil }
        let stored = KeyframeRow(
            sequence: sequence,
            offset: row[1] ?? 0,
            payload: [UInt8](row[2] as Data? ?? Data()),
            checksum: UInt32(truncatingIfNeeded: row[3] as Int64? ?? 0)
        )
        let named = stored.keyframe(decoder: JSONDecoder())?.batches.min().map { Int64(clamping: $0.number) }
        let formed = try Int64.fetchOne(
            database,
            sql: "SELECT min(batch) FROM event WHERE kind = 'batch-formed' AND sequence > ?",
            arguments: [Int64(clamping: sequence)]
        )
        return (sequence, [named, formed].compactMap(\.self).min())
    }
}
