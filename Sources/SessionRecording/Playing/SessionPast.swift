// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// What a running session was a while ago: it is recorded to memory, and the oldest part makes room for the newest.
///
/// Memory is bounded by bytes and not by time: a quiet session reaches back for minutes, a busy one for half of one. A
/// recording of the session that somebody has begun earlier reaches back further and is read in its place. Nothing
/// happens between the frames: no timer runs.
public actor SessionPast {
    /// Bytes of deflated events, records and states that are kept.
    public static let limit = 4 << 20
    /// Frames between two looks at how much is kept.
    private static let framesBetweenTrims = 32

    private let limit: Int
    private let recorder: SessionRecorder
    private let file: RecordingFile
    private let reader: RecordingReader
    /// The moment that is shown; nil: now.
    private var shown: Timestamp?
    private var hasDropped = false
    private var isKept = true

    /// Creates a past that is empty.
    ///
    /// - Parameters:
    ///   - startedAt: The time now.
    ///   - toolVersion: The program's.
    ///   - limit: Bytes that are kept; the newest state is kept whatever it takes.
    /// - Throws: ``RecordingError`` if there is no memory for it.
    public init(
        startedAt: Timestamp,
        toolVersion: String,
        limit: Int = SessionPast.limit
    ) throws(RecordingError) {
        self.limit = limit
        let header = RecordingHeader(startedAt: startedAt, toolVersion: toolVersion)
        self.file = try RecordingFile(inMemory: header)
        self.reader = RecordingReader(self.file.connection, header: header)
        var rules = RecordingRules()
        // A quiet session should cost next to nothing.
        rules.keyframeInterval = .seconds(30)
        rules.flushBytes = min(256 << 10, limit / 8)
        rules.keyframeBytes = min(1 << 20, limit / 8)
        self.recorder = SessionRecorder(self.file, rules: rules)
    }

    /// Follows a session to its end.
    public func keep<Frames: AsyncSequence & Sendable>(_ frames: Frames) async where Frames.Element == SessionFrame {
        var count = 0
        do {
            for try await frame in frames {
                guard await self.recorder.take(frame) else { break }
                count += 1
                guard count.isMultiple(of: Self.framesBetweenTrims) else { continue }
                if try self.file.trim(to: self.limit) { self.hasDropped = true }
            }
        } catch {
            self.isKept = false
        }
        if await self.recorder.progress.failure != nil { self.isKept = false }
    }

    /// Moves in what is kept.
    ///
    /// - Parameters:
    ///   - command: `move` and `seek` go to a moment, `last` goes back to now; the others do nothing.
    ///   - now: The session's newest moment; nil: it has not begun.
    ///   - file: A recording of this session, as it was; nil: there is none.
    /// - Returns: What is to be shown.
    public func perform(_ command: PlaybackCommand, now: Timestamp?, file: String?) async -> PastView {
        guard let now else { return PastView(message: "the session has not begun: there is nothing to go back to") }
        let target: Timestamp
        switch command {
        case .move(let distance): target = (self.shown ?? now).advanced(by: distance)
        case .seek(let time): target = time
        default:
            self.shown = nil
            return PastView()
        }
        guard target < now else {
            let wasPast = self.shown != nil
            self.shown = nil
            return PastView(message: wasPast ? "back to now" : "this is now")
        }
        await self.recorder.flush()
        // From here on nothing is dropped until the state is read: no other call of this actor comes between.
        do throws(RecordingError) {
            return try self.view(of: target, now: now, file: file)
        } catch {
            return PastView(message: "what was then cannot be read: \(error.description)")
        }
    }

    /// Bytes in use.
    var bytes: Int {
        get throws(RecordingError) { try self.file.bytes() }
    }

    private func view(of target: Timestamp, now: Timestamp, file: String?) throws(RecordingError) -> PastView {
        let kept = try self.reader.extent()
        guard let first = kept.first, self.isKept else {
            self.shown = nil
            return PastView(message: "nothing of this session is kept")
        }
        var reader = self.reader
        var begin = first
        // A file that stayed open could not be finished well.
        if target < first, let file, let older = try? RecordingReader(path: file), let extent = try? older.extent(),
            let olderFirst = extent.first, let olderLast = extent.last, olderFirst < first
        {
            // A recording that was ended may reach less far than to what is kept here.
            if target <= olderLast { reader = older }
            if olderLast >= first || target <= olderLast { begin = olderFirst }
        }
        var at = max(target, begin)
        var position = PlaybackPosition(reader: reader)
        try position.seek(to: at)
        // Before its first event a session has nothing to show.
        if position.state.asOf == nil, let next = try position.nextAt() {
            at = next
            try position.seek(to: next)
        }
        self.shown = at
        let begins =
            self.hasDropped
            ? "the session is kept from here on; a recording (w) keeps all from when it begins"
            : "here the session began"
        return PastView(
            moment: PastView.Moment(at: at, state: position.state),
            message: target < at ? begins : nil
        )
    }
}
