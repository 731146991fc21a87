// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// The states of a recorded session one after the other, as somebody sees them who plays it.
package struct SessionFilm {
    /// One of them.
    package struct Picture {
        /// The session time.
        package var at: Timestamp
        /// The state, with the place in the recording.
        package var state: SessionState
    }

    private let step: Duration
    private let opening: SessionDescription?
    private var position: PlaybackPosition
    private var status: PlaybackStatus
    private let end: Timestamp
    private var next: Timestamp?

    /// Begins at a moment.
    ///
    /// - Parameters:
    ///   - reader: The recording.
    ///   - part: From when to when; nil: all of it.
    ///   - step: The least time between two pictures, more than zero.
    /// - Throws: ``RecordingError``; also `nothingThere` if there is no moment that could be shown.
    package init(_ reader: RecordingReader, part: RecordingRange, step: Duration) throws(RecordingError) {
        let extent = try reader.extent()
        guard let first = extent.first, let last = extent.last else {
            throw RecordingError(.nothingThere, "The recording \(reader.path) holds no moment that could be shown.")
        }
        self.step = step
        self.opening = try reader.opening()
        self.position = PlaybackPosition(reader: reader)
        self.status = PlaybackStatus(at: first, first: first, last: max(first, last))
        self.status.isPlaying = true
        self.status.marks = TimelineMarks.marks(try reader.marks(), end: max(first, last))
        self.end = try Self.time(part.to, reader) ?? last
        let begin = max(try Self.time(part.from, reader) ?? first, first)
        guard begin <= self.end else {
            throw RecordingError(.nothingThere, "Nothing happened in that part of \(reader.path).")
        }
        try self.position.seek(to: begin)
        self.next = begin
    }

    /// The next picture: where something has happened since the last one; nil: it is over.
    ///
    /// - Throws: ``RecordingError``.
    package mutating func picture() throws(RecordingError) -> Picture? {
        guard let at = self.next, at <= self.end else { return nil }
        try self.position.advance(to: at)
        self.status.at = at
        var state = self.position.state
        state.description = state.description ?? self.opening
        state.playback = self.status
        let following = try self.position.nextAt()
        // What happens within a step is one picture, at its end; the last one is the end of the part.
        self.next = following.map { max(at.advanced(by: self.step), min($0, self.end)) }
        if let next = self.next, next > self.end, let following, following <= self.end { self.next = self.end }
        return Picture(at: at, state: state)
    }

    private static func time(_ moment: RecordingMoment?, _ reader: RecordingReader) throws(RecordingError) -> Timestamp?
    {
        switch moment {
        case nil: return nil
        case .time(let time): return time
        case .sequence(let sequence):
            return try reader.events(after: sequence > 0 ? sequence - 1 : 0, limit: 1).first?.at
        }
    }
}
