// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import StreamSession

/// `weir run`: consumes a stream without a screen.
struct RunCommand: AsyncParsableCommand, PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Consume a stream without a screen; tell about it in JSON lines.",
        usage: PipelineArguments.usage(of: "run"),
        discussion: """
            Standard output gets one JSON object a line: "type" is start, stream, shard, state, batch, discard, pace, error, \
            warning, notice, call-failed, gap, end, would-delete or would-send (with --dry-run), "v" is 1 and changes only \
            with the meaning of these lines. The last line has the type "summary" with "records", "wall_s", "cpu_s" and \
            "max_rss_mb" among others. Where reading begins, what is \
            going to happen, progress and the summary for people go to standard error.

            Every record is handled at least once and positions are stored after the handler is done, for stream, pipeline \
            name, handler and its target: a run that observes never moves the position of one that deletes.

            A delete without --delete-condition removes whatever item has that key when the request arrives. Where a key is \
            written again after its record, a repeated delivery deletes the newer item.

            A table that throttles is written to more slowly, and faster again as it takes what it gets; each change is told in \
            a line of type "pace". --maximum-write-capacity sets a bound from the beginning.

            What fails is tried again until its records leave the stream after 24 hours; --maximum-retry-attempts, \
            --maximum-record-age and --bisect-batch-on-function-error change that as they do for Lambda. Each batch that is \
            given up is told in a line of type "discard".

            A program or a function gets the event of Lambda's event source mapping and is taken at its word: a response \
            means that the batch is done, an error that it is not. What a program writes to standard error comes as \
            lines of type "notice" with the code "handler-output".

            Durations are written as \(DurationArgument.forms).

            EXAMPLES
              weir run --table Messages --starting-position TRIM_HORIZON --until-idle 5s
              weir run --table Messages --handler delete --staging Staging --dry-run
              weir run --table Messages --handler delete --staging Staging --yes
              weir run --table Messages --handler delete --staging Staging \\
                --maximum-write-capacity 100 --yes
              weir run --table Messages --handler delete --staging Staging \\
                --delete-condition 'version = NewImage.version'
              weir run --table Orders --handler aggregate --aggregate-table Totals \\
                --aggregate sum:NewImage.total --group-by NewImage.customer
              weir run --table Messages --handler command --yes -- ./handle.py --verbose
              weir run --table Messages --handler function --function my-function \\
                --on-failure file:failed.jsonl
              weir run --table Files --handler delete-objects --bucket files \\
                --key '{OldImage.path}' --dry-run
              weir run --table Messages --batch-size 500 --batch-window 2s --for 10m
              weir run --table Messages --filter '{"userIdentity":{"type":["Service"]}}'
              weir run --table Messages --parallelization-factor 4 \\
                --maximum-retry-attempts 3 --for 10m
              weir run --table Messages --records-out - | jq -c 'select(.record).record'
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
    @OptionGroup
    var output: OutputArguments
    @OptionGroup(title: "Recording")
    var recording: RecordingArguments
    @OptionGroup(title: "Log")
    var log: LogArguments
    @OptionGroup(title: "Log")
    var trace: TraceArguments

    func validate() throws {
        try self.trace.validate(with: self.log)
        try self.recording.validateWithoutScreen()
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log, trace: self.trace)
        let records = try self.output.records.map {
            $0 == "-" ? process.output : try LineOutput.jsonLinesFile($0, option: "--records-out")
        }
        let client = try process.connect(self.pipeline.connection.options)
        let setup = ConsumerSetup(
            pipeline: self.pipeline,
            forgetsPositions: false,
            retention: self.recording.record == nil ? .figuresOnly : SessionRetention()
        )
        let failure: ProgramFailure?
        do {
            let prepared = try await setup.makeConsumer(client: client, process: process, recordsOutput: records)
            let consumer = prepared.consumer
            failure = try await RecordedRun.run(consumer, to: self.recording.target, process: process) {
                await HeadlessRun.tell(consumer, process: process, isEnabled: self.pipeline.settings.isEnabled)
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
