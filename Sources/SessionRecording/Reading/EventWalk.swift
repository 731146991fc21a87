// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// The events of a recording in order, past whatever is damaged.
struct EventWalk {
    /// What is found next.
    enum Step: Hashable, Sendable {
        /// An event.
        case event(SessionEvent)
        /// One of a kind that only newer programs know.
        case unknown(sequence: UInt64, kind: String)
        /// Numbers without an event, which no gap accounts for.
        case missing(ClosedRange<UInt64>, at: Timestamp)
        /// Events that are not what was written: where they are, and what is wrong.
        case damaged(ClosedRange<UInt64>, at: Timestamp, fault: Fault)
    }

    /// What is wrong with events.
    enum Fault: Hashable, Sendable {
        /// The file itself cannot be read there.
        case unreadable
        /// A row is not what its checksum says, or means nothing.
        case row
        /// The records of this batch are missing, or not what their checksum says.
        case records(BatchID)
    }

    private let reader: RecordingReader
    private let coder: EventCoder
    private let limit: Int
    private let byteLimit: Int
    private let withRecords: Bool
    /// The newest number that was stepped over.
    private var position: UInt64
    /// Whether the number of the next event is known.
    private var isBegun: Bool
    private var lastAt: Timestamp
    /// What has been read, the next one last.
    private var coming: [EventPage.Stored] = []
    /// Whether the file cannot be read behind what is coming.
    private var isBroken = false
    private var lost: Step?
    private var isOver = false

    /// Begins behind an event.
    ///
    /// - Parameters:
    ///   - reader: The recording.
    ///   - sequence: The event before the first one; nil: all there are, whatever their first number.
    ///   - limit: The largest number of rows that are read at once.
    ///   - byteLimit: About how many bytes are read at once at the most.
    ///   - withRecords: Whether the records of batches are read; if not, batches come without.
    init(
        reader: RecordingReader,
        after sequence: UInt64? = nil,
        limit: Int = 512,
        byteLimit: Int = 1 << 20,
        withRecords: Bool = true
    ) {
        self.reader = reader
        self.coder = EventCoder(time: reader.time)
        self.limit = limit
        self.byteLimit = byteLimit
        self.withRecords = withRecords
        self.position = sequence ?? 0
        self.isBegun = sequence != nil
        self.lastAt = reader.header.startedAt
    }

    /// Goes one step on; nil at the end of what is there.
    mutating func next() throws(RecordingError) -> Step? {
        if self.coming.isEmpty, self.lost == nil { try self.fill() }
        if let lost = self.lost.take() { return lost }
        guard let stored = self.coming.last else { return nil }
        if let missing = self.missing(before: stored) { return missing }
        self.coming.removeLast()
        self.isBegun = true
        self.position = stored.sequence
        return self.step(stored)
    }

    /// All steps up to where the file would be read again; none at the end, and none for what is lost at the end.
    mutating func page() throws(RecordingError) -> [Step] {
        try self.fill()
        var steps: [Step] = []
        while !self.coming.isEmpty, let step = try self.next() { steps.append(step) }
        return steps
    }

    // MARK: Parts

    private mutating func fill() throws(RecordingError) {
        guard !self.isOver else { return }
        if !self.isBroken {
            let page = try self.reader.page(self.position, self.limit, self.byteLimit, self.withRecords)
            self.coming = page.rows.reversed()
            self.isBroken = page.isBroken
            self.isOver = page.rows.isEmpty && !page.isBroken
        }
        guard self.coming.isEmpty, self.isBroken else { return }
        var page = EventPage()
        if let next = try self.reader.readable(behind: self.position) {
            page = try self.reader.page(next, self.limit, self.byteLimit, self.withRecords)
        }
        self.coming = page.rows.reversed()
        self.isBroken = page.isBroken
        guard let first = page.rows.first else {
            // How much there was nobody knows.
            self.isOver = true
            self.lost = .damaged((self.position + 1)...(self.position + 1), at: self.lastAt, fault: .unreadable)
            return
        }
        guard first.sequence > self.position + 1 else { return }
        self.lost = .damaged((self.position + 1)...(first.sequence - 1), at: self.lastAt, fault: .unreadable)
        self.position = first.sequence - 1
        self.isBegun = true
    }

    /// Numbers before a row that nothing accounts for.
    private mutating func missing(before stored: EventPage.Stored) -> Step? {
        guard self.isBegun, stored.sequence > self.position + 1 else { return nil }
        let range = (self.position + 1)...(stored.sequence - 1)
        if let row = stored.row, row.kind == "gap", let event = try? self.coder.event(row),
            case .gap(let count) = event.kind, count > range.count
        {
            return nil
        }
        self.position = range.upperBound
        return .missing(range, at: self.lastAt)
    }

    private mutating func step(_ stored: EventPage.Stored) -> Step {
        guard let row = stored.row else {
            return .damaged(stored.sequence...stored.sequence, at: self.lastAt, fault: .row)
        }
        do throws(EventCoder.Fault) {
            let event = try self.coder.event(row, withRecords: self.withRecords)
            self.lastAt = event.at
            return .event(event)
        } catch {
            if case .unknownKind = error { return .unknown(sequence: stored.sequence, kind: row.kind) }
            let isRecords = row.isWhole && row.kind == "batch-formed"
            let fault = isRecords ? row.batch.map { Fault.records($0) } ?? .row : .row
            let at = row.isWhole ? self.reader.time.time(row.offset) : self.lastAt
            return .damaged(row.sequence...row.sequence, at: at, fault: fault)
        }
    }
}

extension RecordingReader {
    fileprivate func page(
        _ sequence: UInt64,
        _ limit: Int,
        _ byteLimit: Int,
        _ withRecords: Bool
    ) throws(RecordingError) -> EventPage {
        try self.read {
            try EventPage($0, after: sequence, limit: limit, byteLimit: byteLimit, withRecords: withRecords)
        }
    }

    /// The number behind which the file can be read again, as near as it can be found; nil: nowhere.
    fileprivate func readable(behind sequence: UInt64) throws(RecordingError) -> UInt64? {
        func isReadable(_ number: UInt64) throws(RecordingError) -> Bool {
            try !self.page(number, 1, 1, false).isBroken
        }
        var broken = sequence
        var step: UInt64 = 1
        while try !isReadable(sequence + step) {
            broken = sequence + step
            step *= 2
            guard step <= 1 << 52 else { return nil }
        }
        var readable = sequence + step
        while readable - broken > 1 {
            let middle = broken + (readable - broken) / 2
            if try isReadable(middle) { readable = middle } else { broken = middle }
        }
        return readable
    }
}
