// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DemoPipeline
import DynamoDBModel
import StreamSession

/// The headline: everything is written first, then the engine runs, then both sides are compared.
struct HeadlineRun {
    /// The stream stays open, so its end is that nothing came for so long.
    private static let idle = Duration.milliseconds(500)

    let arguments: DemoArguments
    let configuration: DemoConfiguration
    let process: ProgramContext
    var dropRequest: (@Sendable (_ operation: String, _ index: Int) -> Bool)?
    /// The file that keeps the session; nil: none.
    var recording: RecordingTarget?

    private struct Outcome: Sendable {
        var report: HeadlineReport
        var failure: ProgramFailure?
        var wall: Duration
        var cpu: Duration
    }

    /// Runs it, prints the figures and throws if the sides disagree.
    func run() async throws {
        let process = self.process
        let count = self.arguments.records ?? 0
        let outcome = try await DemoPipeline.run(
            self.configuration,
            clock: process.clock,
            loggers: process.log.demoLoggers,
            dropRequest: self.dropRequest
        ) { pipeline in
            process.errors.line(
                "Endpoint \(pipeline.endpoint), starting position \(pipeline.configuration.startingPosition.rawValue)"
            )
            try await self.preload(pipeline, count: count)
            let before = pipeline.deleteCounts
            let consumer = try await pipeline.makeConsumer(
                limits: DemoPipeline.Limits(untilIdle: Self.idle),
                retention: self.recording == nil ? .figuresOnly : SessionRetention(),
                wrapping: { process.log.tracing($0) }
            )
            let startedAt = process.clock.now
            let cpu = ProcessUsage.now().cpu
            let progress = ProgressLine(
                session: consumer.session,
                errors: process.errors,
                output: process.output,
                log: process.log,
                clock: process.clock
            )
            var failure: ProgramFailure?
            do {
                let ending = try await RecordedRun.run(consumer, to: self.recording, process: process) {
                    try await ConsumerRun.run(
                        consumer,
                        onFrame: { _ in true },
                        meanwhile: { try await progress.run() }
                    )
                }
                if case .signal(let number) = ending { failure = ProgramFailure(status: 128 + number, message: nil) }
            } catch {
                failure = FailureText.failure(for: error)
            }
            progress.clear()
            return Outcome(
                report: HeadlineReport(
                    messages: count,
                    engine: EngineFigures(consumer.session.state.totals),
                    endpoint: try await pipeline.endpointFigures(since: before)
                ),
                failure: failure,
                wall: process.clock.now.since(startedAt),
                cpu: ProcessUsage.now().cpu - cpu
            )
        }
        self.print(outcome)
        if let failure = outcome.failure { throw failure }
        guard outcome.report.disagreements.isEmpty else {
            throw ProgramFailure(
                status: ExitStatus.failure,
                message: "the sides disagree: \(outcome.report.disagreements.joined(separator: "; "))"
            )
        }
        if let failure = process.output.endOfProgram { throw failure }
    }

    private func preload(_ pipeline: DemoPipeline, count: Int) async throws {
        let errors = self.process.errors
        let startedAt = self.process.clock.now
        try await StoryPreloader(api: pipeline.client).load(count: count, seed: self.configuration.seed) { written in
            guard errors.isTerminal, written.isMultiple(of: 1000) else { return }
            errors.write(Array("\r\u{1B}[K\(written) of \(count) messages written".utf8))
        }
        if errors.isTerminal { errors.write(Array("\r\u{1B}[K".utf8)) }
        let took = RunSummary.decimal(self.process.clock.now.since(startedAt), places: 1)
        errors.line("\(count) messages written to both tables in \(took) s")
    }

    private func print(_ outcome: Outcome) {
        let took =
            "engine and endpoint together: \(RunSummary.decimal(outcome.wall, places: 1)) s, "
            + "\(RunSummary.decimal(outcome.cpu, places: 1)) s of processor time"
        if self.arguments.json {
            self.process.errors.line(took)
            self.process.output.json(outcome.report.json + [10])
        } else {
            for line in outcome.report.lines { self.process.output.line(line) }
            self.process.output.line(took)
        }
    }
}
