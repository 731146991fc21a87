// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DemoPipeline

/// `weir demo`: a pipeline on this machine.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a whole pipeline on this machine and show it live.",
        usage: "weir demo [<options>]",
        discussion: """
            Starts the embedded endpoint on a free port of this machine and creates two tables. Ingest writes raw messages to \
            StagingTable; processing writes finished ones to MessagesTable, whose stream the engine reads over HTTP to delete \
            from StagingTable what is finished. Some messages are changed later, some removed, a few are never processed.

            Credentials are made up and AWS_* variables and profiles are ignored: nothing can reach a real account. The \
            endpoint's address is on the screen; the AWS CLI can be pointed at it while the demo runs:
              aws dynamodb scan --table-name StagingTable \\
                --endpoint-url http://127.0.0.1:PORT

            With --headless the session goes to standard output as JSON lines, as 'weir run' writes them; with --preload \
            as well, all messages are written first and the figures of engine and endpoint come at the end. If they \
            disagree, the exit code is 1. Without a terminal to draw on, or with TERM unset or dumb, the demo is headless \
            by itself.

            EXAMPLES
              weir demo
              weir demo --rate 500 --shards 8 --batch-window 1s
              weir demo --events INSERT,MODIFY,REMOVE
              weir demo --rate 100 --records 1000 --wcu 5
              weir demo --fault BatchWriteItem:unprocessed,rate=0.2 \\
                --fault GetRecords:latency=500ms,rate=0.3
              weir demo --filter '{"dynamodb":{"NewImage":{"status":{"S":["read"]}}}}' \\
                --events MODIFY
              weir demo --headless --preload --records 100000 --shards 1 --json
              weir demo --for 10s --snapshot 120x40
            """
    )

    @OptionGroup
    var demo: DemoArguments
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("End after so long.", valueName: "duration"),
        transform: DurationArgument.within(DurationArgument(.milliseconds(1)), LimitArguments.longest)
    )
    var runFor: DurationArgument?
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
        if self.demo.headless { try self.recording.validateWithoutScreen() }
        if self.demo.headless, self.snapshot.size != nil {
            throw ValidationError("--headless and --snapshot exclude each other: lines of JSON, or one screen.")
        }
        if self.demo.headless, self.demo.preload, self.runFor != nil {
            throw ValidationError(
                "--for and --headless --preload exclude each other: all that was written is handled before it ends."
            )
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log, trace: self.trace)
        // The checkpoint file creates it, for this user alone.
        let folder = ProcessSurroundings.temporaryFolder()
        defer { ProcessSurroundings.removeFolder(folder) }
        let configuration = try self.demo.configuration(checkpointFile: "\(folder)/checkpoints.sqlite")
        if self.demo.headless, self.demo.preload {
            try await HeadlineRun(
                arguments: self.demo,
                configuration: configuration,
                process: process,
                recording: self.recording.target
            ).run()
        } else {
            try await LiveDemo(
                arguments: self.demo,
                configuration: configuration,
                runFor: self.runFor?.duration,
                screen: self.screen,
                snapshot: self.snapshot,
                recording: self.recording,
                process: process
            ).run()
        }
    }
}
