// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import Foundation
public import StreamSession

/// Writes what happens in a session to a recording.
///
/// It follows the session like any viewer, on its own: the engine never waits for it. What it could not follow is a gap
/// in the recording. When the file cannot be written, for example because the disk is full, it stops and says so; the
/// session goes on.
public actor SessionRecorder {
    /// How far a recording has come.
    public struct Progress: Hashable, Sendable {
        /// Events written.
        public var events = 0
        /// Events that are missing from the recording.
        public var missing = 0
        /// Bytes of events and key frames written, before SQLite's own.
        public var bytes = 0
        /// The newest part, which is also the number of parts begun.
        public var parts = 1
        /// Parts that were removed, the first ones.
        public var removedParts = 0
        /// Files that are finished, but not by themselves: SQLite's log beside each (`-wal`) holds a part of it, as the disk
        /// is full or somebody was reading.
        public var filesWithLog: [String] = []
        /// Why it stopped before its end; nil if it did not.
        public var failure: RecordingError?

        /// Creates the progress of one that has not begun.
        package init() {}

        /// Whether the file is not, by itself, all of the session.
        package var isIncomplete: Bool { self.failure != nil || self.missing > 0 || !self.filesWithLog.isEmpty }
    }

    /// How far it has come.
    public private(set) var progress = Progress()

    private var file: RecordingFile
    private var part: RecordingPart
    /// Bytes of the part when the state it begins with was written; nil before that.
    private var beginningSize: Int?
    private let rules: RecordingRules
    private let redactor: SessionRedactor?
    /// What the file had; nil from the first frame on, and of a file that is new.
    private var continuation: RecordingContinuation?
    private var shift: FrameShift?
    private let time: RecordingTime
    private let coder: EventCoder
    private let encoder = JSONEncoder()
    private var state = SessionState()
    private var events: [EventRow] = []
    private var batches: [BatchRow] = []
    private var keyframes: [KeyframeRow] = []
    private var pendingBytes = 0
    private var keyframeAt: Timestamp?
    private var bytesSinceKeyframe = 0
    private var eventsSinceKeyframe = 0
    private var keyframeSize = 0
    private var writtenSequence: UInt64 = 0

    /// Creates the file.
    ///
    /// - Parameters:
    ///   - path: The file; it must not be there.
    ///   - header: What it says of itself.
    ///   - rules: How often it is written.
    ///   - redactor: Leaves something out before it is written; nil: all is written.
    /// - Throws: ``RecordingError``.
    public init(
        path: String,
        header: RecordingHeader,
        rules: RecordingRules = RecordingRules(),
        redactor: SessionRedactor? = nil
    ) throws(RecordingError) {
        var header = header
        // What was left out of what is recorded here stays left out.
        if let redactor { header.redaction = max(header.redaction, redactor.rule.redaction) }
        self.redactor = redactor
        self.part = RecordingPart(of: path, number: 1)
        if rules.partBytes != nil, let other = RecordingPart.numbered(of: path).first { throw Self.isThere(other) }
        self.file = try RecordingFile(creating: path, header: header, pageLimit: rules.pageLimit)
        self.time = RecordingTime(startedAt: header.startedAt)
        self.coder = EventCoder(time: self.time)
        self.rules = rules
    }

    /// Writes to a recording that was just begun.
    init(_ file: RecordingFile, rules: RecordingRules) {
        self.redactor = nil
        self.part = RecordingPart(of: file.path, number: 1)
        self.file = file
        self.time = RecordingTime(startedAt: file.header.startedAt)
        self.coder = EventCoder(time: self.time)
        self.rules = rules
    }

    /// Goes on with a recording that was ended, or whose writer was.
    ///
    /// - Parameters:
    ///   - path: The recording: of the same stream and pipeline, with the same left out.
    ///   - description: What the session is about.
    ///   - now: The session time.
    ///   - rules: How often it is written.
    ///   - redactor: Leaves something out before it is written; nil: all is written.
    /// - Throws: ``RecordingError``, with `anotherSession` if it is the recording of something else.
    package init(
        appendingTo path: String,
        description: SessionDescription,
        now: Timestamp,
        rules: RecordingRules = RecordingRules(),
        redactor: SessionRedactor? = nil
    ) throws(RecordingError) {
        let continuation = try RecordingContinuation(
            of: path,
            by: redactor?.redacted(description) ?? description,
            redaction: redactor?.rule.redaction ?? .none,
            now: now
        )
        self.redactor = redactor
        self.part = RecordingPart(path: path, number: continuation.header.part)
        self.file = try RecordingFile(appendingTo: path, header: continuation.header)
        self.time = RecordingTime(startedAt: continuation.header.startedAt)
        self.coder = EventCoder(time: self.time)
        self.rules = rules
        self.continuation = continuation
    }

    /// Follows a session to its end, and seals the file; with a cancelled task, too.
    ///
    /// - Parameters:
    ///   - frames: The session; ask for at least ``RecordingRules/waitingEvents`` to be kept.
    ///   - clock: Tells when to write out what waits.
    /// - Returns: How far it came.
    public func record<Frames: AsyncSequence & Sendable>(
        _ frames: Frames,
        clock: any SessionClock
    ) async -> Progress where Frames.Element == SessionFrame {
        let interval = self.rules.flushInterval
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    for try await frame in frames {
                        guard await self.take(frame) else { return }
                    }
                } catch {
                    await self.note(error)
                }
            }
            group.addTask {
                while (try? await clock.sleep(for: interval)) != nil {
                    guard await self.flush() else { return }
                }
            }
            await group.next()
            group.cancelAll()
        }
        self.finish()
        return self.progress
    }

    /// Takes in one frame; false if nothing more can be written.
    @discardableResult
    public func take(_ frame: SessionFrame) -> Bool {
        guard self.progress.failure == nil else { return false }
        do {
            var frame = self.redactor?.redacted(frame) ?? frame
            if let continuation = self.continuation.take() { try self.resume(continuation, with: &frame) }
            switch self.shift?.shifted(frame) ?? frame {
            case .keyframe(let state): try self.begin(with: state)
            case .event(let event): try self.add(event)
            }
        } catch {
            self.note(error)
            return false
        }
        return self.pendingBytes < self.flushBytes || self.flush()
    }

    /// Writes out what waits; false if nothing more can be written.
    @discardableResult
    public func flush() -> Bool {
        guard self.progress.failure == nil else { return false }
        guard !self.events.isEmpty || !self.keyframes.isEmpty else { return true }
        do {
            try self.file.add(events: self.events, batches: self.batches, keyframes: self.keyframes)
        } catch {
            self.progress.failure = error
            return false
        }
        self.progress.events += self.events.count
        self.progress.bytes += self.pendingBytes
        self.events.removeAll(keepingCapacity: true)
        self.batches.removeAll()
        self.keyframes.removeAll(keepingCapacity: true)
        self.pendingBytes = 0
        do throws(RecordingError) {
            try self.goOnIfFull()
            return true
        } catch {
            self.progress.failure = error
            return false
        }
    }

    /// Writes what the file says beside the session.
    func attach(_ facts: [RecordingFact]) {
        guard !facts.isEmpty, self.flush() else { return }
        do {
            try self.file.attach(facts)
        } catch {
            self.progress.failure = error
        }
    }

    /// Writes out what waits and seals the file.
    public func finish() {
        guard self.flush() else { return }
        do throws(RecordingError) {
            try self.seal()
        } catch {
            self.progress.failure = error
        }
    }

    private func seal(isContinued: Bool = false) throws(RecordingError) {
        guard try !self.file.seal(isContinued: isContinued) else { return }
        self.progress.filesWithLog.append(self.file.path)
    }

    // MARK: Parts

    /// Bytes that are written at once: a small share of a part.
    private var flushBytes: Int {
        self.rules.partBytes.map { min(self.rules.flushBytes, max(1 << 14, $0 / 16)) } ?? self.rules.flushBytes
    }

    /// Goes on in another part if what is written next may be too much for this one.
    private func goOnIfFull() throws(RecordingError) {
        guard let limit = self.rules.partBytes else { return }
        let size = try self.file.size()
        guard let beginning = self.beginningSize else {
            self.beginningSize = size
            return
        }
        // A part of nothing but the state it begins with would be followed by another such.
        guard size > max(limit - 2 * self.flushBytes, 2 * beginning) else { return }
        let next = self.part.next
        guard !RecordingFile.isThere(next.path) else { throw Self.isThere(next) }
        try self.seal(isContinued: true)
        var header = self.file.header
        header.part = next.number
        self.file = try RecordingFile(creating: next.path, header: header, pageLimit: self.rules.pageLimit)
        self.part = next
        self.progress.parts = next.number
        self.beginningSize = nil
        self.removeOldParts()
        do {
            try self.addWholeState()
        } catch {
            throw StorageFault.error(error, doing: "write", path: next.path)
        }
        guard self.flush() else { throw self.progress.failure ?? RecordingError(.storage, "Nothing is written.") }
    }

    private func removeOldParts() {
        guard let kept = self.rules.keptParts else { return }
        while self.progress.parts - self.progress.removedParts > max(1, kept) {
            self.progress.removedParts += 1
            RecordingFile.remove(RecordingPart(of: self.part.first, number: self.progress.removedParts).path)
        }
    }

    private static func isThere(_ part: RecordingPart) -> RecordingError {
        RecordingError(
            .exists,
            "\(part.path) is there already, where a part of the recording belongs: name another file, or move it away."
        )
    }

    // MARK: Frames

    /// Says that another run goes on here, whose first frame this is.
    private func resume(_ continuation: RecordingContinuation, with frame: inout SessionFrame) throws {
        let sequence = continuation.lastSequence + 1
        var at = continuation.now
        switch frame {
        case .keyframe(var state):
            // A state that knows of nothing yet is one of this moment, not of the beginning of the file.
            at = max(state.asOf ?? at, continuation.lastAt)
            state.asOf = at
            self.shift = FrameShift(events: sequence &- state.lastSequence, batches: continuation.lastBatch)
            frame = .keyframe(state)
        case .event(let event):
            at = max(event.at, continuation.lastAt)
            self.shift = FrameShift(events: sequence &- (event.sequence - 1), batches: continuation.lastBatch)
        }
        try self.append(SessionEvent(sequence: sequence, at: at, kind: .resumed(continuation.lastAt)))
    }

    /// A state that did not come out of the events before it: the first one, or one after some were missed.
    private func begin(with state: SessionState) throws {
        if self.writtenSequence > 0, state.lastSequence > self.writtenSequence, let at = state.asOf {
            let missing = Int(state.lastSequence - self.writtenSequence)
            self.progress.missing += missing
            // The place of the newest event that was missed is free.
            try self.append(SessionEvent(sequence: state.lastSequence, at: at, kind: .gap(missing)))
        }
        self.state = state
        self.writtenSequence = state.lastSequence
        try self.addWholeState()
    }

    /// Adds a key frame whose records did not come with events: as far as they are not in the file, they are added.
    private func addWholeState() throws {
        for (batch, records) in SessionKeyframe.records(of: self.state) {
            guard let row = BatchRow(records, of: batch) else { continue }
            self.batches.append(row)
            self.pendingBytes += row.data.count
        }
        try self.addKeyframe()
    }

    private func add(_ event: SessionEvent) throws {
        guard event.sequence > self.writtenSequence else { return }
        self.writtenSequence = event.sequence
        try self.append(event)
        self.state.apply(event)
        if self.isKeyframeDue(at: event.at) { try self.addKeyframe() }
        self.keyframeAt = self.keyframeAt ?? event.at
    }

    private func isKeyframeDue(at time: Timestamp) -> Bool {
        if self.bytesSinceKeyframe >= self.rules.keyframeBytes || self.eventsSinceKeyframe >= self.rules.keyframeEvents
        {
            return true
        }
        return time.since(self.keyframeAt ?? time) >= self.rules.keyframeInterval
            && self.bytesSinceKeyframe >= self.rules.keyframeShare * self.keyframeSize
    }

    private func append(_ event: SessionEvent) throws {
        let row = try self.coder.row(event)
        self.events.append(row)
        self.pendingBytes += row.size
        self.bytesSinceKeyframe += row.size
        self.eventsSinceKeyframe += 1
    }

    private func addKeyframe() throws {
        guard let row = try KeyframeRow(self.state, time: self.time, encoder: self.encoder) else {
            return
        }
        self.keyframes.append(row)
        self.pendingBytes += row.payload.count
        self.keyframeAt = self.state.asOf ?? self.time.startedAt
        self.keyframeSize = row.payload.count
        self.bytesSinceKeyframe = 0
        self.eventsSinceKeyframe = 0
    }

    private func note(_ error: any Error) {
        self.progress.failure = self.progress.failure ?? StorageFault.error(error, doing: "write", path: self.file.path)
    }
}
