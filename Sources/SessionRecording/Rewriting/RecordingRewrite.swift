// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession

/// Makes another recording of one: a part of it, with less in it, without what is damaged, with more markers.
///
/// The events go through a recorder as those of a running session do, so every state in the new file is what its events
/// lead to. What cannot be read becomes a gap; behind it the first whole state of the old file tells what was missed.
package struct RecordingRewrite {
    /// What came of it.
    package struct Result: Hashable, Sendable {
        /// Events in the new file.
        package var events = 0
        /// Places of the old file that were damaged, within the part that was read.
        package var damageCount = 0
        /// Markers that were added.
        package var markers = 0
    }

    /// The part that is read.
    package var range = RecordingRange.all
    /// What is left out; nil: nothing.
    package var redactor: SessionRedactor?
    /// Markers that are added, in the order of time; those outside of the part are left.
    package var markers: [Marker] = []
    /// What the new file says beside the session; a report has such facts.
    package var facts: [RecordingFact] = []

    private let reader: RecordingReader
    private let toolVersion: String

    /// Prepares a new recording.
    ///
    /// - Parameters:
    ///   - reader: The old one.
    ///   - toolVersion: The version of the program that makes the new one.
    package init(_ reader: RecordingReader, toolVersion: String) {
        self.reader = reader
        self.toolVersion = toolVersion
    }

    /// Writes the new recording.
    ///
    /// - Parameter path: Its file; it must not be there.
    /// - Returns: What came of it.
    /// - Throws: ``RecordingError``; a file that was begun stays, as what is in it is whole.
    package func write(to path: String) async throws(RecordingError) -> Result {
        let beginning = try self.beginning()
        var header = self.reader.header
        header.toolVersion = self.toolVersion
        let recorder = try SessionRecorder(path: path, header: header, redactor: self.redactor)
        var writing = RewriteState(reader: self.reader, markers: self.markers)
        for frame in writing.begin(with: beginning.state) { await recorder.take(frame) }
        var passage = try RecordingPassage(self.reader, beginning.range)
        while let piece = try passage.next() {
            for frame in try writing.frames(for: piece) { await recorder.take(frame) }
        }
        for frame in writing.end() { await recorder.take(frame) }
        await recorder.attach(self.facts)
        await recorder.finish()
        let progress = await recorder.progress
        if let failure = progress.failure { throw failure }
        guard progress.filesWithLog.isEmpty else {
            throw RecordingError(
                .storage,
                "Cannot finish \(path): the disk is full. What was written is in it and in \(path)-wal."
            )
        }
        return Result(events: progress.events, damageCount: passage.damageCount, markers: writing.addedMarkers.count)
    }

    /// The state before the part, and the part by the number of its first event.
    private func beginning() throws(RecordingError) -> (state: SessionState, range: RecordingRange) {
        var range = self.range
        guard range.from != nil else {
            return (try self.reader.firstState() ?? SessionState(), range)
        }
        var passage = try RecordingPassage(self.reader, range, withRecords: false)
        guard let first = try passage.next() else {
            throw RecordingError(
                .nothingThere,
                "Nothing happened in that part of \(self.reader.path), so no recording was made of it."
            )
        }
        let sequence: UInt64 =
            switch first {
            case .event(let event): event.sequence
            case .damage(let damage): damage.lostEvents?.lowerBound ?? 1
            }
        range.from = .sequence(sequence)
        var position = PlaybackPosition(reader: self.reader)
        if sequence > 1 { try position.seek(toEvent: sequence - 1) }
        return (
            position.state.lastSequence > 0 ? position.state : try self.reader.firstState() ?? SessionState(), range
        )
    }
}

extension RecordingReader {
    /// The state with which the recording begins; nil if it is not there.
    fileprivate func firstState() throws(RecordingError) -> SessionState? {
        var walk = EventWalk(reader: self, limit: 1, withRecords: false)
        let first: UInt64 =
            switch try walk.next() {
            case .event(let event): event.sequence
            case .unknown(let sequence, _): sequence
            case .missing(let range, _), .damaged(let range, _, _): range.lowerBound
            case nil: .max
            }
        return first > 0 ? try self.keyframe(notAfter: .sequence(first - 1)) : nil
    }
}
