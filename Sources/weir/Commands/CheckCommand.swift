// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir check`: looks at what a pipeline needs before it runs.
struct CheckCommand: AsyncParsableCommand, PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check what a pipeline needs: credentials, stream, tables, permissions.",
        usage: PipelineArguments.usage(of: "check"),
        discussion: """
            Takes the options of 'weir run', and the same files and WEIR_* variables, and tries what can be tried without changing \
            anything: it describes tables and stream and reads one record of it. What only matters while a pipeline runs, such \
            as --for, is read and has no effect. Queue, topic and bucket are asked for; on AWS a function, too, by a dry run of \
            the Invoke API, which does not invoke it; elsewhere only a connection is opened. What would delete, send or publish \
            is listed as not tried.

            Each line says pass, warn, fail or skip, what was looked at and what was found; the line below, what to do. \
            Credentials are never shown.

            Exit code: 0 nothing failed; 1 something did; 2 wrong usage.

            EXAMPLES
              weir check --table Messages
              weir check --config weir.toml
              weir check --table Messages --handler delete --staging Staging
              weir check --table Files --handler delete-objects --bucket files \\
                --key '{OldImage.path}'
              weir check --table Messages --json | jq -r '.findings[].message'
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

    @Flag(name: .long, help: "One JSON object instead of lines.")
    var json = false

    func validate() throws {
        try self.trace.validate(with: self.log)
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let report = try await Patience.waiting(for: "the service", process: process) {
            try await PipelineCheck(pipeline: self.pipeline).run(process)
        }
        if self.json {
            process.output.write(report.json)
        } else {
            for line in report.lines { process.output.line(line) }
        }
        if report.isFailed { throw ProgramFailure(status: ExitStatus.failure, message: nil) }
    }
}
