// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import SessionRecording
import StreamSession

/// Runs a consumer, and records its session if that is asked for.
enum RecordedRun {
    /// Runs `body`, which runs the consumer, while its session is written to a file.
    ///
    /// - Parameters:
    ///   - consumer: Whose session is recorded.
    ///   - target: Where to; nil: nothing is recorded.
    ///   - process: The program's surroundings.
    ///   - body: Runs the consumer to its end.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws, and `RecordingError` before it begins.
    static func run<Result: Sendable>(
        _ consumer: StreamConsumer,
        to target: RecordingTarget?,
        process: ProgramContext,
        _ body: () async throws -> Result
    ) async throws -> Result {
        guard let target else { return try await body() }
        let recorder = try Self.recorder(for: target, of: consumer, process: process)
        // From the first event on, whenever the recorder gets to run.
        let frames = consumer.session.frames(bufferLimit: Self.rules.waitingEvents)
        let recording = Task {
            let progress = await recorder.record(frames, clock: process.clock)
            guard progress.failure != nil else { return progress }
            // Who keeps a session for days wants to know now.
            Self.tell(progress, target: target, process: process)
            return progress
        }
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
            // The session may never have begun, and then it does not end.
            recording.cancel()
        }
        let progress = await recording.value
        if progress.failure == nil { Self.tell(progress, target: target, process: process) }
        return try result.get()
    }

    private static func tell(_ progress: SessionRecorder.Progress, target: RecordingTarget, process: ProgramContext) {
        for line in Self.lines(for: progress, target: target) { process.errors.line(line) }
    }

    /// How often a recording is written.
    static let rules = RecordingRules()

    /// Makes the file, or opens the one that goes on.
    ///
    /// - Throws: `RecordingError`.
    static func recorder(
        for target: RecordingTarget,
        of consumer: StreamConsumer,
        process: ProgramContext
    ) throws(RecordingError) -> SessionRecorder {
        var rules = Self.rules
        (rules.partBytes, rules.keptParts) = (target.partBytes, target.keptParts)
        let redactor = target.redaction.map { SessionRedactor.random($0) }
        if target.appends, InputFile.isThere(target.path) {
            return try SessionRecorder(
                appendingTo: target.path,
                description: consumer.description,
                now: process.clock.now,
                rules: rules,
                redactor: redactor
            )
        }
        let header = RecordingHeader(
            startedAt: process.clock.now,
            toolVersion: WeirCommand.version,
            session: String(UInt64.random(in: 1 ... .max), radix: 16)
        )
        do throws(RecordingError) {
            return try SessionRecorder(path: target.path, header: header, rules: rules, redactor: redactor)
        } catch {
            guard error.code == .exists else { throw error }
            throw RecordingError(.exists, "\(error) --record-append goes on with a recording of the same stream.")
        }
    }

    /// What is said of a recording that has ended.
    static func lines(for progress: SessionRecorder.Progress, target: RecordingTarget) -> [String] {
        var lines: [String] = []
        let path = RecordingPart(of: target.path, number: progress.removedParts + 1).path
        if let failure = progress.failure {
            lines.append("weir: the recording stopped before the session did: \(failure)")
            let newest = RecordingPart(of: target.path, number: progress.parts).path
            if InputFile.isThere("\(newest)-wal") {
                lines.append("weir: a part of \(newest) may be in \(newest)-wal: keep both together")
            }
        } else {
            let parts = progress.parts > 1 ? " and \(RunSummary.count(progress.parts - 1, "more part"))" : ""
            lines.append(
                "Recorded \(RunSummary.count(progress.events, "event")) to \(target.path)\(parts); weir play \(path)"
            )
        }
        for path in progress.filesWithLog where InputFile.isThere("\(path)-wal") {
            lines.append(
                "weir: a part of the recording stays in \(path)-wal, as the disk is full or somebody was reading it: keep "
                    + "both together, or make one file with weir recording repair \(ShellWord.quoted(path)) --output FILE"
            )
        }
        if progress.removedParts > 0 {
            lines.append(
                "weir: the first \(RunSummary.count(progress.removedParts, "part")) of the recording "
                    + "\(progress.removedParts == 1 ? "was" : "were") removed: --record-keep-parts is \(target.keptParts ?? 1)"
            )
        }
        if progress.missing > 0 {
            lines.append(
                "weir: the recording could not follow: \(RunSummary.count(progress.missing, "event")) are missing from it"
            )
        }
        return lines
    }
}
