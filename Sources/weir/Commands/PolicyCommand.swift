// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import DynamoDBClient
import DynamoDBModel
import RecordHandlers

/// `weir policy`: prints what a pipeline has to be allowed.
struct PolicyCommand: AsyncParsableCommand, PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Print the least IAM policy for a pipeline.",
        usage: PipelineArguments.usage(of: "policy"),
        discussion: """
            Takes the options of 'weir run', and the same files and WEIR_* variables, and prints, as JSON, the policy that allows \
            this pipeline what it needs and nothing else. With --account or --stream-arn nothing is asked of AWS; otherwise the table is described \
            once to learn its account.

            A stream that --table names may be switched off and on again, so all streams of that table may be read; with \
            --stream-arn it is that stream alone. Places in the templates of --bucket and --key become *. A program gets \
            nothing: with --handler-credentials it needs what it does itself. With --dry-run nothing may be written.

            Tables that are encrypted with a key of your own may need kms:Decrypt on that key as well.

            EXAMPLES
              weir policy --table Messages --region eu-central-1 --account 123456789012
              weir policy --table Messages --handler delete --staging Staging
              weir policy --table Messages --handler function --function my-function \\
                --on-failure arn:aws:sqs:eu-central-1:123456789012:failed
              weir policy --table Messages --list-streams > policy.json
              weir policy --config weir.toml --account 123456789012
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
    @OptionGroup(title: "Place")
    var place: PlaceArguments

    @Flag(name: .customLong("list-streams"), help: "Allow 'weir streams' as well.")
    var listsStreams = false

    func validate() throws {
        try self.trace.validate(with: self.log)
        if self.stream.streamARN != nil, self.place.account != nil {
            throw ValidationError("--account and --stream-arn exclude each other: the ARN names its account.")
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let place = try await self.resourcePlace(process)
        let setup = PermissionSetup(source: self.stream.source, handling: self.pipeline.handling)
        let permissions = try setup.permissions(in: place, listsStreams: self.listsStreams)
        for line in permissions.document.text.split(separator: "\n") { process.output.line(String(line)) }
    }

    /// Where the tables are: from the options if they say it, else asked for.
    private func resourcePlace(_ process: ProgramContext) async throws -> ResourcePlace {
        if let arn = self.stream.streamARN {
            guard let place = ResourcePlace(arn: arn) else {
                throw ProgramFailure(
                    status: ExitStatus.usage,
                    message: "--stream-arn \(arn) names no region and account."
                )
            }
            return place
        }
        if let account = self.place.account {
            do throws(ConnectionError) {
                let resolver = try ConnectionResolver(options: self.connection.options, context: process.aws)
                return ResourcePlace(region: try resolver.region(), account: account)
            } catch {
                throw ProgramFailure(status: ExitStatus.usage, message: error.description)
            }
        }
        return try await self.askedPlace(process)
    }

    private func askedPlace(_ process: ProgramContext) async throws -> ResourcePlace {
        guard let table = self.stream.table else { preconditionFailure("neither a table nor a stream") }
        let client = try process.connect(self.connection.options)
        let arn: String
        do throws(DynamoDBError) {
            arn = try await client.describeTable(table).arn
        } catch {
            try? await client.shutdown()
            throw ProgramFailure(
                status: ExitStatus.unreachable,
                message: "cannot describe table \(table) to learn its account: \(error). "
                    + "With --account nothing has to be asked."
            )
        }
        try await client.shutdown()
        guard let place = ResourcePlace(arn: arn) else {
            throw ProgramFailure(
                status: ExitStatus.unreachable,
                message: "the ARN of table \(table), \(arn), names no region and account: give --account."
            )
        }
        return place
    }
}
