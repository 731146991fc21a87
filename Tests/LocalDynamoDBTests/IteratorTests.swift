// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct IteratorTests {
    @Test func positionsBeginWhereTheySay() async throws {
        let fixture = try await StoreFixture()
        for index in 0..<4 { try await fixture.put(StoreFixture.item("m", index)) }
        let shard = try #require(try await fixture.shards().first)
        let numbers = try await fixture.records().map(\.sequenceNumber)
        let store = fixture.store
        func read(_ position: ShardPosition) async throws -> [SequenceNumber] {
            try await store.records(at: fixture.iterator(shard.id, position), limit: 1000).records.map(\.sequenceNumber)
        }
        #expect(try await read(.trimHorizon) == numbers)
        #expect(try await read(.at(numbers[1])) == Array(numbers[1...]))
        #expect(try await read(.after(numbers[1])) == Array(numbers[2...]))
        #expect(try await read(.at(shard.range.start)) == numbers)
        #expect(try await read(.latest).isEmpty)
        let latest = try await fixture.iterator(shard.id, .latest)
        try await fixture.put(StoreFixture.item("m", 9))
        #expect(try await store.records(at: latest, limit: 1000).records.count == 1)
    }

    @Test func anIteratorIsDifferentEachTimeAndReadsTheSameTwice() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("m"))
        let shard = try #require(try await fixture.shards().first)
        let first = try await fixture.iterator(shard.id, .trimHorizon)
        let second = try await fixture.iterator(shard.id, .trimHorizon)
        #expect(first != second)
        let arn = try await fixture.streamARN()
        #expect(first.text.hasPrefix("\(arn)|1|"))
        #expect(first.text.utf8.count <= 2048)
        let page = try await fixture.store.records(at: first, limit: 10)
        let again = try await fixture.store.records(at: first, limit: 10)
        #expect(page.records == again.records)
        #expect(page.records.count == 1)
        #expect(page.next != again.next)
    }

    @Test func anIteratorExpiresAfterFifteenMinutes() async throws {
        let fixture = try await StoreFixture()
        let shard = try #require(try await fixture.shards().first)
        let iterator = try await fixture.iterator(shard.id, .trimHorizon)
        fixture.clock.advance(by: .seconds(15 * 60))
        let next = try #require(try await fixture.store.records(at: iterator, limit: 10).next)
        fixture.clock.advance(by: .milliseconds(1))
        let late = await refusal { _ = try await fixture.store.records(at: iterator, limit: 10) }
        #expect(late?.code == .expiredIterator)
        #expect(try await fixture.store.records(at: next, limit: 10).records.isEmpty)
    }

    @Test func allIteratorsExpireOnDemand() async throws {
        let fixture = try await StoreFixture()
        let shard = try #require(try await fixture.shards().first)
        let iterator = try await fixture.iterator(shard.id, .trimHorizon)
        fixture.store.expireIterators()
        let late = await refusal { _ = try await fixture.store.records(at: iterator, limit: 10) }
        #expect(late?.code == .expiredIterator)
        _ = try await fixture.store.records(at: fixture.iterator(shard.id, .trimHorizon), limit: 10)
    }

    @Test func whatIsNoIteratorIsRefused() async throws {
        let fixture = try await StoreFixture()
        let shard = try #require(try await fixture.shards().first)
        let text = try await fixture.iterator(shard.id, .trimHorizon).text
        let changed = String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0")
        for text in ["", "no such iterator", "|1|", changed, String(text.dropLast()), text + "0"] {
            let refused = await refusal { _ = try await fixture.store.records(at: ShardIterator(text), limit: 10) }
            #expect(refused?.code == .validation, "\(text)")
        }
    }

    @Test(arguments: [0, -1, 1001])
    func theLimitHasARange(_ limit: Int) async throws {
        let fixture = try await StoreFixture()
        let shard = try #require(try await fixture.shards().first)
        let iterator = try await fixture.iterator(shard.id, .trimHorizon)
        let refused = await refusal { _ = try await fixture.store.records(at: iterator, limit: limit) }
        #expect(refused?.code == .validation)
        #expect(refused?.message.contains("limit") == true)
    }

    @Test func aPageHoldsNoMoreThanAMegabyte() async throws {
        let fixture = try await StoreFixture(viewType: .newImage)
        let text = String(repeating: "x", count: 100_000)
        for index in 0..<25 { try await fixture.put(StoreFixture.item("m", index, ["v": .string(text)])) }
        let shard = try #require(try await fixture.shards().first)
        var iterator: ShardIterator? = try await fixture.iterator(shard.id, .trimHorizon)
        var total = 0
        var pages = 0
        while total < 25, let current = iterator {
            let body = try fixture.store.recordsBody(at: current, limit: 1000)
            #expect(body.count <= 1 << 20)
            let page = try WireOperation<GetRecordsRequest, RecordPage>.getRecords.decodeOutput(body)
            #expect(!page.records.isEmpty)
            total += page.records.count
            pages += 1
            iterator = page.next
        }
        #expect(total == 25)
        #expect(pages == 3)
    }

    @Test func aNumberThatTheShardNeverHadIsRefused() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("m"))
        let shard = try #require(try await fixture.shards().first)
        for text in ["1", "300000000000000000000001", "100000000000000009999"] {
            let number = try #require(SequenceNumber(text))
            let refused = await refusal { _ = try await fixture.iterator(shard.id, .at(number)) }
            #expect(refused?.code == .validation, "\(text)")
        }
    }

    @Test func anUnknownShardIsNotFound() async throws {
        let fixture = try await StoreFixture()
        let unknown = ShardID("shardId-00000000000000000000-00000000")
        let refused = await refusal { _ = try await fixture.iterator(unknown, .latest) }
        #expect(refused?.code == .resourceNotFound)
    }
}
