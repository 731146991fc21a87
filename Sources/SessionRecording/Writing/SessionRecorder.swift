// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
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
        /// Why it stopped before its end; nil if it did not.
        public var failure: RecordingError?
    }

    /// How far it has come.
    public private(set) var progress = Progress()

    private let file: RecordingFile
    private let rules: RecordingRules
    private let redactor: SessionRedactor?
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
        self.file = try RecordingFile(creating: path, header: header)
        self.time = RecordingTime(startedAt: header.startedAt)
        self.coder = EventCoder(time: self.time)
        self.rules = rules
    }

    /// Writes to a recording that was just begun.
    init(_ file: RecordingFile, rules: RecordingRules) {
        self.redactor = nil
        self.file = file
        self.time = RecordingTime(startedAt: file.header.startedAt)
        self.coder = EventCoder(time: self.time)
        self.rules = rules
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
            switch self.redactor?.redacted(frame) ?? frame {
            case .keyframe(let state): try self.begin(with: state)
            case .event(let event): try self.add(event)
            }
        } catch {
            self.note(error)
            return false
        }
        return self.pendingBytes < self.rules.flushBytes || self.flush()
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
        return true
    }

    /// Writes out what waits and seals the file.
    public func finish() {
        guard self.flush() else { return }
        do {
            try self.file.seal()
        } catch {
            self.progress.failure = error
        }
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
        // Its records did not come with events: as far as they are not in the file, they are added.
        for (batch, records) in SessionKeyframe.records(of: state) {
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
        let last = self.keyframeAt ?? event.at
        if self.bytesSinceKeyframe >= self.rules.keyframeBytes
            || event.at.since(last) >= self.rules.keyframeInterval
        {
            try self.addKeyframe()
        }
        self.keyframeAt = self.keyframeAt ?? event.at
    }

    private func append(_ event: SessionEvent) throws {
        let row = try self.coder.row(event)
        self.events.append(row)
        self.pendingBytes += row.size
        self.bytesSinceKeyframe += row.size
    }

    private func addKeyframe() throws {
        guard let row = try KeyframeRow(self.state, time: self.time, encoder: self.encoder) else {
            return
        }
        self.keyframes.append(row)
        self.pendingBytes += row.payload.count
        self.keyframeAt = self.state.asOf ?? self.time.startedAt
        self.bytesSinceKeyframe = 0
    }

    private func note(_ error: any Error) {
        self.progress.failure = self.progress.failure ?? StorageFault.error(error, doing: "write", path: self.file.path)
    }
}
