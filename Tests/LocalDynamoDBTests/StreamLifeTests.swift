// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StreamLifeTests {
    private static let day: Duration = .seconds(24 * 60 * 60)

    private func setStream(_ fixture: StoreFixture, _ viewType: StreamViewType?) async throws {
        _ = try await fixture.store.updateTable(
            UpdateTableRequest(
                tableName: StoreFixture.messages,
                stream: StreamSpecification(viewType: viewType)
            )
        )
    }

    @Test func theARNIsTheTablesWithALabelOfItsTime() async throws {
        let fixture = try await StoreFixture()
        let table = try await fixture.store.describeTable(StoreFixture.messages)
        let label = try #require(table.latestStreamLabel)
        #expect(label == "2023-11-14T22:13:20.000")
        #expect(table.latestStreamARN?.text == "\(table.arn)/stream/\(label)")
        let staging = try await fixture.store.describeTable(StoreFixture.staging)
        #expect(staging.latestStreamARN == nil && staging.latestStreamLabel == nil && staging.streamViewType == nil)
    }

    @Test func disablingClosesTheShardsAndKeepsTheRecordsForADay() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a"))
        let arn = try await fixture.streamARN()
        fixture.clock.advance(by: .seconds(60))
        try await self.setStream(fixture, nil)
        let stream = try await fixture.store.describeStream(DescribeStreamRequest(arn: arn))
        #expect(stream.status == .disabled)
        #expect(stream.shards.allSatisfy { $0.isClosed })
        #expect(try await fixture.records().count == 1)
        #expect(try await fixture.store.listStreams(ListStreamsRequest()).streams.map(\.arn) == [arn])
        try await fixture.put(StoreFixture.item("b"))
        #expect(try await fixture.records().count == 1)
        fixture.clock.advance(by: Self.day)
        let gone = await refusal { _ = try await fixture.store.describeStream(DescribeStreamRequest(arn: arn)) }
        #expect(gone?.code == .resourceNotFound)
        #expect(try await fixture.store.listStreams(ListStreamsRequest()).streams.isEmpty)
    }

    @Test func enablingAgainMakesANewEmptyStreamBesideTheOldOne() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a"))
        let old = try await fixture.streamARN()
        try await self.setStream(fixture, nil)
        try await self.setStream(fixture, .keysOnly)
        let new = try await fixture.streamARN()
        #expect(new != old)
        #expect(try await fixture.records().isEmpty)
        let shard = try #require(try await fixture.shards(old).first)
        let iterator = try await fixture.store.shardIterator(
            ShardIteratorRequest(arn: old, shard: shard.id, position: .trimHorizon)
        )
        #expect(try await fixture.store.records(at: iterator, limit: 10).records.count == 1)
    }

    @Test func aStreamIsEnabledOnceAndDisabledOnce() async throws {
        let fixture = try await StoreFixture()
        let twice = await refusal { try await self.setStream(fixture, .newImage) }
        #expect(twice?.code == .validation)
        #expect(twice?.message.contains("already") == true && twice?.message.contains("enabled") == true)
        try await self.setStream(fixture, nil)
        let none = await refusal { try await self.setStream(fixture, nil) }
        #expect(none?.code == .validation)
    }

    @Test func aDeletedTablesStreamStaysReadableForADayAndANewTableHasItsOwn() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a"))
        let old = try await fixture.streamARN()
        _ = try await fixture.store.deleteTable(StoreFixture.messages)
        let shard = try #require(try await fixture.shards(old).first)
        #expect(shard.isClosed)
        let iterator = try await fixture.store.shardIterator(
            ShardIteratorRequest(arn: old, shard: shard.id, position: .trimHorizon)
        )
        #expect(try await fixture.store.records(at: iterator, limit: 10).records.count == 1)
        _ = try await fixture.store.createTable(
            CreateTableRequest(
                tableName: StoreFixture.messages,
                keySchema: StoreFixture.keySchema,
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newImage)
            )
        )
        #expect(try await fixture.streamARN() != old)
        #expect(try await fixture.records().isEmpty)
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
    }

    @Test func recordsGoAfterADayAndPositionsBehindThatAreRefused() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("old"))
        let first = try #require(try await fixture.records().first)
        let shard = try #require(try await fixture.shards().first).id
        fixture.clock.advance(by: .seconds(60))
        try await fixture.put(StoreFixture.item("young"))
        fixture.clock.advance(by: Self.day - .seconds(61))
        #expect(try await fixture.records().count == 2)
        let iterator = try await fixture.iterator(shard, .trimHorizon)
        fixture.clock.advance(by: .seconds(1))
        let records = try await fixture.records()
        #expect(try records.map { try $0.keys.decoded()["messageId"] } == [.string("young")])
        let read = await refusal { _ = try await fixture.store.records(at: iterator, limit: 10) }
        #expect(read?.code == .trimmedDataAccess)
        let at = await refusal { _ = try await fixture.iterator(shard, .at(first.sequenceNumber)) }
        #expect(at?.code == .trimmedDataAccess)
        let after = try await fixture.iterator(shard, .after(first.sequenceNumber))
        #expect(try await fixture.store.records(at: after, limit: 10).records == records)
    }

    @Test func aClosedShardGoesADayAfterItClosed() async throws {
        let fixture = try await StoreFixture()
        let parent = try #require(try await fixture.shards().first).id
        try fixture.store.rollOver(table: StoreFixture.messages)
        fixture.clock.advance(by: Self.day)
        let shards = try await fixture.shards()
        #expect(shards.count == 1)
        #expect(shards[0].parent == parent)
        let gone = await refusal { _ = try await fixture.iterator(parent, .trimHorizon) }
        #expect(gone?.code == .resourceNotFound)
    }

    @Test func trimmingOnDemandRemovesWhatIsThere() async throws {
        let fixture = try await StoreFixture()
        for index in 0..<3 { try await fixture.put(StoreFixture.item("a", index)) }
        let first = try #require(try await fixture.records().first)
        let shard = try #require(try await fixture.shards().first).id
        #expect(try fixture.store.trim(table: StoreFixture.messages) == 3)
        #expect(try await fixture.records().isEmpty)
        let at = await refusal { _ = try await fixture.iterator(shard, .at(first.sequenceNumber)) }
        #expect(at?.code == .trimmedDataAccess)
        try await fixture.put(StoreFixture.item("a", 9))
        #expect(try await fixture.records().count == 1)
    }

    @Test func listingStreamsPagesAndFilters() async throws {
        let fixture = try await StoreFixture()
        for index in 0..<4 {
            _ = try await fixture.store.createTable(
                CreateTableRequest(
                    tableName: "More\(index)",
                    keySchema: StoreFixture.keySchema,
                    billingMode: .payPerRequest,
                    stream: StreamSpecification(viewType: .newImage)
                )
            )
        }
        var names: [String] = []
        var start: StreamARN?
        repeat {
            let page = try await fixture.store.listStreams(ListStreamsRequest(limit: 2, exclusiveStartStreamARN: start))
            names += page.streams.map(\.tableName)
            start = page.lastEvaluatedStreamARN
            if names.count == 2 { _ = try await fixture.store.deleteTable(names[1]) }
        } while start != nil
        #expect(Set(names) == ["MessagesTable", "More0", "More1", "More2", "More3"])
        #expect(names.count == 5)
        let filtered = try await fixture.store.listStreams(ListStreamsRequest(tableName: StoreFixture.staging))
        #expect(filtered.streams.isEmpty && filtered.lastEvaluatedStreamARN == nil)
        for limit in [0, 101] {
            let refused = await refusal { _ = try await fixture.store.listStreams(ListStreamsRequest(limit: limit)) }
            #expect(refused?.code == .validation)
        }
        let malformed = await refusal {
            _ = try await fixture.store.listStreams(ListStreamsRequest(exclusiveStartStreamARN: StreamARN("nonsense")))
        }
        #expect(malformed?.code == .validation)
    }

    @Test func anARNThatIsNoneDiffersFromOneOfNothing() async throws {
        let fixture = try await StoreFixture()
        let malformed = await refusal {
            _ = try await fixture.store.describeStream(DescribeStreamRequest(arn: StreamARN("x")))
        }
        #expect(malformed?.code == .validation)
        let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/None/stream/2020-01-01T00:00:00.000"
        let missing = await refusal {
            _ = try await fixture.store.describeStream(DescribeStreamRequest(arn: StreamARN(arn)))
        }
        #expect(missing?.code == .resourceNotFound)
        #expect(missing?.message.hasPrefix("Requested resource not found: Stream: ") == true)
    }
}
