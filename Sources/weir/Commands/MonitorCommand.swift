// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import Dashboard
import DynamoDBClient
import StreamSession

/// `weir monitor`: the dashboard over an existing stream.
struct MonitorCommand: AsyncParsableCommand, PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Show the dashboard over a table's stream.",
        usage: PipelineArguments.usage(of: "monitor"),
        discussion: """
            Observes unless another --handler is named: nothing is changed anywhere. An observing monitor begins anew each \
            time (at LATEST unless --starting-position says otherwise) and keeps no positions, unless --checkpoint-file \
            names a file for them.

            When standard output is no terminal, or TERM is unset or dumb, the session goes there as JSON lines, as \
            'weir run' writes them. With --snapshot one screen is printed as text in place of that: at the end that --for or \
            another limit sets, or else when a first batch is done, and after 10 seconds if nothing comes.

            EXAMPLES
              weir monitor --table Messages
              weir monitor --table Messages --for 30s --snapshot 120x40
              weir monitor --table Messages --starting-position TRIM_HORIZON --read-only
              weir monitor --table Messages \\
                --filter '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"order#"}]}}}}'
              weir monitor --table Messages --handler delete --staging Staging
              weir monitor --table Orders --handler aggregate --aggregate-table Totals \\
                --aggregate count
              weir monitor --table Messages --handler function --function my-function
            """
    )

    @OptionGroup(title: "Settings")
    var settings: ConfigurationArguments
    @OptionGroup(title: "Stream")
    var stream: StreamArguments
    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
    @OptionGroup(title: "Batches")
    var batches: BatchArguments
    @OptionGroup(title: "Handler")
    var handling: HandlerArguments
    @OptionGroup(title: "Positions")
    var checkpoints: CheckpointArguments
    @OptionGroup(title: "End")
    var limits: LimitArguments

    @Flag(
        name: .customLong("read-only"),
        inversion: .prefixedNo,
        help: "Refuse every handler that writes, and hold and step on the screen too."
    )
    var isReadOnly = false

    @OptionGroup(title: "Recording")
    var recording: RecordingArguments
    @OptionGroup(title: "Screen")
    var screen: ScreenArguments
    @OptionGroup(title: "Screen")
    var snapshot: SnapshotArguments
    @OptionGroup(title: "Log")
    var log: LogArguments
    @OptionGroup(title: "Log")
    var trace: TraceArguments

    func validate() throws {
        try self.trace.validate(with: self.log)
        if self.isReadOnly, self.pipeline.handling.handler != .observe {
            throw ValidationError(
                "--read-only and --handler \(self.pipeline.handling.handler.rawValue) exclude each other."
            )
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log, trace: self.trace)
        let showsScreen =
            try self.snapshot.size == nil && ScreenRun.isPossible(process: process, recording: self.recording)
        let client = try process.connect(self.pipeline.connection.options)
        let setup = ConsumerSetup(
            pipeline: self.pipeline,
            forgetsPositions: self.pipeline.handling.handler == .observe,
            retention: showsScreen || self.snapshot.size != nil || self.recording.record != nil
                ? SessionRetention() : .figuresOnly
        )
        let failure: ProgramFailure?
        do {
            let prepared = try await setup.makeConsumer(client: client, process: process)
            let consumer = prepared.consumer
            if showsScreen {
                failure = try await ScreenRun(
                    process: process,
                    arguments: self.screen,
                    isReadOnly: self.isReadOnly,
                    recording: self.recording
                ).run(prepared)
            } else {
                failure = try await RecordedRun.run(consumer, to: self.recording.target, process: process) {
                    if let size = self.snapshot.size {
                        return await LiveSnapshot(
                            process: process,
                            snapshot: ScreenSnapshot(
                                size: size,
                                pane: self.snapshot.pane,
                                screen: self.screen,
                                options: DashboardOptions(isReadOnly: self.isReadOnly)
                            ),
                            hasLimit: self.limits.isGiven
                        ).run(consumer)
                    }
                    return await HeadlessRun.tell(
                        consumer,
                        process: process,
                        isEnabled: self.pipeline.settings.isEnabled
                    )
                }
            }
        } catch {
            await setup.closers.close()
            try? await client.shutdown()
            throw error
        }
        await setup.closers.close()
        try await client.shutdown()
        if let failure { throw failure }
    }
}
