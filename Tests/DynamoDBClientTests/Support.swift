// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import DynamoDBClient
import DynamoDBModel
import Foundation
import LocalDynamoDB
import LocalEndpoint
import Logging
import StreamSession
import Synchronization
import TestSupport

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

extension DynamoDBClient {
    /// A client of an endpoint on this machine, with nothing from the surroundings.
    static func local(_ url: String, clock: any SessionClock = ImmediateClock()) throws -> DynamoDBClient {
        try DynamoDBClient.connect(
            ConnectionOptions(endpointURL: url),
            context: .empty,
            now: { clock.now },
            sleep: { try await clock.sleep(for: $0) },
            random: { 0.5 },
            logger: silent
        )
    }

    /// Makes a client, lends it and shuts it down.
    static func with<Value>(
        _ url: String,
        clock: any SessionClock = ImmediateClock(),
        _ body: (DynamoDBClient) async throws -> Value
    ) async throws -> Value {
        let client = try DynamoDBClient.local(url, clock: clock)
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }
}

/// Runs the embedded endpoint on a free port while a body runs.
func withLocalEndpoint(
    clock: any SessionClock = ImmediateClock(),
    shardsPerTable: Int = 1,
    faults: [String] = [],
    _ body: (String) async throws -> Void
) async throws {
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    let store = try LocalStore(
        configuration: LocalStoreConfiguration(shardsPerTable: shardsPerTable),
        clock: clock
    )
    let server = LocalEndpointServer(
        store: store,
        configuration: LocalEndpointConfiguration(
            port: 0,
            faults: try faults.map { (text) throws in try FaultSpecification(text) },
            faultSeed: 7
        ),
        clock: clock,
        logger: silent,
        onListening: { continuation.yield($0) }
    )
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        for await port in ports {
            try await body("http://127.0.0.1:\(port)")
            return
        }
    }
}

/// Answers from a list and keeps what it was asked.
final class ScriptedHTTP: HTTPExecutor {
    typealias Answer = Result<HTTPReply, HTTPFailure>
    private let state: Mutex<(answers: [Answer], messages: [HTTPMessage])>

    init(_ answers: [Answer]) {
        self.state = Mutex((answers, []))
    }

    var messages: [HTTPMessage] { self.state.withLock { $0.messages } }

    func execute(_ message: HTTPMessage) async throws(HTTPFailure) -> HTTPReply {
        let answer = self.state.withLock { state -> Answer in
            state.messages.append(message)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        return try answer.get()
    }

    func shutdown() async throws {}

    /// A client that sends through here.
    func client(endpoint: String = "http://127.0.0.1:8000", attempts: Int = 1) throws -> DynamoDBClient {
        let endpoint = try ServiceEndpoint(parsing: endpoint, origin: .option)
        var retry = RetryConfiguration.standard
        retry.maximumAttempts = attempts
        return DynamoDBClient(
            region: "us-east-1",
            profile: nil,
            endpoints: (tables: endpoint, streams: endpoint),
            credentials: StaticCredentials(.forLoopback),
            retry: retry,
            http: self,
            surroundings: ServiceConnection.Surroundings(now: { 0 }, sleep: { _ in }, random: { 0.5 }),
            logger: silent
        )
    }
}

extension Result where Success == HTTPReply, Failure == HTTPFailure {
    static func ok(_ body: String, headers: [(String, String)] = []) -> Self {
        let id = [("x-amzn-RequestId", "REQUEST1")]
        return .success(HTTPReply(status: 200, headers: id + headers, body: Array(body.utf8)))
    }

    static func refused(_ code: String, status: Int = 400) -> Self {
        let body = #"{"__type":"com.amazonaws.dynamodb.v20120810#\#(code)","message":"a text"}"#
        return .success(
            HTTPReply(status: status, headers: [("x-amzn-RequestId", "REQUEST1")], body: Array(body.utf8))
        )
    }
}
