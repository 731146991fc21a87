// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging

/// The program: its commands and the way it ends.
struct WeirCommand: AsyncParsableCommand {
    /// The version, as `--version` and sessions tell it.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "weir",
        abstract: "Watch and process DynamoDB Streams.",
        discussion: """
            Weir reads a table's stream, cuts it into batches as Lambda does, and hands them to a handler: one that only \
            looks on, or one that acts: deletes from a staging table what the stream says is finished, keeps counts and sums, \
            runs a program, invokes a function.

            EXAMPLES
              weir demo
                A running pipeline on this machine and its live dashboard. Needs no AWS account and reaches none.
              weir monitor --table Messages
                The dashboard over a table's stream; nothing is changed anywhere.
              weir run --table Messages --handler delete --staging Staging
                Delete from Staging what arrives in Messages, without a screen.
              weir play session.weir
                Play what --record session.weir has kept of any of these.

            EXIT CODES
              0 fine, or a limit such as --for was reached; 1 failed; 2 wrong usage, or a terminal that nobody \
            knows; 3 a recording is damaged; 4 stream or credentials not reachable; 129, 130, 143 ended by a signal.
            """,
        version: WeirCommand.version,
        subcommands: [
            DemoCommand.self, MonitorCommand.self, RunCommand.self, PlayCommand.self, ReplayCommand.self,
            WhatIfCommand.self, RecordingCommand.self, ExportCommand.self, ReportCommand.self, StreamsCommand.self,
            CheckCommand.self, PolicyCommand.self, ConfigCommand.self, FilterCommand.self, AggregateCommand.self,
            ThemesCommand.self, LocalCommand.self,
        ]
    )
}

/// Where the process begins.
@main
enum Program {
    static func main() async {
        ProcessTerminal.ignoreBrokenPipes()
        // A library that makes a logger of its own would write to the terminal.
        LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            let line = try LayeredCommandLine(
                NegativeValues.joined(arguments),
                environment: ProcessSurroundings.environment,
                readFile: InputFile.text
            )
            var command = try line.parse()
            for notice in line.notices { LineOutput.standardError().line(notice) }
            if let reporting = command as? any SettingsReporting, let settings = line.settings {
                try reporting.run(settings: settings)
            } else if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as ProgramFailure {
            Self.exit(after: failure)
        } catch {
            Self.exit(after: error, arguments: arguments)
        }
    }

    /// Help and version are no failures; what the parser refuses is wrong usage.
    private static func exit(after error: any Error, arguments: [String]) -> Never {
        let code = WeirCommand.exitCode(for: error)
        if code == .success {
            let output = LineOutput.standardOutput()
            // Text of ours alone, and a script for a shell must stay as it is.
            output.write(Array("\(WeirCommand.fullMessage(for: error))\n".utf8))
            if let failure = output.endOfProgram { Self.exit(after: failure) }
            ProcessTerminal.exit(ExitStatus.success)
        }
        if code == .validationFailure {
            let errors = LineOutput.standardError()
            for line in VisibleText.lines(WeirCommand.fullMessage(for: error), quoting: arguments) { errors.line(line) }
            ProcessTerminal.exit(ExitStatus.usage)
        }
        Self.exit(after: FailureText.failure(for: error))
    }

    private static func exit(after failure: ProgramFailure) -> Never {
        let errors = LineOutput.standardError()
        for line in failure.lines { errors.line(line) }
        ProcessTerminal.exit(failure.status)
    }
}
