// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import CheckpointFiles
import ConsumerEngine
package import DynamoDBClient
import DynamoDBModel
package import LocalDynamoDB
package import LocalEndpoint
package import Logging
import RecordHandlers
package import StreamSession

/// A pipeline on this machine: the embedded endpoint with the story's tables, and a client that talks to it over HTTP.
///
/// The client gets made-up credentials, an address of this machine and an empty environment: whatever variables and
/// profiles the user has, nothing of them is read, so nothing can reach a real account.
package struct DemoPipeline: Sendable {
    /// The region that the endpoint's names have.
    package static let region = "us-east-1"

    /// What it was made from.
    package let configuration: DemoConfiguration
    /// Where the endpoint listens, `http://127.0.0.1:…`.
    package let endpoint: String
    /// The connection to it.
    package let client: DynamoDBClient
    /// The endpoint's store, for what only a test or a demo may do.
    package let store: LocalStore
    /// What the endpoint counted of the requests it got.
    package let requestLog: RequestLog
    /// The faults that the endpoint injects.
    package let faults: FaultInjector
    let clock: any SessionClock
    let loggers: DemoLoggers

    /// Starts the endpoint, creates the tables, runs the body and stops everything.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - clock: The time of endpoint and engine.
    ///   - loggers: Where endpoint, client and engine log.
    ///   - dropRequest: For tests: whether the endpoint answers a request as done without doing it.
    ///   - body: What is done while it runs.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, or why the endpoint does not run.
    package static func run<Result: Sendable>(
        _ configuration: DemoConfiguration,
        clock: any SessionClock,
        loggers: DemoLoggers,
        dropRequest: (@Sendable (_ operation: String, _ index: Int) -> Bool)? = nil,
        body: @escaping @Sendable (DemoPipeline) async throws -> Result
    ) async throws -> Result {
        let store = try LocalStore(
            configuration: LocalStoreConfiguration(region: Self.region, shardsPerTable: configuration.shards),
            clock: clock
        )
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = LocalEndpointServer(
            store: store,
            configuration: LocalEndpointConfiguration(
                host: "127.0.0.1",
                port: 0,
                expiryInterval: .seconds(10),
                faultSeed: configuration.seed,
                dropRequest: dropRequest
            ),
            clock: clock,
            logger: loggers.endpoint,
            onListening: { listening.yield($0) }
        )
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                defer { listening.finish() }
                try await server.run()
                return nil
            }
            group.addTask {
                for await port in ports {
                    return try await Self.connected(
                        port: port,
                        store: store,
                        server: server,
                        configuration: configuration,
                        clock: clock,
                        loggers: loggers,
                        body: body
                    )
                }
                return nil
            }
            defer { group.cancelAll() }
            while let end = try await group.next() {
                if let result = end { return result }
            }
            throw CancellationError()
        }
    }

    private static func connected<Result: Sendable>(
        port: Int,
        store: LocalStore,
        server: LocalEndpointServer,
        configuration: DemoConfiguration,
        clock: any SessionClock,
        loggers: DemoLoggers,
        body: @Sendable (DemoPipeline) async throws -> Result
    ) async throws -> Result {
        let endpoint = "http://127.0.0.1:\(port)"
        let client = try Self.connect(to: endpoint, clock: clock, logger: loggers.client)
        let pipeline = DemoPipeline(
            configuration: configuration,
            endpoint: endpoint,
            client: client,
            store: store,
            requestLog: server.requestLog,
            faults: server.faults,
            clock: clock,
            loggers: loggers
        )
        do {
            try await StoryTables.create(on: client, stagingWriteCapacity: configuration.stagingWriteCapacity)
            let result = try await body(pipeline)
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

extension DemoPipeline {
    /// The same with one logger for all parts.
    package static func run<Result: Sendable>(
        _ configuration: DemoConfiguration,
        clock: any SessionClock,
        logger: Logger,
        dropRequest: (@Sendable (_ operation: String, _ index: Int) -> Bool)? = nil,
        body: @escaping @Sendable (DemoPipeline) async throws -> Result
    ) async throws -> Result {
        try await Self.run(
            configuration,
            clock: clock,
            loggers: DemoLoggers(logger),
            dropRequest: dropRequest,
            body: body
        )
    }

    /// Lets go wrong what the configuration asks for: not before all is set up.
    package func injectFaults() {
        for fault in self.configuration.faults { self.faults.inject(fault) }
    }

    /// Connects with an empty environment: an endpoint on this machine needs no credentials, and none are looked for.
    private static func connect(
        to endpoint: String,
        clock: any SessionClock,
        logger: Logger
    ) throws(ConnectionError) -> DynamoDBClient {
        try DynamoDBClient.connect(
            ConnectionOptions(region: Self.region, endpointURL: endpoint),
            context: .empty,
            now: { clock.now },
            sleep: { try await clock.sleep(for: $0) },
            logger: logger
        )
    }
}
