// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import DynamoDBClient
import DynamoDBModel
import Logging
import RecordHandlers
import StreamSession

/// What a command gets from the process around it.
struct ProgramContext: Sendable {
    var clock: any SessionClock
    var logger: Logger
    /// Standard error.
    var errors: LineOutput
    /// Standard output.
    var output: LineOutput
    /// What environment and files say about AWS.
    var aws: ProcessContext
    /// Where positions are kept if nobody says otherwise.
    var defaultCheckpointFile: String
    /// Seed of the jitter in pauses.
    var seed: UInt64

    /// The context of this process.
    static func current(log: LogArguments) throws -> ProgramContext {
        let clock = SystemClock()
        let aws = ProcessSurroundings.aws()
        var logger = Logger(label: "weir") { _ in SwiftLogNoOpLogHandler() }
        if let path = log.logFile {
            let file = try LineOutput.file(path)
            let level = log.logLevel
            logger = Logger(label: "weir") { _ in
                FileLogHandler(output: file, level: level) { clock.now.iso8601 }
            }
        }
        return ProgramContext(
            clock: clock,
            logger: logger,
            errors: .standardError(),
            output: .standardOutput(),
            aws: aws,
            defaultCheckpointFile: StateDirectory.checkpointFile(environment: aws.environment, home: aws.homeDirectory),
            seed: UInt64.random(in: .min ... .max)
        )
    }

    /// Connects as the options and the environment say.
    ///
    /// - Throws: ``ProgramFailure`` that says what is missing and what to do.
    func connect(_ options: ConnectionOptions) throws -> DynamoDBClient {
        let clock = self.clock
        do throws(ConnectionError) {
            return try DynamoDBClient.connect(
                options,
                context: self.aws,
                now: { clock.now },
                sleep: { try await clock.sleep(for: $0) },
                logger: self.logger
            )
        } catch {
            throw ProgramFailure(status: ExitStatus.unreachable, message: error.description)
        }
    }

    /// Makes connections to services beside tables and streams.
    func handlerConnections(_ options: ConnectionOptions) -> HandlerConnections {
        let clock = self.clock
        return HandlerConnections(
            options: options,
            context: self.aws,
            surroundings: ServiceConnection.Surroundings(
                now: { clock.now.milliseconds },
                sleep: { try await clock.sleep(for: $0) },
                random: { Double.random(in: 0..<1) }
            ),
            userAgent: "weir/\(WeirCommand.version)",
            logger: self.logger
        )
    }

    /// Asks on the terminal; without one, the option must have been given.
    ///
    /// - Throws: ``ProgramFailure`` unless the answer is yes.
    func confirm(_ question: String, option: String, deed: PreparedHandler.Deed) throws {
        guard ProcessTerminal.isInputTerminal, ProcessTerminal.isErrorTerminal else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message:
                    "there is no terminal to ask on: pass \(option) to \(deed.verb) without being asked, or --dry-run to look first."
            )
        }
        self.errors.write(Array("\(question) [y/N] ".utf8))
        guard Confirmation.isYes(readLine()) else {
            throw ProgramFailure(status: ExitStatus.failure, message: "nothing was \(deed.done).")
        }
    }

    /// Options that point the AWS CLI to where the client points, with a blank before each.
    func commandOptions(of client: DynamoDBClient) -> String {
        var text = " --region \(client.region)"
        if let profile = client.profile { text += " --profile \(profile)" }
        if !client.isAWS { text += " --endpoint-url \(client.tablesEndpoint)" }
        return text
    }
}
