// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import SessionRecording
import StreamSession

/// Builds a consumer that reads a recording instead of a stream: finds the batches, shows what is going to happen, asks.
struct ReplaySetup {
    /// The pipeline's name in sessions and messages: it has no positions.
    private static let pipeline = "replay"

    private let command: ReplayCommand
    private let process: ProgramContext
    private let plan: ReplayPlan
    private let session: SessionDescription
    private let stream: ReplayStream
    /// To the tables; nil if the handler needs none.
    private let client: DynamoDBClient?
    private let handlers: ConsumerSetup

    /// Opens the recording and finds what is chosen.
    ///
    /// - Throws: `ProgramFailure` if it cannot be sent, `RecordingError`, `ConnectionError`.
    init(_ command: ReplayCommand, process: ProgramContext) throws {
        let reader = try RecordingReader(path: command.file)
        guard reader.header.redaction == .none else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message:
                    "the values in \(command.file) were redacted: a handler would get what never was in the stream. Replay needs "
                    + "a recording with its values."
            )
        }
        let state = try reader.finalState()
        guard let session = state.description else {
            throw ProgramFailure(
                status: ExitStatus.damaged,
                message: "the recording \(command.file) does not tell which stream it is about."
            )
        }
        let plan = try ReplayPlan(command.chosen.selection, of: reader)
        try Self.check(plan, of: command, process: process)
        self.command = command
        self.process = process
        self.plan = plan
        self.session = session
        self.stream = ReplayStream(plan, of: reader, session: session, lineage: state.shards.map(\.description))
        self.client = try Self.needsTables(command) ? Self.connect(command, session: session, process: process) : nil
        self.handlers = ConsumerSetup(
            pipeline: try Self.arguments(of: command, session: session),
            forgetsPositions: true,
            retention: command.recording.record == nil ? .figuresOnly : SessionRetention()
        )
    }

    /// Says what is going to happen, asks, and builds.
    ///
    /// - Returns: A consumer that has not begun.
    /// - Throws: `ProgramFailure` unless the user agrees, and what keeps the handler from working.
    func makeConsumer() async throws -> StreamConsumer {
        let handler = try await self.makeHandler()
        let identity = CheckpointIdentity(
            streamARN: self.session.streamARN,
            pipeline: Self.pipeline,
            handler: handler.identity
        )
        let destination = try self.handlers.makeDestination(of: handler, identity: identity, process: self.process)
        try self.ask(handler, destination: destination)
        let eventNames = self.handlers.events
        var configuration = ConsumerConfiguration(
            streamARN: self.session.streamARN,
            pipeline: Self.pipeline,
            startingPosition: .trimHorizon,
            // A page is a batch as it was.
            batchSize: 10_000,
            eventNames: eventNames.count == ChangeKind.allCases.count ? [] : eventNames,
            endsWithShards: true,
            seed: self.process.seed,
            retention: self.handlers.retention
        )
        configuration.readsRecording = true
        configuration.maximumRetryAttempts = self.command.maximumRetryAttempts
        return StreamConsumer(
            configuration: configuration,
            description: self.description(handler, configuration),
            api: self.stream,
            checkpoints: InMemoryCheckpointStore(),
            handler: self.process.log.tracing(handler.handler),
            clock: self.process.clock,
            logger: self.process.log.logger(.engine),
            onFailure: destination?.destination
        )
    }

    /// Why the program fails although the session ended well: not everything was handled; nil: all was.
    func shortfall(of totals: SessionTotals) -> ProgramFailure? {
        let left = totals.dropped
        guard left > 0, !self.command.handling.isDryRun else { return nil }
        return ProgramFailure(
            status: ExitStatus.failure,
            message: "\(RunSummary.count(left, "record")) of \(self.plan.recordCount) were not handled."
        )
    }

    /// Closes what was opened.
    func close() async {
        await self.handlers.closers.close()
        try? await self.client?.shutdown()
    }

    // MARK: -

    private static func needsTables(_ command: ReplayCommand) -> Bool {
        switch command.handling.handler {
        case .delete, .aggregate: true
        case .observe, .command, .function, .deleteObjects: false
        }
    }

    private static func connect(
        _ command: ReplayCommand,
        session: SessionDescription,
        process: ProgramContext
    ) throws -> DynamoDBClient {
        var options = command.connection.options
        // The tables that belong to the stream are where it is.
        options.region = options.region ?? session.region
        return try process.connect(options)
    }

    private func makeHandler() async throws -> PreparedHandler {
        let stream = self.origin
        if let client {
            return try await self.handlers.makeHandler(stream: stream, client: client, process: self.process)
        }
        switch self.command.handling.handler {
        case .command:
            return try self.handlers.makeCommand(
                stream: stream,
                place: HandlerPlace(self.session),
                process: self.process
            )
        case .function: return try self.handlers.makeFunction(stream: stream, process: self.process)
        case .deleteObjects: return try self.handlers.makeDeleteObjects(stream: stream, process: self.process)
        case .observe, .delete, .aggregate: preconditionFailure("a handler that needs tables, or none at all")
        }
    }

    /// The stream for the handler.
    ///
    /// An aggregate notes in its items what it has counted of a stream. A replay is another stream for it, as what it sends
    /// comes in addition, and in any order; it has a label of its own.
    private var origin: StreamDescription {
        var stream = self.stream.description
        guard self.command.handling.handler == .aggregate else { return stream }
        let table = stream.arn.text.dropLast(stream.label.utf8.count)
        stream.label = String(self.process.clock.now.iso8601.dropLast())
        stream.arn = StreamARN("\(table)\(stream.label)")
        return stream
    }

    private func description(
        _ handler: PreparedHandler,
        _ configuration: ConsumerConfiguration
    ) -> SessionDescription {
        SessionDescription(
            pipeline: Self.pipeline,
            streamARN: self.session.streamARN,
            tableName: self.session.tableName,
            viewType: self.session.viewType,
            keyNames: self.session.keyNames,
            region: self.client?.region ?? self.session.region,
            profile: self.client?.profile,
            endpoint: self.client.map { $0.isAWS ? nil : $0.tablesEndpoint } ?? self.session.endpoint,
            handler: handler.text,
            handlerWrites: handler.writes,
            startingPosition: configuration.startingPosition.rawValue,
            batchSize: configuration.batchSize,
            batchWindow: configuration.batchWindow,
            eventNames: ChangeKind.allCases.filter { configuration.eventNames.contains($0) },
            mapping: configuration.mappingSettings(onFailure: self.command.handling.onFailure.destination),
            provisionedWriteCapacity: handler.provisionedWriteCapacity,
            maximumWriteCapacity: handler.maximumWriteCapacity,
            toolVersion: WeirCommand.version
        )
    }

    private func ask(_ handler: PreparedHandler, destination: ConsumerSetup.PreparedDestination?) throws {
        guard let question = handler.question else { return }
        let batches = Self.names(self.plan.batches.map(\.id))
        let records = RunSummary.count(self.plan.recordCount, "record")
        let lines =
            question.lines + [destination?.line].compactMap(\.self)
            + ["sends again    \(records) of \(batches) of \(self.command.file)"]
        for line in lines { self.process.errors.line("  \(line)") }
        if self.command.handling.isDryRun {
            self.process.errors.line("Dry run: nothing is \(question.deed.done).")
        } else if !self.command.handling.yes {
            try self.process.confirm("Send \(records) to \(handler.text) again?", option: "--yes", deed: question.deed)
        }
    }

    /// Refuses to send less than was asked for.
    private static func check(_ plan: ReplayPlan, of command: ReplayCommand, process: ProgramContext) throws {
        if !plan.missing.isEmpty {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "there is no batch \(Self.numbers(plan.missing)) in \(command.file)."
            )
        }
        if !plan.damaged.isEmpty {
            throw ProgramFailure(
                status: ExitStatus.damaged,
                message: "batch \(Self.numbers(plan.damaged)) of \(command.file) is damaged and cannot be sent."
            )
        }
        if plan.gaps > 0 {
            process.errors.line(
                "weir: warning: \(RunSummary.count(plan.gaps, "event")) of \(command.file) are missing or damaged: batches among "
                    + "them are not sent"
            )
        }
        guard plan.recordCount > 0 else {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "nothing in \(command.file) is what --batch, --event-id and --shard ask for."
            )
        }
    }

    /// A few by their numbers, many by their number.
    private static func names(_ batches: [BatchID]) -> String {
        switch batches.count {
        case 1: "batch \(Self.numbers(batches))"
        case ...8: "batches \(Self.numbers(batches))"
        default: RunSummary.count(batches.count, "batch", "batches")
        }
    }

    private static func numbers(_ batches: [BatchID]) -> String {
        batches.map { "\($0.number)" }.joined(separator: ", ")
    }

    private static func arguments(
        of command: ReplayCommand,
        session: SessionDescription
    ) throws -> PipelineArguments {
        var batches = try BatchArguments.parse([])
        batches.events = command.events
        return PipelineArguments(
            settings: try ConfigurationArguments.parse([]),
            stream: try StreamArguments.parse(["--table", session.tableName]),
            connection: command.connection,
            batches: batches,
            handling: command.handling,
            checkpoints: try CheckpointArguments.parse(["--checkpoint-file", "none"]),
            limits: try LimitArguments.parse([])
        )
    }
}
