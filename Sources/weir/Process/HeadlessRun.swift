// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// A consumer whose session goes to standard output as JSON lines.
enum HeadlessRun {
    /// What is left to say when it is over.
    struct Result {
        var summary: RunSummary
        /// How the program ends unless all went well.
        var failure: ProgramFailure?
    }

    /// Runs to the end and writes the summary.
    ///
    /// - Parameters:
    ///   - consumer: What is run.
    ///   - process: The program's surroundings.
    ///   - isEnabled: Whether anything is read; if not, it ends as soon as it has told about itself.
    ///   - paysForReads: Whether reads are calls of the service.
    ///   - until: When this returns, the consumer stops in good order, for the reason returned; nil: it ends by itself.
    /// - Returns: How the program ends unless all went well.
    static func tell(
        _ consumer: StreamConsumer,
        process: ProgramContext,
        isEnabled: Bool = true,
        paysForReads: Bool = true,
        until: (@Sendable () async throws -> String)? = nil
    ) async -> ProgramFailure? {
        let result = await Self.run(
            consumer,
            process: process,
            isEnabled: isEnabled,
            paysForReads: paysForReads,
            until: until
        )
        process.output.json(result.summary.line)
        for line in result.summary.lines { process.errors.line(line) }
        return result.failure
    }

    /// Runs to the end.
    ///
    /// Never throws: what went wrong is in the result, beside the figures up to there.
    ///
    /// - Parameters:
    ///   - consumer: What is run.
    ///   - process: The program's surroundings.
    ///   - isEnabled: Whether anything is read; if not, it ends as soon as it has told about itself.
    ///   - paysForReads: Whether reads are calls of the service.
    ///   - until: When this returns, the consumer stops in good order, for the reason returned; nil: it ends by itself.
    /// - Returns: The figures and how the program ends.
    static func run(
        _ consumer: StreamConsumer,
        process: ProgramContext,
        isEnabled: Bool = true,
        paysForReads: Bool = true,
        until: (@Sendable () async throws -> String)? = nil
    ) async -> Result {
        let output = process.output
        let startedAt = process.clock.now
        let before = ProcessUsage.now()
        let lines = SessionLineWriter(output: output)
        let warnings = Mutex(RunWarnings())
        let progress = ProgressLine(
            session: consumer.session,
            errors: process.errors,
            output: process.output,
            log: process.log,
            clock: process.clock
        )
        let started: @Sendable () async throws -> String = {
            await Self.waitForStart(of: consumer)
            return "disabled: nothing is read"
        }
        var failure: ProgramFailure?
        var reason = ""
        do {
            let ending = try await ConsumerRun.run(
                consumer,
                onFrame: { frame in
                    for line in warnings.withLock({ $0.lines(for: frame) }) {
                        progress.clear()
                        process.errors.line(line)
                    }
                    return lines.write(frame)
                },
                meanwhile: { try await progress.run() },
                until: isEnabled ? until : started
            )
            switch ending {
            case .finished: reason = ""
            case .reached(let what): reason = what
            case .outputClosed: reason = "nobody reads the output any more"
            case .signal(let number):
                reason = "ended by signal \(number)"
                failure = ProgramFailure(status: 128 + number, message: nil)
            }
        } catch {
            let ended = FailureText.failure(for: error)
            reason = ended.message ?? ""
            failure = ended
        }
        progress.clear()
        if failure == nil, let problem = output.endOfProgram {
            reason = problem.description
            failure = problem
        }
        let state = consumer.session.state
        let endedAt = process.clock.now
        let after = ProcessUsage.now()
        var summary = RunSummary(
            totals: state.totals,
            wall: (state.batches.compactMap(\.finishedAt).max() ?? endedAt).since(startedAt),
            session: endedAt.since(startedAt),
            cpu: after.cpu - before.cpu,
            startupCPU: before.cpu,
            maximumResidentKiB: after.maximumResidentKiB,
            reason: reason.isEmpty ? state.endedBecause ?? "ended" : reason,
            lastResult: state.lastResult,
            destination: state.description?.mapping.onFailure
        )
        summary.paysForReads = paysForReads
        return Result(summary: summary, failure: failure)
    }

    /// Returns when the session has told what it is about, or has ended.
    private static func waitForStart(of consumer: StreamConsumer) async {
        for await frame in consumer.session.frames(bufferLimit: 64) {
            switch frame {
            case .keyframe(let state): if state.description != nil { return }
            case .event(let event): if case .started = event.kind { return }
            }
        }
    }
}
