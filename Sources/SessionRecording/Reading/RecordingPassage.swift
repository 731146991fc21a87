// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
package import StreamSession

/// The events of a part of a recording in order, and the damages between them.
///
/// Everything that can be read is read. Kinds of events that only newer programs know are counted and left out.
package struct RecordingPassage {
    /// What comes next.
    package enum Piece: Hashable, Sendable {
        /// An event.
        case event(SessionEvent)
        /// Something that is not what was written.
        case damage(RecordingDamage)
    }

    /// Places that were damaged so far.
    package private(set) var damageCount = 0
    /// Events so far that only newer programs know.
    package private(set) var unknownCount = 0

    private let range: RecordingRange
    private var walk: EventWalk
    private var isOver = false

    /// Begins a passage.
    ///
    /// - Parameters:
    ///   - reader: The recording.
    ///   - range: The part.
    ///   - withRecords: Whether batches come with their records.
    /// - Throws: ``RecordingError``.
    package init(
        _ reader: RecordingReader,
        _ range: RecordingRange = .all,
        withRecords: Bool = true
    ) throws(RecordingError) {
        self.range = range
        self.walk = EventWalk(
            reader: reader,
            after: try reader.last(before: range.from),
            limit: 256,
            byteLimit: 4 << 20,
            withRecords: withRecords
        )
    }

    /// Goes on; nil at the end of the part.
    package mutating func next() throws(RecordingError) -> Piece? {
        while !self.isOver, let step = try self.walk.next() {
            switch step {
            case .event(let event):
                if self.isBefore(event.at, event.sequence) { continue }
                if self.isBehind(event.at, event.sequence) { break }
                return .event(event)
            case .unknown: self.unknownCount += 1
            case .missing(let range, let at):
                if self.isBefore(at, range.upperBound) { continue }
                if self.isBehind(at, range.lowerBound) { break }
                return self.damage(RecordingDamage(.events(range), at: at, RecordingDamage.missing))
            case .damaged(let range, let at, let fault):
                if self.isBefore(at, range.upperBound) { continue }
                if self.isBehind(at, range.lowerBound) { break }
                return self.damage(RecordingDamage(range, at: at, fault))
            }
        }
        return nil
    }

    private mutating func damage(_ damage: RecordingDamage) -> Piece {
        self.damageCount += 1
        return .damage(damage)
    }

    private func isBefore(_ at: Timestamp, _ sequence: UInt64) -> Bool {
        switch self.range.from {
        case .time(let time): at < time
        case .sequence(let first): sequence < first
        case nil: false
        }
    }

    /// Whether something is behind the part; nothing more of it comes then.
    private mutating func isBehind(_ at: Timestamp, _ sequence: UInt64) -> Bool {
        switch self.range.to {
        case .time(let time): self.isOver = at > time
        case .sequence(let last): self.isOver = sequence > last
        case nil: break
        }
        return self.isOver
    }
}

extension RecordingReader {
    /// The event before the first of a part; nil: there is none, or that is not to be found quickly.
    fileprivate func last(before moment: RecordingMoment?) throws(RecordingError) -> UInt64? {
        switch moment {
        case nil: return nil
        case .sequence(let sequence): return sequence > 0 ? sequence - 1 : nil
        case .time(let time):
            let first = try self.read { database in
                try StorageFault.readable {
                    try Row.fetchOne(
                        database,
                        sql: "SELECT min(sequence) FROM event WHERE at >= ?",
                        arguments: [self.time.offset(of: time)]
                    )
                }?.sequence(0)
            }
            return first.flatMap { $0 > 0 ? $0 - 1 : nil }
        }
    }
}
