// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import StreamSession

/// Rows of events that follow one another in a file.
struct EventPage {
    /// A row, or that it is longer than any can be.
    struct Stored {
        var sequence: UInt64
        var offset: Int64
        var row: EventRow?
    }

    /// The rows in order.
    var rows: [Stored] = []
    /// Whether the file cannot be read on behind the last of them.
    var isBroken = false

    static let columns = "sequence, at, kind, shard, event.batch, records, payload, event.crc"
    static let bounds = """
        (length(CAST(payload AS BLOB)) <= \(RecordingFormat.payloadLimit) AND length(kind) <= 64 AND ifnull(length(shard), 0) <= 1024)
        """

    /// Nothing that could be read.
    init() {}

    /// Reads rows.
    ///
    /// - Parameters:
    ///   - database: The file.
    ///   - sequence: The event before the first one.
    ///   - limit: The largest number of rows.
    ///   - byteLimit: About how many bytes are read at the most; there is at least one row.
    ///   - withRecords: Whether the records of batches are read.
    /// - Throws: `DatabaseError` for anything but a damage of the file.
    init(
        _ database: Database,
        after sequence: UInt64,
        limit: Int,
        byteLimit: Int,
        withRecords: Bool = true
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(Self.columns), \(Self.bounds) FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?
                """,
            arguments: [Int64(clamping: sequence), limit]
        )
        var bytes = 0
        do {
            while bytes < byteLimit, let row = try rows.next() {
                guard let stored = row.sequence(0) else { continue }
                guard row[8] as Bool? == true else {
                    self.rows.append(Stored(sequence: stored, offset: row[1] ?? 0))
                    continue
                }
                var read = EventRow(row)
                if withRecords, read.kind == "batch-formed", let batch = read.batch {
                    do {
                        read.content = try BatchRow.stored(batch, database)
                    } catch let error as DatabaseError where StorageFault.isDamage(error) {
                        read.content = nil
                    }
                }
                bytes += read.size
                self.rows.append(Stored(sequence: stored, offset: read.offset, row: read))
            }
        } catch let error as DatabaseError where StorageFault.isDamage(error) {
            self.isBroken = true
        }
    }
}

extension EventRow {
    /// Reads a row of ``EventPage/columns``.
    init(_ row: Row) {
        self.init(
            sequence: row.sequence(0) ?? 0,
            offset: row[1] ?? 0,
            kind: row[2] ?? "",
            shard: (row[3] as String?).map { ShardID($0) },
            batch: (row[4] as Int64?).map { BatchID(UInt64(clamping: $0)) },
            records: row[5],
            payload: [UInt8]((row[6] as String? ?? "").utf8),
            checksum: UInt32(truncatingIfNeeded: row[7] as Int64? ?? 0)
        )
    }
}

extension BatchRow {
    /// The records of a batch as they are stored; nil if there are none, or more than there can be.
    static func stored(_ batch: BatchID, _ database: Database) throws -> BatchRow? {
        let statement = try database.cachedStatement(
            sql: "SELECT data, crc FROM batch WHERE batch = ? AND length(data) <= \(RecordingFormat.recordsLimit)"
        )
        guard let row = try Row.fetchOne(statement, arguments: [Int64(clamping: batch.number)]) else { return nil }
        return BatchRow(
            batch: batch,
            data: [UInt8](row[0] as Data? ?? Data()),
            checksum: UInt32(truncatingIfNeeded: row[1] as Int64? ?? 0)
        )
    }
}

extension Row {
    /// An event's number; nil for what is none.
    func sequence(_ column: Int) -> UInt64? {
        (self[column] as Int64?).flatMap { (0...1 << 52).contains($0) ? UInt64($0) : nil }
    }
}
