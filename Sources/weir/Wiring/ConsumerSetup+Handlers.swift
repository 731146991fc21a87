// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import RecordHandlers
import StreamSession

extension ConsumerSetup {
    /// The program that handles batches: found, checked, and with its environment.
    func makeCommand(
        stream: StreamDescription,
        place: HandlerPlace,
        process: ProgramContext
    ) throws -> PreparedHandler {
        let arguments = self.pipeline.handling.command
        let program: CommandProgram
        let environment: [String: String]
        do throws(HandlerSetupError) {
            program = try CommandProgram(arguments.words.first ?? "", searchPath: process.aws.environment["PATH"])
            environment = try CommandEnvironment.variables(
                of: process.aws.environment,
                settings: arguments.settings,
                includesCredentials: arguments.passesCredentials,
                profile: self.pipeline.connection.options.profile
            )
        } catch {
            throw Self.failure(error)
        }
        let output = process.output
        let handler = CommandHandler(
            configuration: CommandHandlerConfiguration(
                program: program,
                arguments: Array(arguments.words.dropFirst()),
                environment: environment,
                streamARN: stream.arn,
                timeLimit: arguments.timeLimit,
                isDryRun: self.pipeline.handling.isDryRun,
                report: { plan in output.json(SessionLines.line(for: plan)) }
            ),
            clock: process.clock
        )
        let words = ([program.path] + arguments.words.dropFirst()).map(ShellWord.quoted).joined(separator: " ")
        let variables = environment.keys.sorted().joined(separator: ", ")
        return PreparedHandler(
            handler: handler,
            text: "command \(program.path)\(self.dryRunMark)",
            identity: "command:\(program.path)",
            writes: !self.pipeline.handling.isDryRun,
            question: PreparedHandler.Question(
                lines: Self.lines(
                    account: stream.arn.account,
                    region: place.region,
                    endpoint: place.endpoint,
                    stream: stream
                ) + [
                    "runs           \(words)",
                    "at most        \(DurationArgument(arguments.timeLimit)) for each batch",
                    "with           \(variables.isEmpty ? "no variables" : variables)",
                ],
                text: "Run \(program.path) for each batch of this stream?",
                deed: .run
            )
        )
    }

    /// The function that is invoked.
    func makeFunction(stream: StreamDescription, process: ProgramContext) throws -> PreparedHandler {
        let arguments = self.pipeline.handling.function
        let function: FunctionName
        do throws(HandlerSetupError) {
            function = try FunctionName(arguments.name ?? "")
        } catch {
            throw Self.failure(error)
        }
        let made = try process.handlerConnections(self.pipeline.connection.options).connect(
            to: .lambda,
            region: function.region,
            endpointURL: arguments.endpoint,
            repeatsCalls: false,
            limits: HTTPLimits(
                responseTimeout: FunctionHandlerConfiguration.responseTimeout,
                maximumBodyBytes: FunctionHandlerConfiguration.maximumBodyBytes,
                maximumConnections: 1000,
                keepAliveAfter: .seconds(60)
            )
        )
        self.closers.add(made.shutdown)
        let output = process.output
        let handler = FunctionHandler(
            configuration: FunctionHandlerConfiguration(
                function: function,
                streamARN: stream.arn,
                wantsLogTail: arguments.wantsLog,
                isDryRun: self.pipeline.handling.isDryRun,
                report: { plan in output.json(SessionLines.line(for: plan)) }
            ),
            connection: made.connection
        )
        let account = function.account ?? stream.arn.account
        return PreparedHandler(
            handler: handler,
            text: "function \(function)\(self.dryRunMark)",
            identity: "function:\(function)",
            writes: !self.pipeline.handling.isDryRun,
            functionARN: function.arn(
                partition: stream.arn.text.split(separator: ":").dropFirst().first.map(String.init),
                region: made.region,
                account: account
            ),
            question: PreparedHandler.Question(
                lines: Self.lines(account: account, region: made.region, endpoint: made.endpoint, stream: stream)
                    + ["invokes        \(function)"],
                text: "Invoke \(function) with each batch of this stream?",
                deed: .invoke
            )
        )
    }

    /// The objects that are deleted.
    func makeDeleteObjects(stream: StreamDescription, process: ProgramContext) throws -> PreparedHandler {
        let arguments = self.pipeline.handling.objects
        let bucket: RecordTemplate
        let key: RecordTemplate
        do throws(HandlerSetupError) {
            bucket = try RecordTemplate(arguments.bucket ?? "", option: "--bucket <template>")
            key = try RecordTemplate(arguments.key ?? "", option: "--key <template>")
            for template in [bucket, key] { try template.check(against: stream.viewType) }
        } catch {
            throw Self.failure(error)
        }
        let buckets = try process.handlerConnections(self.pipeline.connection.options)
            .buckets(region: arguments.region, endpointURL: arguments.endpoint)
        self.closers.add { await buckets.shutdown() }
        let output = process.output
        let handler = DeleteObjectsHandler(
            configuration: DeleteObjectsConfiguration(
                bucket: bucket,
                key: key,
                reportsItemFailures: self.pipeline.batches.invocations.functionResponseTypes != nil,
                isDryRun: self.pipeline.handling.isDryRun,
                report: { plan in output.json(SessionLines.line(for: plan)) }
            ),
            buckets: buckets
        )
        let events = ChangeKind.allCases.filter { self.events.isEmpty || self.events.contains($0) }
        return PreparedHandler(
            handler: handler,
            text: "delete objects \(bucket)/\(key)\(self.dryRunMark)",
            identity: "delete-objects:\(bucket)/\(key)",
            writes: !self.pipeline.handling.isDryRun,
            question: PreparedHandler.Question(
                lines: Self.lines(
                    account: stream.arn.account,
                    region: buckets.region,
                    endpoint: buckets.endpoint,
                    stream: stream
                ) + [
                    "deletes from   bucket \(bucket)",
                    "objects        \(key)",
                    "for            \(events.map(\.rawValue).joined(separator: ", "))",
                ],
                text: "Delete from bucket \(bucket) what this stream names?",
                deed: .delete
            )
        )
    }

    /// What is said of a handler that only shows what it would do.
    private var dryRunMark: String { self.pipeline.handling.isDryRun ? " (dry run)" : "" }

    private static func lines(
        account: String?,
        region: String,
        endpoint: String?,
        stream: StreamDescription
    ) -> [String] {
        [
            "account        \(account ?? "-")",
            "region         \(region)",
            "endpoint       \(endpoint ?? "AWS")",
            "stream of      \(stream.tableName)",
        ]
    }

    /// What cannot be set up ends the program before anything begins.
    static func failure(_ error: HandlerSetupError) -> ProgramFailure {
        let isUsage = error.code == .invalidSetting || error.code == .unsupportedDestination
        return ProgramFailure(
            status: isUsage ? ExitStatus.usage : ExitStatus.failure,
            message: error.description
        )
    }
}
