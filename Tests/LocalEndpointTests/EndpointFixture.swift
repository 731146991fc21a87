// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import DynamoDBModel
import LocalDynamoDB
import LocalEndpoint
import Logging
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// An endpoint on a free port of this machine, with a store in memory.
struct EndpointFixture: Sendable {
    let url: String
    let port: Int
    let store: LocalStore
    let clock: ManualClock
    let log: RequestLog

    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: self.body, as: UTF8.self) }
        var error: DynamoDBError {
            DynamoDBError(status: self.status, body: self.body, requestID: nil, operation: nil)
        }
    }

    /// Runs an endpoint for as long as `body` takes.
    static func with(
        shards: Int = 1,
        host: String = "127.0.0.1",
        additionalHosts: Set<String> = [],
        expiryInterval: Duration? = nil,
        faults: [String] = [],
        dropRequest: (@Sendable (String, Int) -> Bool)? = nil,
        _ body: @Sendable (EndpointFixture) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let store = try LocalStore(
            configuration: LocalStoreConfiguration(region: "eu-west-1", shardsPerTable: shards),
            clock: clock
        )
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = LocalEndpointServer(
            store: store,
            configuration: LocalEndpointConfiguration(
                host: host,
                additionalHosts: additionalHosts,
                expiryInterval: expiryInterval,
                faults: try faults.map { (text) throws in try FaultSpecification(text) },
                faultSeed: 7,
                dropRequest: dropRequest
            ),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onListening: { port in
                continuation.yield(port)
                continuation.finish()
            }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await server.run()
            }
            var iterator = ports.makeAsyncIterator()
            if let port = await iterator.next() {
                let fixture = EndpointFixture(
                    url: "http://127.0.0.1:\(port)",
                    port: port,
                    store: store,
                    clock: clock,
                    log: server.requestLog
                )
                try await body(fixture)
                group.cancelAll()
            }
            try await group.waitForAll()
        }
    }

    func send(
        _ target: String?,
        _ body: some Sequence<UInt8>,
        headers: [(String, String)] = [],
        method: String = "POST",
        path: String = "/"
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: self.url + path)
        request.method = .RAW(value: method)
        if let target { request.headers.add(name: "X-Amz-Target", value: target) }
        request.headers.add(name: "Content-Type", value: "application/x-amz-json-1.0")
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        let bytes = Array(body)
        if method == "POST" { request.body = .bytes(bytes) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let buffer = try await response.body.collect(upTo: 32 << 20)
        var fields: [String: String] = [:]
        for header in response.headers { fields[header.name.lowercased()] = header.value }
        return Answer(
            status: Int(response.status.code),
            headers: fields,
            body: Array(buffer.readableBytesView)
        )
    }

    /// Calls an operation of DynamoDB, or of Streams with its prefix.
    func call(_ operation: String, _ json: String, headers: [(String, String)] = []) async throws -> Answer {
        let target = operation.contains(".") ? operation : "DynamoDB_20120810.\(operation)"
        return try await self.send(target, json.utf8, headers: headers)
    }

    /// Creates a table `name` with the partition key `id`.
    func createTable(_ name: String, stream: Bool = false) async throws {
        let specification = #","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}"#
        let answer = try await self.call(
            "CreateTable",
            #"""
            {"TableName":"\#(name)","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
            "BillingMode":"PAY_PER_REQUEST"\#(stream ? specification : "")}
            """#
        )
        #expect(answer.status == 200, "\(answer.text)")
    }
}
