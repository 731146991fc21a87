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
        let recorder = try Self.recorder(for: target, process: process)
        // From the first event on, whenever the recorder gets to run.
        let frames = consumer.session.frames(bufferLimit: Self.rules.waitingEvents)
        let recording = Task { await recorder.record(frames, clock: process.clock) }
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
            // The session may never have begun, and then it does not end.
            recording.cancel()
        }
        for line in Self.lines(for: await recording.value, path: target.path) { process.errors.line(line) }
        return try result.get()
    }

    /// How often a recording is written.
    static let rules = RecordingRules()

    /// Makes the file.
    ///
    /// - Throws: `RecordingError`.
    static func recorder(
        for target: RecordingTarget,
        process: ProgramContext
    ) throws(RecordingError) -> SessionRecorder {
        try SessionRecorder(
            path: target.path,
            header: RecordingHeader(startedAt: process.clock.now, toolVersion: WeirCommand.version),
            rules: Self.rules,
            redactor: target.redaction.map { .random($0) }
        )
    }

    /// What is said of a recording that has ended.
    static func lines(for progress: SessionRecorder.Progress, path: String) -> [String] {
        var lines: [String] = []
        if let failure = progress.failure {
            lines.append("weir: the recording stopped before the session did: \(failure)")
        } else {
            lines.append("Recorded \(RunSummary.count(progress.events, "event")) to \(path); weir play \(path)")
        }
        if progress.missing > 0 {
            lines.append(
                "weir: the recording could not follow: \(RunSummary.count(progress.missing, "event")) are missing from it"
            )
        }
        return lines
    }
}
