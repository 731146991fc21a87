// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
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
    /// Whether the header is what was written.
    let isHeaderWhole: Bool
    let time: RecordingTime
    private let connection: RecordingConnection

    /// Opens a file for reading alone.
    ///
    /// - Throws: ``RecordingError`` with `cannotOpen`, `notARecording`, `newerVersion`, `olderVersion`, `damaged` or `storage`.
    public init(path: String) throws(RecordingError) {
        self.path = path
        self.connection = try RecordingConnection(path: path)
        let values = try self.connection.read { try RecordingHeader.values($0) }
        self.header = try RecordingHeader(values, path: path)
        self.isHeaderWhole = values["crc"] == "\(self.header.checksum)"
        self.time = RecordingTime(startedAt: self.header.startedAt)
    }

    /// Reads what this program writes itself.
    init(_ connection: RecordingConnection, header: RecordingHeader) {
        self.path = "of this session"
        self.connection = connection
        self.header = header
        self.isHeaderWhole = true
        self.time = RecordingTime(startedAt: header.startedAt)
    }

    /// What the file has at this moment.
    ///
    /// - Throws: ``RecordingError``.
    public func extent() throws(RecordingError) -> RecordingExtent {
        let extent = try self.read { database in
            try StorageFault.readable { try RecordingExtent(database, time: self.time) }
        }
        if var extent {
            extent.isDamaged = self.connection.isCut
            return extent
        }
        return try RecordingExtent(walking: self)
    }

    /// Markers, gaps, holds and losses, in the order of time.
    ///
    /// - Throws: ``RecordingError``.
    public func marks() throws(RecordingError) -> [RecordingMark] {
        let coder = EventCoder(time: self.time)
        return try self.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(EventPage.columns) FROM event INDEXED BY event_mark
                    WHERE kind IN ('marker', 'gap', 'hold', 'resumed', 'data-lost') AND \(EventPage.bounds)
                    ORDER BY sequence LIMIT 10000
                    """
            )
            var marks: [RecordingMark] = []
            while let row = try StorageFault.readable({ try rows.next() }) {
                guard let event = try? coder.event(EventRow(row)), let mark = RecordingMark(event) else { continue }
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
                    arguments: [self.time.offset(of: time)]
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
            while let row = try StorageFault.readable({ try rows.next() }) {
                let stored = KeyframeRow(
                    sequence: row.sequence(0) ?? 0,
                    offset: row[1] ?? 0,
                    payload: [UInt8](row[2] as Data? ?? Data()),
                    checksum: UInt32(truncatingIfNeeded: row[3] as Int64? ?? 0)
                )
                guard let keyframe = stored.keyframe(decoder: decoder) else { continue }
                return self.restored(keyframe, database)
            }
            return nil
        }
    }

    /// The state of the key frame right behind an event; nil if there is none that is whole.
    ///
    /// - Throws: ``RecordingError``.
    func keyframe(behind sequence: UInt64) throws(RecordingError) -> SessionState? {
        let isThere = try self.read { database in
            try StorageFault.readable {
                try Row.fetchOne(
                    database,
                    sql: "SELECT sequence FROM keyframe WHERE sequence = ?",
                    arguments: [Int64(clamping: sequence)]
                )
            } != nil
        }
        guard isThere, let state = try self.keyframe(notAfter: .sequence(sequence)) else { return nil }
        return state.lastSequence == sequence ? state : nil
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
        try self.passage(after: sequence, limit: limit, byteLimit: byteLimit).events
    }

    /// The same, with whether some of it was damaged.
    ///
    /// - Throws: ``RecordingError``.
    func passage(
        after sequence: UInt64,
        limit: Int = 512,
        byteLimit: Int = 1 << 20
    ) throws(RecordingError) -> (events: [SessionEvent], isDamaged: Bool) {
        var walk = EventWalk(reader: self, after: sequence, limit: limit, byteLimit: byteLimit)
        var events: [SessionEvent] = []
        var isDamaged = false
        // What nobody can read is shown as missing; what only newer programs know has no place here.
        for step in try walk.page() {
            switch step {
            case .event(let event): events.append(event)
            case .unknown, .missing: continue
            case .damaged(let range, let at, _):
                isDamaged = true
                events.append(SessionEvent(sequence: range.upperBound, at: at, kind: .gap(range.count)))
            }
        }
        return (events, isDamaged)
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
            try Row.fetchOne(
                database,
                sql: "SELECT sequence FROM event WHERE batch = ? AND kind = 'batch-formed'",
                arguments: [Int64(clamping: batch.number)]
            )?.sequence(0)
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
            return try Row.fetchOne(database, sql: sql, arguments: [Int64(clamping: sequence)])?.sequence(0)
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

    // MARK: Parts

    /// Reads, see ``RecordingConnection/read(_:)``.
    func read<Value>(_ body: (Database) throws -> Value) throws(RecordingError) -> Value {
        try self.connection.read(body)
    }

    private func restored(_ keyframe: SessionKeyframe, _ database: Database) -> SessionState {
        var known: [BatchID: [StreamRecord]] = [:]
        // Records that cannot be read are missing from the state, and nothing else is.
        for batch in keyframe.batches { known[batch] = (try? BatchRow.stored(batch, database))?.records }
        return keyframe.restored { known[$0] }
    }

    private func time(_ database: Database, _ sql: String) throws -> Timestamp? {
        try Int64.fetchOne(database, sql: sql).map { self.time.time($0) }
    }
}
