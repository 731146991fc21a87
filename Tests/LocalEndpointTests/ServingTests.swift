// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import LocalEndpoint
import Logging
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ServingTests {
    @Test func aPortInUseIsAnErrorThatSaysWhatToDo() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            let second = LocalEndpointServer(
                store: endpoint.store,
                configuration: LocalEndpointConfiguration(port: endpoint.port),
                clock: endpoint.clock,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let error = await #expect(throws: LocalEndpointError.self) { try await second.run() }
            #expect(error?.code == .portInUse)
            #expect(error?.description.contains("\(endpoint.port)") == true)
            #expect(error?.description.contains("port 0") == true)
        }
    }

    @Test func anAddressOfAnotherMachineIsAnErrorThatSaysSo() async throws {
        let clock = ManualClock()
        let server = LocalEndpointServer(
            store: try LocalStore(clock: clock),
            configuration: LocalEndpointConfiguration(host: "192.0.2.1"),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let error = await #expect(throws: LocalEndpointError.self) { try await server.run() }
        #expect(error?.code == .cannotListen)
        #expect(error?.description.contains("192.0.2.1") == true)
    }

    @Test func aHostWithoutAnAddressIsAnErrorThatSaysSo() async throws {
        let clock = ManualClock()
        // Too long for a name, so that nobody is asked for it.
        let host = String(repeating: "a", count: 300)
        let server = LocalEndpointServer(
            store: try LocalStore(clock: clock),
            configuration: LocalEndpointConfiguration(host: host),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let error = await #expect(throws: LocalEndpointError.self) { try await server.run() }
        #expect(error?.code == .cannotListen)
        #expect(error?.description.contains("'\(host)'") == true)
    }

    @Test func onlyLoopbackAddressesCountAsSuch() {
        for host in ["127.0.0.1", "localhost", "::1", "127.9.9.9"] {
            #expect(LocalEndpointConfiguration(host: host).isLoopback, "\(host)")
        }
        for host in ["0.0.0.0", "::", "192.168.1.1", "example.com", "127.example.com"] {
            #expect(!LocalEndpointConfiguration(host: host).isLoopback, "\(host)")
        }
    }

    @Test func manyWritersAtOnceLeaveAStreamThatMatchesTheTable() async throws {
        try await EndpointFixture.with(shards: 3) { (endpoint) async throws in
            try await endpoint.createTable("Table", stream: true)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for index in 0..<20 {
                            let answer = try await endpoint.call(
                                "UpdateItem",
                                #"""
                                {"TableName":"Table","Key":{"id":{"S":"k\#(index % 5)"}},"UpdateExpression":"ADD n :n SET w = :w",
                                "ExpressionAttributeValues":{":n":{"N":"1"},":w":{"N":"\#(writer)"}}}
                                """#
                            )
                            #expect(answer.status == 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let arn = try #require(try await endpoint.store.describeTable("Table").latestStreamARN)
            var images: [AttributeValue: Item] = [:]
            var count = 0
            for shard in try await endpoint.store.describeStream(DescribeStreamRequest(arn: arn)).shards {
                let iterator = try await endpoint.store.shardIterator(
                    ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
                )
                for record in try await endpoint.store.records(at: iterator, limit: 1000).records {
                    let new = try #require(try record.newImage?.decoded())
                    let id = try #require(new["id"])
                    #expect(try record.oldImage?.decoded() == images[id])
                    images[id] = new
                    count += 1
                }
            }
            #expect(count == 160)
            let items = try await endpoint.store.scan(ScanRequest(tableName: "Table")).items
            #expect(Set(items) == Set(images.values))
            #expect(items.allSatisfy { $0["n"] == .number(DecimalNumber(32)) })
        }
    }
}
