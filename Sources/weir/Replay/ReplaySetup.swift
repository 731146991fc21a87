// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import ConsumerEngine
import DynamoDBClient
import DynamoDBModel
import StreamSession

/// Builds the handler that gets records of a recording once more.
struct ReplaySetup {
    private let options: ReplayOptions
    private let process: ProgramContext
    private let session: SessionDescription
    /// To the tables; nil if the handler needs none.
    private let client: DynamoDBClient?
    private let handlers: ConsumerSetup

    /// Connects to where the handler writes.
    ///
    /// - Throws: `ConnectionError`.
    init(_ session: SessionDescription, options: ReplayOptions, process: ProgramContext) throws {
        self.options = options
        self.process = process
        self.session = session
        self.client = try Self.needsTables(options) ? Self.connect(options, session: session, process: process) : nil
        self.handlers = ConsumerSetup(
            pipeline: try Self.arguments(of: options, session: session),
            forgetsPositions: true,
            retention: .figuresOnly
        )
    }

    /// What the recording is about, with the place of the target.
    var placedSession: SessionDescription {
        var session = self.session
        guard let client else { return session }
        session.region = client.region
        session.profile = client.profile
        session.endpoint = client.isAWS ? nil : client.tablesEndpoint
        return session
    }

    /// Builds the handler after its checks.
    ///
    /// - Throws: What keeps it from working.
    func makeTarget() async throws -> ReplayTarget {
        let handler = try await self.makeHandler()
        let identity = CheckpointIdentity(
            streamARN: self.session.streamARN,
            pipeline: ReplayTarget.pipeline,
            handler: handler.identity
        )
        return ReplayTarget(
            handler: handler,
            events: self.handlers.events,
            place: HandlerPlace(self.placedSession),
            maximumRetryAttempts: self.options.maximumRetryAttempts,
            destination: try self.handlers.makeDestination(of: handler, identity: identity, process: self.process),
            destinationName: self.options.handling.onFailure.destination
        )
    }

    /// Closes what was opened.
    func close() async {
        await self.handlers.closers.close()
        try? await self.client?.shutdown()
    }

    // MARK: -

    private static func needsTables(_ options: ReplayOptions) -> Bool {
        switch options.handling.handler {
        case .delete, .aggregate: true
        case .observe, .command, .function, .deleteObjects: false
        }
    }

    private static func connect(
        _ options: ReplayOptions,
        session: SessionDescription,
        process: ProgramContext
    ) throws -> DynamoDBClient {
        var connection = options.connection.options
        // The tables that belong to the stream are where it is.
        connection.region = connection.region ?? session.region
        return try process.connect(connection)
    }

    private func makeHandler() async throws -> PreparedHandler {
        let stream = StreamDescription(
            arn: self.session.streamARN,
            label: self.session.streamARN.label ?? "",
            tableName: self.session.tableName,
            status: .disabled,
            viewType: self.session.viewType,
            keyNames: self.session.keyNames,
            shards: []
        )
        if let client {
            return try await self.handlers.makeHandler(stream: stream, client: client, process: self.process)
        }
        switch self.options.handling.handler {
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

    private static func arguments(
        of options: ReplayOptions,
        session: SessionDescription
    ) throws -> PipelineArguments {
        var batches = try BatchArguments.parse([])
        batches.events = options.events
        return PipelineArguments(
            settings: try ConfigurationArguments.parse([]),
            stream: try StreamArguments.parse(["--table", session.tableName]),
            connection: options.connection,
            batches: batches,
            handling: options.handling,
            checkpoints: try CheckpointArguments.parse(["--checkpoint-file", "none"]),
            limits: try LimitArguments.parse([])
        )
    }
}
