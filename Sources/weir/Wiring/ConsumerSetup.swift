// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import Logging
import RecordHandlers
import StreamSession

/// Builds a consumer from the options of `run` and `monitor`: finds the stream, checks what may be deleted, asks.
struct ConsumerSetup {
    var pipeline: PipelineArguments
    /// Whether positions are kept in memory when no file is named.
    var forgetsPositions: Bool
    /// Which parts of the session are kept for viewers.
    var retention: SessionRetention
    /// Gets what is to be closed behind the consumer.
    let closers = Closers()

    /// Events that are handled; empty: all.
    var events: Set<ChangeKind> { self.pipeline.batches.events ?? self.pipeline.handling.defaultEvents }

    /// Finds, checks, asks and builds; says on standard error what is going to happen.
    ///
    /// - Parameters:
    ///   - client: The connection.
    ///   - process: The program's surroundings.
    ///   - recordsOutput: Where records are written, nil: nowhere.
    /// - Returns: A consumer that has not begun, with its handler for what is sent once more.
    /// - Throws: Why there is none: ``ProgramFailure``, or what storage and service say.
    func makeConsumer(
        client: DynamoDBClient,
        process: ProgramContext,
        recordsOutput: LineOutput? = nil
    ) async throws -> PreparedConsumer {
        let locator = StreamLocator(
            streams: client,
            tables: client,
            commandOptions: process.commandOptions(of: client)
        )
        let located = try await Patience.waiting(for: client.tablesEndpoint, process: process) {
            try await locator.locate(table: self.pipeline.stream.table, streamARN: self.pipeline.stream.streamARN)
        }
        let stream = located.stream
        let handler = try await self.makeHandler(stream: stream, client: client, process: process)
        let identity = CheckpointIdentity(
            streamARN: stream.arn,
            pipeline: self.pipeline.checkpoints.pipeline,
            handler: handler.identity
        )
        let destination = try self.makeDestination(of: handler, identity: identity, process: process)
        try self.ask(handler.question, destination: destination, process: process)
        let batchWindow = self.pipeline.batches.batchWindow?.duration ?? .zero
        let startingPosition = self.pipeline.batches.startingPosition ?? .latest
        let filters = try self.pipeline.batches.filterCriteria()
        let eventNames = self.events
        var configuration = ConsumerConfiguration(
            streamARN: stream.arn,
            pipeline: self.pipeline.checkpoints.pipeline,
            startingPosition: startingPosition,
            batchSize: self.pipeline.batches.batchSize,
            batchWindow: batchWindow,
            eventNames: eventNames.count == ChangeKind.allCases.count ? [] : eventNames,
            filters: filters,
            endsWithShards: self.pipeline.limits.untilShardsEnd,
            untilIdle: self.pipeline.limits.untilIdle?.duration,
            maxRecords: self.pipeline.limits.maxRecords,
            runFor: self.pipeline.limits.runFor?.duration,
            otherReaders: self.countOtherReaders(of: located, client: client, process: process),
            seed: process.seed,
            retention: self.retention
        )
        configuration.isEnabled = self.pipeline.settings.isEnabled
        self.pipeline.batches.invocations.apply(to: &configuration)
        let description = SessionDescription(
            pipeline: self.pipeline.checkpoints.pipeline,
            streamARN: stream.arn,
            tableName: stream.tableName,
            viewType: stream.viewType,
            keyNames: stream.keyNames,
            region: client.region,
            profile: client.profile,
            endpoint: client.isAWS ? nil : client.streamsEndpoint,
            handler: handler.text,
            handlerWrites: handler.writes,
            startingPosition: startingPosition.rawValue,
            batchSize: self.pipeline.batches.batchSize,
            batchWindow: batchWindow,
            eventNames: ChangeKind.allCases.filter { configuration.eventNames.contains($0) },
            mapping: configuration.mappingSettings(
                onFailure: destination.flatMap { _ in self.pipeline.handling.onFailure.destination }
            ),
            provisionedWriteCapacity: handler.provisionedWriteCapacity,
            maximumWriteCapacity: handler.maximumWriteCapacity,
            toolVersion: WeirCommand.version
        )
        let store = try await self.makeCheckpoints(identity: identity, process: process)
        try await self.tellStart(description: description, store: store, process: process)
        Self.tell(filters, process: process)
        if !self.pipeline.settings.isEnabled { process.errors.line("Disabled: nothing is read. --enabled reads.") }
        let inner = process.log.tracing(handler.handler)
        let consumer = StreamConsumer(
            configuration: configuration,
            description: description,
            api: client.reportingReadFailures(),
            checkpoints: store,
            handler: recordsOutput.map { RecordWritingHandler(output: $0, inner: inner) } ?? inner,
            clock: process.clock,
            logger: process.log.logger(.engine),
            onFailure: destination?.destination
        )
        // Who asks for a replay sees what came of it: the failure destination is for what the stream brought.
        var replays = ReplayTarget(handler: handler, events: eventNames, place: HandlerPlace(client))
        replays.untoldDestination = description.mapping.onFailure
        return PreparedConsumer(consumer: consumer, replays: handler.writes ? replays : nil)
    }
}
