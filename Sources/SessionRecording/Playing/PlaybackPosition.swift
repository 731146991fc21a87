// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// The state at one place of a recording, and the ways from there to others.
struct PlaybackPosition {
    /// A batch of which only the first records are shown.
    private struct Partial {
        var event: SessionEvent
        var batch: BatchDescription
        var shown: Int
    }

    private let reader: RecordingReader
    /// The state behind the newest whole event.
    private var whole = SessionState()
    private var partial: Partial?
    /// Events behind it that have been read, the next one last.
    private var coming: [SessionEvent] = []
    /// Whether something was met on the way that could not be read.
    private(set) var hasMetDamage = false

    init(reader: RecordingReader) {
        self.reader = reader
    }

    /// What is shown.
    var state: SessionState {
        guard let partial else { return self.whole }
        var state = self.whole
        var batch = partial.batch
        batch.records = Array(batch.records.prefix(partial.shown))
        state.apply(SessionEvent(sequence: partial.event.sequence, at: partial.event.at, kind: .batchFormed(batch)))
        return state
    }

    /// The record that was shown last, if the position is within a batch.
    var record: (number: Int, count: Int)? {
        self.partial.map { ($0.shown, $0.batch.records.count) }
    }

    /// The session time of the newest event shown.
    var asOf: Timestamp? { self.partial?.event.at ?? self.whole.asOf }

    /// Goes to the last moment not behind a time.
    mutating func seek(to time: Timestamp) throws(RecordingError) {
        try self.begin(at: .time(time))
        try self.advance(to: time)
    }

    /// Goes to the moment behind an event.
    mutating func seek(toEvent sequence: UInt64) throws(RecordingError) {
        try self.begin(at: .sequence(sequence))
        while let event = try self.next(), event.sequence <= sequence { try self.take() }
    }

    /// Goes to a record of a batch.
    ///
    /// - Parameters:
    ///   - number: Which of the batch's records is the newest one shown, counted from 1.
    ///   - sequence: The event with which the batch was formed.
    /// - Throws: ``RecordingError``.
    mutating func seek(toRecord number: Int, of sequence: UInt64) throws(RecordingError) {
        try self.seek(toEvent: sequence - 1)
        guard let event = try self.next(), case .batchFormed(let batch) = event.kind else { return }
        if number < batch.records.count {
            self.partial = Partial(event: event, batch: batch, shown: max(number, 1))
        } else {
            try self.take()
        }
    }

    /// Goes on to the last moment not behind a time.
    mutating func advance(to time: Timestamp) throws(RecordingError) {
        try self.completeBatch()
        while let event = try self.next(), event.at <= time { try self.take() }
    }

    /// When the next event comes; nil at the end of what is there.
    mutating func nextAt() throws(RecordingError) -> Timestamp? {
        try self.next()?.at
    }

    /// Goes one batch on; false at the end.
    mutating func stepBatch() throws(RecordingError) -> Bool {
        if self.partial != nil {
            try self.completeBatch()
            return true
        }
        return try self.advance { event in
            if case .batchFormed = event.kind { true } else { false }
        }
    }

    /// Goes one batch back, to where the one before is the newest; false at the beginning.
    mutating func stepBatchBack() throws(RecordingError) -> Bool {
        if self.partial != nil {
            self.partial = nil
            return true
        }
        guard let newest = try self.reader.batchEvent(.before, self.whole.lastSequence + 1) else { return false }
        if let before = try self.reader.batchEvent(.before, newest) {
            try self.seek(toEvent: before)
        } else {
            try self.seek(toEvent: newest - 1)
        }
        return true
    }

    /// Goes one record on; false at the end.
    mutating func stepRecord() throws(RecordingError) -> Bool {
        if var partial = self.partial {
            partial.shown += 1
            self.partial = partial
            if partial.shown == partial.batch.records.count { try self.completeBatch() }
            return true
        }
        // Up to the batch, and not over it.
        while let event = try self.next() {
            if case .batchFormed(let batch) = event.kind, !batch.records.isEmpty {
                guard batch.records.count > 1 else {
                    try self.take()
                    return true
                }
                self.partial = Partial(event: event, batch: batch, shown: 1)
                return true
            }
            try self.take()
        }
        return false
    }

    /// Goes one record back; false at the beginning.
    mutating func stepRecordBack() throws(RecordingError) -> Bool {
        if var partial = self.partial {
            partial.shown -= 1
            self.partial = partial.shown > 0 ? partial : nil
            return true
        }
        var end = self.whole.lastSequence + 1
        while let newest = try self.reader.batchEvent(.before, end) {
            try self.seek(toEvent: newest - 1)
            // Between this moment and the one of the batch there is nothing.
            if let event = try self.next(), case .batchFormed(let batch) = event.kind, !batch.records.isEmpty {
                if batch.records.count > 1 {
                    self.partial = Partial(event: event, batch: batch, shown: batch.records.count - 1)
                }
                return true
            }
            end = newest
        }
        return false
    }

    // MARK: Parts

    private mutating func begin(at moment: RecordingMoment) throws(RecordingError) {
        self.partial = nil
        self.coming = []
        self.whole = try self.reader.keyframe(notAfter: moment) ?? SessionState()
    }

    private mutating func advance(through isLast: (SessionEvent) -> Bool) throws(RecordingError) -> Bool {
        while let event = try self.next() {
            try self.take()
            if isLast(event) { return true }
        }
        return false
    }

    private mutating func next() throws(RecordingError) -> SessionEvent? {
        if self.coming.isEmpty {
            let passage = try self.reader.passage(after: self.whole.lastSequence)
            self.coming = passage.events.reversed()
            self.hasMetDamage = self.hasMetDamage || passage.isDamaged
        }
        return self.coming.last
    }

    private mutating func take() throws(RecordingError) {
        guard let event = self.coming.popLast() else { return }
        if event.kind.mayBeFollowedByState, let state = try self.reader.keyframe(behind: event.sequence) {
            // Who could not follow went on from a whole state, which what was missed is part of.
            self.whole = state
            return
        }
        self.whole.apply(event)
        // The state may know an event by a key frame already.
        self.whole.lastSequence = max(self.whole.lastSequence, event.sequence)
    }

    private mutating func completeBatch() throws(RecordingError) {
        guard self.partial != nil else { return }
        self.partial = nil
        try self.take()
    }
}
