// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import DynamoDBClient
import DynamoDBModel
import RecordHandlers
import StreamSession

/// What a command gets from the process around it.
struct ProgramContext: Sendable {
    var clock: any SessionClock
    /// What the program says to those who look for a fault in it.
    var log: ProgramLog
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
    ///
    /// - Parameters:
    ///   - log: Where its log goes.
    ///   - trace: Whether records are in it; nil: they are not.
    /// - Returns: The context.
    /// - Throws: ``ProgramFailure`` if the log cannot be written.
    static func current(log: LogArguments, trace: TraceArguments? = nil) throws -> ProgramContext {
        let clock = SystemClock()
        let aws = ProcessSurroundings.aws()
        return ProgramContext(
            clock: clock,
            log: try ProgramLog(log, trace: trace) { clock.now.iso8601 },
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
                logger: self.log.logger(.client)
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
            logger: self.log.logger(.handler)
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
        self.errors.question("\(question) [y/N]")
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
