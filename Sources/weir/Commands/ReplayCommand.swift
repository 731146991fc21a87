// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBModel
import SessionRecording
import StreamSession

/// `weir replay`: sends batches of a recording to a handler once more.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send batches of a recorded session to a handler once more.",
        usage: "weir replay <file> [<options>] --handler <handler> [-- <program> ...]",
        discussion: """
            The handler gets the records as the stream gave them, in the batches in which they came. Nothing is read from the \
            stream and no position of a pipeline is moved. What would be sent where is shown first, and you are asked; \
            --dry-run stops there, --yes does not ask.

            The result is told in the JSON lines of 'weir run', and kept in a recording of its own with --record. A batch \
            that fails is given up at once unless --maximum-retry-attempts says otherwise. The exit code is 1 if not all \
            records were handled.

            A replay is one more delivery. A delete removes what has the key now, also what was written under it since; an \
            aggregate adds the changes once more, even if they are counted already, and leaves about 60 bytes for each shard in \
            each item that it writes.

            EXAMPLES
              weir replay session.weir --batch 812 --handler command -- ./handler
              weir replay session.weir --batch 811,812 --handler function \\
                --function my-function --dry-run
              weir replay session.weir --event-id 6e1b... --handler delete \\
                --staging StagingTable
              weir replay session.weir --all --handler aggregate \\
                --aggregate-table Totals --aggregate count --record again.weir
            """
    )

    @Argument(help: ArgumentHelp("A recording, such as 'weir monitor --record FILE' keeps.", valueName: "file"))
    var file: String

    @OptionGroup(title: "What is sent")
    var chosen: ReplayArguments

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Events to handle, of INSERT, MODIFY and REMOVE.",
            discussion: "Default: INSERT when deleting, REMOVE when deleting objects, else all.",
            valueName: "names"
        ),
        transform: EventNamesArgument.parse
    )
    var events: Set<ChangeKind>?

    @Option(
        name: .customLong("maximum-retry-attempts"),
        help: ArgumentHelp(
            "Attempts after the first one until a batch is given up, 0 (default) to 10000.",
            valueName: "n"
        ),
        transform: NumberArgument.within(0...10_000)
    )
    var maximumRetryAttempts = 0

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
    @OptionGroup(title: "Handler")
    var handling: HandlerArguments
    @OptionGroup(title: "Recording")
    var recording: RecordingArguments
    @OptionGroup(title: "Log")
    var log: LogArguments
    @OptionGroup(title: "Log")
    var trace: TraceArguments

    func validate() throws {
        guard self.handling.handler != .observe else {
            throw ValidationError(
                "Say who gets it with --handler: delete, aggregate, command, function or delete-objects."
            )
        }
        try self.trace.validate(with: self.log)
        try self.recording.validateWithoutScreen()
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log, trace: self.trace)
        let recording = try ReplayRecording(RecordingReader(path: self.file))
        let stream = try recording.stream(self.chosen.selection) { process.errors.line("weir: warning: \($0)") }
        let setup = try ReplaySetup(recording.session, options: self.options, process: process)
        let failure: ProgramFailure?
        do {
            let target = try await setup.makeTarget()
            try self.ask(target, stream, process: process)
            let consumer = target.makeConsumer(
                stream,
                of: setup.placedSession,
                retention: self.recording.record == nil ? .figuresOnly : SessionRetention(),
                process: process
            )
            failure = try await RecordedRun.run(consumer, to: self.recording.target, process: process) {
                let failure = await HeadlessRun.tell(consumer, process: process, paysForReads: false)
                return failure ?? self.shortfall(of: consumer.session.state.totals, stream)
            }
        } catch {
            await setup.close()
            throw error
        }
        await setup.close()
        if let failure { throw failure }
    }

    private var options: ReplayOptions {
        ReplayOptions(
            connection: self.connection,
            handling: self.handling,
            events: self.events,
            maximumRetryAttempts: self.maximumRetryAttempts
        )
    }

    /// Says what is going to happen and lets the user agree to it.
    ///
    /// - Throws: ``ProgramFailure`` unless the user does.
    private func ask(_ target: ReplayTarget, _ stream: ReplayStream, process: ProgramContext) throws {
        guard let question = target.handler.question else { return }
        let batches = ReplayRecording.names(stream.batches.map(\.id))
        let records = RunSummary.count(stream.recordCount, "record")
        let lines =
            question.lines + [target.destination?.line].compactMap(\.self)
            + ["sends again    \(records) of \(batches) of \(self.file)"]
        for line in lines { process.errors.line("  \(line)") }
        if self.handling.isDryRun {
            process.errors.line("Dry run: nothing is \(question.deed.done).")
        } else if !self.handling.yes {
            try process.confirm(
                "Send \(records) to \(target.handler.text) again?",
                option: "--yes",
                deed: question.deed
            )
        }
    }

    /// Why the program fails although the session ended well: not everything was handled; nil: all was.
    private func shortfall(of totals: SessionTotals, _ stream: ReplayStream) -> ProgramFailure? {
        let left = totals.dropped
        guard left > 0, !self.handling.isDryRun else { return nil }
        return ProgramFailure(
            status: ExitStatus.failure,
            message: "\(RunSummary.count(left, "record")) of \(stream.recordCount) were not handled."
        )
    }
}
