// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// What of an old recording goes into a new one next.
struct RewriteState {
    /// Markers that were added.
    private(set) var addedMarkers: [Marker] = []

    private let reader: RecordingReader
    /// Markers to be added, the next one last.
    private var markers: [Marker]
    /// The session time and the number of the newest event written.
    private var lastAt: Timestamp?
    private var lastSequence: UInt64 = 0
    /// How much larger the numbers of events are in the new file.
    private var shift: UInt64 = 0
    /// Events that are missing in the new file and not in the old one.
    private var lostEvents = 0
    /// Whether the state is not what it was, until a whole one comes.
    private var isInexact = false

    init(reader: RecordingReader, markers: [Marker]) {
        self.reader = reader
        self.markers = markers.sorted { $0.at > $1.at }
    }

    /// The frames with which the new file begins.
    mutating func begin(with state: SessionState) -> [SessionFrame] {
        self.lastAt = state.asOf
        self.lastSequence = state.lastSequence
        // What was before the beginning has no place, and what is there already is not added.
        let first = state.asOf ?? self.reader.header.startedAt
        let known = Set(state.markers)
        self.markers.removeAll { $0.at < first || known.contains($0) }
        return [.keyframe(state)]
    }

    /// The frames for a piece of the old file.
    mutating func frames(for piece: RecordingPassage.Piece) throws(RecordingError) -> [SessionFrame] {
        switch piece {
        case .event(let event):
            var frames = self.skipped(before: event)
            if self.isInexact, let state = try self.whole(behind: event.sequence - 1) { frames.append(state) }
            if case .marker(let text) = event.kind { self.markers.removeAll { $0 == Marker(at: event.at, text: text) } }
            frames += self.added(before: event.at)
            frames.append(self.shifted(event))
            // The recorder that could not follow went on from a whole state.
            if event.kind.mayBeFollowedByState {
                self.isInexact = true
                if let state = try self.whole(behind: event.sequence) { frames.append(state) }
            }
            return frames
        case .damage(let damage):
            guard let range = damage.lostEvents else { return [] }
            self.isInexact = true
            self.lostEvents += range.count
            let at = max(damage.at ?? self.reader.header.startedAt, self.lastAt ?? self.reader.header.startedAt)
            return self.added(before: at)
                + [self.shifted(SessionEvent(sequence: range.upperBound, at: at, kind: .gap(range.count)))]
        }
    }

    /// What belongs behind all else.
    mutating func end() -> [SessionFrame] {
        self.lastAt.map { self.added(before: Timestamp(milliseconds: $0.milliseconds + 1)) } ?? []
    }

    /// A gap for events that were passed over, as only newer programs know them.
    private mutating func skipped(before event: SessionEvent) -> [SessionFrame] {
        let expected = self.lastSequence + 1
        let number = event.sequence + self.shift
        guard number > expected else { return [] }
        let count = Int(number - expected)
        if case .gap(let missing) = event.kind, missing > count { return [] }
        self.isInexact = true
        self.lostEvents += count
        let at = self.lastAt ?? event.at
        return [self.shifted(SessionEvent(sequence: event.sequence - 1, at: at, kind: .gap(count)))]
    }

    private mutating func shifted(_ event: SessionEvent) -> SessionFrame {
        var event = event
        event.sequence += self.shift
        self.lastSequence = event.sequence
        self.lastAt = event.at
        return .event(event)
    }

    /// Markers that come before a time.
    private mutating func added(before time: Timestamp) -> [SessionFrame] {
        var frames: [SessionFrame] = []
        while let marker = self.markers.last, marker.at < time {
            self.markers.removeLast()
            self.addedMarkers.append(marker)
            self.shift += 1
            self.lastSequence += 1
            frames.append(
                .event(SessionEvent(sequence: self.lastSequence, at: marker.at, kind: .marker(marker.text)))
            )
        }
        return frames
    }

    /// The whole state of the old file behind an event, if there is one.
    private mutating func whole(behind sequence: UInt64) throws(RecordingError) -> SessionFrame? {
        guard let stored = try self.reader.keyframe(behind: sequence) else { return nil }
        var state = stored
        state.lastSequence += self.shift
        state.missingEvents += self.lostEvents
        state.markers = (state.markers + self.addedMarkers).sorted { $0.at < $1.at }
        self.isInexact = false
        return .keyframe(state)
    }
}
