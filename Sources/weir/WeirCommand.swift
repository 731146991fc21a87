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
            looks on, or one that deletes from a staging table what the stream says is finished.

            EXAMPLES
              weir demo
                A running pipeline on this machine and its live dashboard. Needs no AWS account and reaches none.
              weir monitor --table Messages
                The dashboard over a table's stream; nothing is written anywhere.
              weir run --table Messages --handler delete --staging Staging
                Delete from Staging what arrives in Messages, without a screen.

            EXIT CODES
              0 fine, or a limit such as --for was reached; 1 failed; 2 wrong usage, or a terminal that nobody \
            knows; 4 stream or credentials not reachable; 129, 130, 143 ended by a signal.
            """,
        version: WeirCommand.version,
        subcommands: [
            DemoCommand.self, MonitorCommand.self, RunCommand.self, StreamsCommand.self, CheckCommand.self,
            PolicyCommand.self, FilterCommand.self,
            LocalCommand.self,
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
        do {
            var command = try WeirCommand.parseAsRoot(NegativeValues.joined(Array(CommandLine.arguments.dropFirst())))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as ProgramFailure {
            if let message = failure.message { LineOutput.standardError().line("weir: \(message)") }
            ProcessTerminal.exit(failure.status)
        } catch {
            Self.exit(after: error)
        }
    }

    /// Help and version are no failures; what the parser refuses is wrong usage.
    private static func exit(after error: any Error) -> Never {
        let code = WeirCommand.exitCode(for: error)
        if code == .success {
            LineOutput.standardOutput().line(WeirCommand.fullMessage(for: error))
            ProcessTerminal.exit(ExitStatus.success)
        }
        if code == .validationFailure {
            LineOutput.standardError().line(WeirCommand.fullMessage(for: error))
            ProcessTerminal.exit(ExitStatus.usage)
        }
        let failure = FailureText.failure(for: error)
        if let message = failure.message { LineOutput.standardError().line("weir: \(message)") }
        ProcessTerminal.exit(failure.status)
    }
}
