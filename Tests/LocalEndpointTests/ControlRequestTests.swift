// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import LocalEndpoint
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ControlRequestTests {
    private func control(_ endpoint: EndpointFixture, _ operation: String, _ json: String) async throws -> JSONValue {
        let answer = try await endpoint.call("WeirLocal_20260101.\(operation)", json)
        #expect(answer.status == 200, "\(answer.text)")
        return try JSONValue(parsing: answer.body)
    }

    @Test func shardsRollOverAndSplit() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table", stream: true)
            let rolled = try await self.control(endpoint, "RollOverShard", #"{"TableName":"Table"}"#)
            let child = try #require(rolled["ShardIds"]?.array?.first?.string)
            let split = try await self.control(endpoint, "SplitShard", #"{"TableName":"Table","ShardId":"\#(child)"}"#)
            #expect(split["ShardIds"]?.array?.count == 2)
            let arn = try #require(try await endpoint.store.describeTable("Table").latestStreamARN)
            let shards = try await endpoint.store.describeStream(DescribeStreamRequest(arn: arn)).shards
            #expect(shards.count == 4 && shards.filter(\.isClosed).count == 2)
            #expect(shards.filter { $0.parent?.text == child }.count == 2)
        }
    }

    @Test func recordsAreTrimmedAndIteratorsExpire() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table", stream: true)
            for id in ["a", "b"] {
                _ = try await endpoint.call("PutItem", #"{"TableName":"Table","Item":{"id":{"S":"\#(id)"}}}"#)
                endpoint.clock.advance(by: .seconds(10))
            }
            let arn = try #require(try await endpoint.store.describeTable("Table").latestStreamARN)
            let shard = try await endpoint.store.describeStream(DescribeStreamRequest(arn: arn)).shards[0]
            let iterator = try await endpoint.store.shardIterator(
                ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
            )
            let body = #"{"ShardIterator":"\#(iterator.text)"}"#
            let streams = "DynamoDBStreams_20120810.GetRecords"
            #expect(try await endpoint.call(streams, body).status == 200)
            let removed = try await self.control(
                endpoint,
                "TrimStream",
                #"{"TableName":"Table","CreatedUpTo":1700000005.5}"#
            )
            #expect(removed["RecordsRemoved"]?.number == "1")
            #expect(try await endpoint.call(streams, body).error.code == .trimmedDataAccess)
            _ = try await self.control(endpoint, "ExpireIterators", "{}")
            #expect(try await endpoint.call(streams, body).error.code == .expiredIterator)
        }
    }

    @Test func theLogTellsItsFigures() async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table")
            _ = try await endpoint.call("PutItem", #"{"TableName":"Table","Item":{"id":{"S":"a"}}}"#)
            let log = try await self.control(endpoint, "RequestLog", "")
            let put = try #require(log["Requests"]?.array?.first { $0["Operation"]?.string == "PutItem" })
            #expect(put["TableName"]?.string == "Table")
            #expect(put["Requests"]?.number == "1" && put["ItemsWritten"]?.number == "1")
            #expect(put["WriteCapacityUnits"]?.number == "1.0")
            #expect(log["StartedAt"]?.number == "1700000000.0")
        }
    }

    @Test(arguments: [
        ("RollOverShard", "{}"), ("RollOverShard", #"{"TableName":7}"#), ("SplitShard", #"{"TableName":"Table"}"#),
        ("TrimStream", #"{"TableName":"Table","CreatedUpTo":"x"}"#), ("RequestLog", #"{"More":1}"#),
        ("RequestLog", "["),
    ])
    func whatIsWrongIsRefused(_ operation: String, _ body: String) async throws {
        try await EndpointFixture.with { (endpoint) async throws in
            try await endpoint.createTable("Table")
            #expect(try await endpoint.call("WeirLocal_20260101.\(operation)", body).status == 400)
        }
    }
}
