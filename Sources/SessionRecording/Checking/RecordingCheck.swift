// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import StreamSession

/// Goes through all of a recording and compares everything in it with what it should be.
///
/// Events are applied to the first state of the file. Wherever there is a whole state further on, the one that has come out
/// has to be the same: so what a viewer jumps to is what a viewer plays.
struct RecordingCheck {
    private let reader: RecordingReader
    private var report = RecordingReport()
    /// What the events so far make of the session; nil while what came before is not known.
    private var state: SessionState?
    private var keyframes: [UInt64] = []
    private var lastAt: Timestamp?

    init(_ reader: RecordingReader) {
        self.reader = reader
    }

    /// Checks everything.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    mutating func run() throws(RecordingError) -> RecordingReport {
        self.report.completeness = try self.reader.summary().completeness
        try self.checkStorage()
        if !self.reader.isHeaderWhole {
            self.report.add(RecordingDamage(.header, "its checksum is wrong: times and redaction may be others"))
        }
        self.keyframes = try self.numbers("SELECT sequence FROM keyframe ORDER BY sequence DESC")
        try self.checkEvents()
        try self.checkOtherBatches()
        return self.report
    }

    // MARK: Parts

    private mutating func checkStorage() throws(RecordingError) {
        let problems: [String] = try self.reader.read { database in
            do {
                return try String.fetchAll(database, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
            } catch let error as DatabaseError where StorageFault.isDamage(error) {
                return [error.message ?? "it cannot be read"]
            }
        }
        // SQLite puts several lines into its first answer.
        for problem in problems.flatMap({ $0.split(separator: "\n") }) where !problem.hasPrefix("*** in database") {
            self.report.add(RecordingDamage(.file, String(problem)))
        }
    }

    private mutating func checkEvents() throws(RecordingError) {
        var walk = EventWalk(reader: self.reader, after: try self.beginning())
        while let step = try walk.next() {
            switch step {
            case .event(let event):
                try self.checkKeyframes(before: event.sequence)
                self.check(event)
            case .unknown(let sequence, _):
                try self.checkKeyframes(before: sequence)
                self.report.unknownEvents += 1
                self.state = nil
            case .missing(let range, let at):
                try self.checkKeyframes(before: range.lowerBound)
                self.report.add(RecordingDamage(.events(range), at: at, RecordingDamage.missing))
                self.state = nil
            case .damaged(let range, let at, let fault):
                try self.checkKeyframes(before: range.lowerBound)
                self.report.add(RecordingDamage(range, at: at, fault))
                self.state = nil
            }
        }
        try self.checkKeyframes(before: .max)
    }

    /// The event behind which others have to come: the newest one that the first state of the file knows.
    ///
    /// Nil if the file has older events, too.
    private func beginning() throws(RecordingError) -> UInt64? {
        let known = self.keyframes.last ?? 0
        let first = try self.numbers("SELECT sequence FROM event ORDER BY sequence LIMIT 1").first
        return (first ?? .max) > known ? known : nil
    }

    private mutating func check(_ event: SessionEvent) {
        self.report.events += 1
        if let lastAt = self.lastAt, event.at < lastAt {
            let range = event.sequence...event.sequence
            self.report.add(
                RecordingDamage(.events(range), at: event.at, "its time is before that of the event before")
            )
        }
        self.lastAt = event.at
        if case .batchFormed(let batch) = event.kind {
            self.report.batches += 1
            self.report.records += batch.records.count
        }
        self.state?.apply(event)
        if case .gap(let count) = event.kind { self.report.missingEvents += count }
        if event.kind.mayBeFollowedByState { self.state = nil }
    }

    /// Compares the states that were stored before an event.
    private mutating func checkKeyframes(before sequence: UInt64) throws(RecordingError) {
        while let next = self.keyframes.last, next < sequence {
            self.keyframes.removeLast()
            guard let stored = try self.reader.keyframe(notAfter: .sequence(next)), stored.lastSequence == next else {
                self.report.add(RecordingDamage(.keyframe(next), "it is not what its checksum says"))
                continue
            }
            self.report.keyframes += 1
            // Under a wrong header all times are wrong, those in states and those of events in different ways.
            if self.reader.isHeaderWhole, let state = self.state, state.lastSequence == next {
                if SessionKeyframe(of: state) == SessionKeyframe(of: stored) {
                    self.report.replayedKeyframes += 1
                    continue
                }
                self.report.add(
                    RecordingDamage(.keyframe(next), at: stored.asOf, "it is not what the events before it lead to")
                )
            }
            self.state = stored
        }
    }

    /// Records that no event of the file has brought: those of the state it begins with.
    private mutating func checkOtherBatches() throws(RecordingError) {
        let others = try self.numbers(
            """
            SELECT batch FROM batch WHERE batch NOT IN
                (SELECT batch FROM event WHERE kind = 'batch-formed' AND batch IS NOT NULL) ORDER BY batch
            """
        )
        for number in others {
            let batch = BatchID(number)
            let records = try self.reader.read { database in
                try StorageFault.readable { try BatchRow.stored(batch, database) }?.records
            }
            if records == nil {
                self.report.add(RecordingDamage(.batch(batch), EventWalk.Fault.records(batch).problem))
            }
        }
    }

    private func numbers(_ sql: String) throws(RecordingError) -> [UInt64] {
        try self.reader.read { database in
            var numbers: [UInt64] = []
            guard let rows = try StorageFault.readable({ try Row.fetchCursor(database, sql: sql) }) else { return [] }
            while let row = try StorageFault.readable({ try rows.next() }) {
                row.sequence(0).map { numbers.append($0) }
            }
            return numbers
        }
    }
}

extension RecordingReader {
    /// Checks all checksums, the order of events, and every state against the events before it.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    public func verify() throws(RecordingError) -> RecordingReport {
        var check = RecordingCheck(self)
        return try check.run()
    }
}
