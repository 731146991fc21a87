// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import GRDBSQLite
public import StreamSession

/// A recording that is read; it may be written at the same time.
///
/// Files come from anywhere: nothing in one is trusted. Its schema has to be ours to the letter, so that no view or trigger
/// of a stranger runs; rows are bounded before they are read, and those whose checksum fails are skipped.
public final class RecordingReader: Sendable {
    /// The file.
    public let path: String
    /// What it says of itself.
    public let header: RecordingHeader
    private let queue: DatabaseQueue

    /// Opens a file for reading alone.
    ///
    /// - Throws: ``RecordingError`` with `cannotOpen`, `notARecording`, `newerVersion`, `damaged` or `storage`.
    public init(path: String) throws(RecordingError) {
        self.path = path
        try Self.look(at: path)
        do {
            var configuration = Configuration()
            configuration.label = "recording"
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
                // A value that claims to be longer is an error, and no memory is asked for.
                sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(2 * RecordingFormat.recordsLimit))
            }
            self.queue = try DatabaseQueue(path: path, configuration: configuration)
            self.header = try self.queue.read { database in
                try SchemaCheck.check(database, path: path)
                return try Self.header(database, path: path)
            }
        } catch {
            throw StorageFault.error(error, doing: "read", path: path)
        }
    }

    /// What the file has at this moment.
    ///
    /// - Throws: ``RecordingError``.
    public func extent() throws(RecordingError) -> RecordingExtent {
        try self.read { database in
            let bounds = try Row.fetchOne(
                database,
                sql: "SELECT min(sequence), max(sequence), count(*) FROM event"
            )
            var extent = RecordingExtent()
            extent.isSealed =
                try Bool.fetchOne(
                    database,
                    sql: "SELECT count(*) > 0 FROM header WHERE name = 'sealed'"
                ) ?? false
            extent.events = bounds?[2] ?? 0
            extent.first = try self.time(
                database,
                "SELECT min(at) FROM (SELECT min(at) AS at FROM keyframe UNION ALL SELECT at FROM event WHERE sequence = (SELECT min(sequence) FROM event))"
            )
            extent.last = try self.time(
                database,
                "SELECT max(at) FROM (SELECT max(at) AS at FROM keyframe UNION ALL SELECT at FROM event WHERE sequence = (SELECT max(sequence) FROM event))"
            )
            extent.lastSequence = Self.sequence(bounds?[1])
            return extent
        }
    }

    /// Markers, gaps, holds and losses, in the order of time.
    ///
    /// - Throws: ``RecordingError``.
    public func marks() throws(RecordingError) -> [RecordingMark] {
        let coder = EventCoder()
        return try self.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(Self.columns) FROM event INDEXED BY event_mark
                    WHERE kind IN ('marker', 'gap', 'hold', 'resumed', 'data-lost') AND \(Self.bounds) ORDER BY sequence LIMIT 10000
                    """
            )
            var marks: [RecordingMark] = []
            while let row = try rows.next() {
                guard let event = try? coder.event(self.row(row)), let mark = RecordingMark(event) else { continue }
                marks.append(mark)
            }
            return marks.sorted { $0.at < $1.at }
        }
    }

    /// The state of the newest key frame that is not behind a moment, or the empty state.
    ///
    /// A damaged key frame is passed for the one before it.
    ///
    /// - Throws: ``RecordingError``.
    public func keyframe(notAfter moment: RecordingMoment) throws(RecordingError) -> SessionState? {
        let decoder = JSONDecoder()
        return try self.read { database in
            let rows: RowCursor
            switch moment {
            case .time(let time):
                rows = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT sequence, at, payload, crc FROM keyframe
                        WHERE at <= ? AND length(payload) <= \(RecordingFormat.payloadLimit) ORDER BY at DESC, sequence DESC
                        """,
                    arguments: [self.nanoseconds(time)]
                )
            case .sequence(let sequence):
                rows = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT sequence, at, payload, crc FROM keyframe
                        WHERE sequence <= ? AND length(payload) <= \(RecordingFormat.payloadLimit) ORDER BY sequence DESC
                        """,
                    arguments: [Int64(clamping: sequence)]
                )
            }
            while let row = try rows.next() {
                let stored = KeyframeRow(
                    sequence: Self.sequence(row[0]) ?? 0,
                    at: self.time(row[1]),
                    payload: [UInt8](row[2] as Data? ?? Data()),
                    checksum: UInt32(truncatingIfNeeded: row[3] as Int64? ?? 0)
                )
                guard let keyframe = stored.keyframe(decoder: decoder) else { continue }
                return try self.restored(keyframe, database)
            }
            return nil
        }
    }

    /// Events behind a sequence number, in order.
    ///
    /// - Parameters:
    ///   - sequence: The event before the first one.
    ///   - limit: The largest number of events.
    ///   - byteLimit: About how many bytes are read at the most; there is at least one event.
    /// - Returns: The events. A row that is damaged is a gap of one event; kinds of newer programs are left out.
    /// - Throws: ``RecordingError``.
    public func events(
        after sequence: UInt64,
        limit: Int = 512,
        byteLimit: Int = 1 << 20
    ) throws(RecordingError) -> [SessionEvent] {
        let coder = EventCoder()
        return try self.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(Self.columns), \(Self.bounds) FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?
                    """,
                arguments: [Int64(clamping: sequence), limit]
            )
            var events: [SessionEvent] = []
            var bytes = 0
            while bytes < byteLimit, let row = try rows.next() {
                guard let stored = Self.sequence(row[0]) else { continue }
                let at = self.time(row[1])
                guard row[8] as Bool? == true else {
                    events.append(SessionEvent(sequence: stored, at: at, kind: .gap(1)))
                    continue
                }
                var read = self.row(row)
                if read.kind == "batch-formed", let batch = read.batch {
                    read.content = try Self.content(of: batch, database)
                }
                bytes += read.size
                do throws(EventCoder.Fault) {
                    events.append(try coder.event(read))
                } catch {
                    // What nobody can read is shown as missing; what only newer programs know has no place here.
                    guard case .damaged = error else { continue }
                    events.append(SessionEvent(sequence: stored, at: at, kind: .gap(1)))
                }
            }
            return events
        }
    }

    /// What the session is about, by the first of its events that says so; nil if none at the beginning does.
    ///
    /// - Throws: ``RecordingError``.
    func opening() throws(RecordingError) -> SessionDescription? {
        for event in try self.events(after: 0, limit: 64) {
            if case .started(let description) = event.kind { return description }
        }
        return nil
    }

    /// The event with which a batch was formed; nil if there is none.
    ///
    /// - Throws: ``RecordingError``.
    public func sequence(of batch: BatchID) throws(RecordingError) -> UInt64? {
        try self.read { database in
            Self.sequence(
                try Int64.fetchOne(
                    database,
                    sql: "SELECT sequence FROM event WHERE batch = ? AND kind = 'batch-formed'",
                    arguments: [Int64(clamping: batch.number)]
                )
            )
        }
    }

    /// The batch before or behind an event that forms one; nil if there is none.
    ///
    /// - Throws: ``RecordingError``.
    public func batchEvent(_ direction: RecordingDirection, _ sequence: UInt64) throws(RecordingError) -> UInt64? {
        try self.read { database in
            let sql =
                switch direction {
                case .before:
                    "SELECT max(sequence) FROM event INDEXED BY event_batch WHERE kind = 'batch-formed' AND batch IS NOT NULL AND sequence < ?"
                case .after:
                    "SELECT min(sequence) FROM event INDEXED BY event_batch WHERE kind = 'batch-formed' AND batch IS NOT NULL AND sequence > ?"
                }
            return Self.sequence(try Int64.fetchOne(database, sql: sql, arguments: [Int64(clamping: sequence)]))
        }
    }

    /// When something next happens behind an event: engine figures and empty reads are not what anybody waits for.
    ///
    /// - Throws: ``RecordingError``.
    func nextHappening(after sequence: UInt64) throws(RecordingError) -> Timestamp? {
        try self.read { database in
            try self.time(
                database,
                "SELECT at FROM event WHERE sequence > \(sequence) AND kind NOT IN ('sample', 'read') ORDER BY sequence LIMIT 1"
            )
        }
    }

    // MARK: Rows

    static let columns = "sequence, at, kind, shard, event.batch, records, payload, event.crc"
    static let bounds = """
        (length(CAST(payload AS BLOB)) <= \(RecordingFormat.payloadLimit) AND length(kind) <= 64 AND ifnull(length(shard), 0) <= 1024)
        """

    func row(_ row: Row) -> EventRow {
        EventRow(
            sequence: Self.sequence(row[0]) ?? 0,
            at: self.time(row[1]),
            kind: row[2] ?? "",
            shard: (row[3] as String?).map { ShardID($0) },
            batch: (row[4] as Int64?).map { BatchID(UInt64(clamping: $0)) },
            records: row[5],
            payload: [UInt8]((row[6] as String? ?? "").utf8),
            checksum: UInt32(truncatingIfNeeded: row[7] as Int64? ?? 0)
        )
    }

    /// The records of a batch as they are stored; nil if there are none, or more than there can be.
    static func content(of batch: BatchID, _ database: Database) throws -> BatchRow? {
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

    private func restored(_ keyframe: SessionKeyframe, _ database: Database) throws -> SessionState {
        var known: [BatchID: [StreamRecord]] = [:]
        for batch in keyframe.batches { known[batch] = try Self.content(of: batch, database)?.records }
        return keyframe.restored { known[$0] }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(RecordingError) -> Value {
        do {
            return try self.queue.read { try body($0) }
        } catch {
            throw StorageFault.error(error, doing: "read", path: self.path)
        }
    }

    private func time(_ database: Database, _ sql: String) throws -> Timestamp? {
        try Int64.fetchOne(database, sql: sql).map { self.time($0) }
    }

    private func time(_ nanoseconds: Int64?) -> Timestamp {
        let offset = (nanoseconds ?? 0) / 1_000_000
        let (sum, isTooFar) = self.header.startedAt.milliseconds.addingReportingOverflow(offset)
        let times = RecordingFormat.times
        return Timestamp(milliseconds: isTooFar ? times.upperBound : min(max(sum, times.lowerBound), times.upperBound))
    }

    private func nanoseconds(_ time: Timestamp) -> Int64 {
        let offset = time.milliseconds.subtractingReportingOverflow(self.header.startedAt.milliseconds).partialValue
        return offset.multipliedReportingOverflow(by: 1_000_000).partialValue
    }

    private static func sequence(_ value: Int64?) -> UInt64? {
        value.flatMap { (0...1 << 52).contains($0) ? UInt64($0) : nil }
    }

    private static func header(_ database: Database, path: String) throws -> RecordingHeader {
        var values: [String: String] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT name, value FROM header WHERE length(name) <= 64 AND length(value) <= 1024 LIMIT 64"
        )
        while let row = try rows.next() { values[row[0]] = row[1] }
        guard let started = values["started"].flatMap({ Int64($0) }), RecordingFormat.times.contains(started) else {
            throw RecordingError(
                .damaged,
                "The recording \(path) does not say when it was begun, so its times mean nothing."
            )
        }
        return RecordingHeader(
            startedAt: Timestamp(milliseconds: started),
            toolVersion: values["tool"] ?? "",
            redaction: values["redaction"].flatMap { RecordingHeader.Redaction(rawValue: $0) } ?? .none
        )
    }

    /// What SQLite would say of such files is of no use to anybody.
    private static func look(at path: String) throws(RecordingError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw RecordingError(.cannotOpen, "There is no file \(path).")
        }
        guard !isFolder.boolValue else {
            throw RecordingError(
                .notARecording,
                "\(path) is a folder. Name a recording, a file that --record has written."
            )
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw RecordingError(.cannotOpen, "You may not read \(path).")
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size > 0 else {
            throw RecordingError(.notARecording, "\(path) is empty: nothing was recorded there.")
        }
    }
}
