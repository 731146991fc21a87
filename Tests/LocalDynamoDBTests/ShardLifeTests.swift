// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ShardLifeTests {
    @Test func aRollOverClosesTheShardAndGivesItAChild() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a", 1))
        let children = try fixture.store.rollOver(table: StoreFixture.messages)
        try await fixture.put(StoreFixture.item("a", 2))
        let shards = try await fixture.shards()
        #expect(shards.count == 2)
        #expect(shards[0].isClosed && !shards[1].isClosed)
        #expect(shards[1].parent == shards[0].id)
        #expect(children == [shards[1].id])
        #expect(try #require(shards[0].range.end) < shards[1].range.start)
        let parent = try await fixture.store.records(at: fixture.iterator(shards[0].id, .trimHorizon), limit: 10)
        let child = try await fixture.store.records(at: fixture.iterator(shards[1].id, .trimHorizon), limit: 10)
        #expect(parent.records.count == 1 && parent.next == nil)
        #expect(child.records.count == 1 && child.next != nil)
    }

    @Test func anIteratorOfAShardThatClosesReadsItToItsEnd() async throws {
        let fixture = try await StoreFixture()
        let shard = try #require(try await fixture.shards().first)
        let iterator = try await fixture.iterator(shard.id, .latest)
        for index in 0..<3 { try await fixture.put(StoreFixture.item("a", index)) }
        try fixture.store.rollOver(table: StoreFixture.messages)
        let first = try await fixture.store.records(at: iterator, limit: 2)
        #expect(first.records.count == 2)
        let second = try await fixture.store.records(at: try #require(first.next), limit: 2)
        #expect(second.records.count == 1 && second.next == nil)
    }

    @Test func aSplitSharesThePartitionsAndKeepsEachItemsOrder() async throws {
        let fixture = try await StoreFixture()
        func write(_ value: Int) async throws {
            for index in 0..<40 {
                try await fixture.put(StoreFixture.item("m\(index)", 1, ["v": .number(DecimalNumber(value))]))
            }
        }
        try await write(1)
        let parent = try #require(try await fixture.shards().first).id
        let children = try fixture.store.split(table: StoreFixture.messages, shard: parent)
        try await write(2)
        try await write(3)
        #expect(children.count == 2)
        var owner: [AttributeValue: ShardID] = [:]
        for child in children {
            let records = try await fixture.store.records(at: fixture.iterator(child, .trimHorizon), limit: 1000)
                .records
            #expect(records.count >= 10)
            var last: [AttributeValue: AttributeValue] = [:]
            for record in records {
                let item = try #require(try record.newImage?.decoded())
                let id = try #require(item["messageId"])
                #expect(owner[id] == nil || owner[id] == child)
                owner[id] = child
                let expected = last[id] == nil ? 2 : 3
                #expect(item["v"] == .number(DecimalNumber(expected)))
                last[id] = item["v"]
            }
        }
        #expect(owner.count == 40)
        let shards = try await fixture.shards()
        #expect(shards.filter { $0.parent == parent }.map(\.id) == children.sorted())
    }

    @Test func severalShardsShareThePartitions() async throws {
        let fixture = try await StoreFixture(shards: 4)
        for index in 0..<200 { try await fixture.put(StoreFixture.item("m\(index)")) }
        var counts: [Int] = []
        for shard in try await fixture.shards() {
            counts.append(
                try await fixture.store.records(at: fixture.iterator(shard.id, .trimHorizon), limit: 1000).records.count
            )
        }
        #expect(counts.count == 4 && counts.reduce(0, +) == 200)
        #expect(counts.allSatisfy { $0 > 20 })
    }

    @Test func onlyAnOpenShardCanBeSplit() async throws {
        let fixture = try await StoreFixture()
        let shard = try #require(try await fixture.shards().first).id
        try fixture.store.split(table: StoreFixture.messages, shard: shard)
        let again = await refusal { try fixture.store.split(table: StoreFixture.messages, shard: shard) }
        #expect(again?.code == .resourceNotFound)
        let none = await refusal { try fixture.store.rollOver(table: StoreFixture.staging) }
        #expect(none?.code == .validation)
    }

    @Test func shardsHaveNamesThatSortInTheOrderOfTheList() async throws {
        let fixture = try await StoreFixture(shards: 3)
        try fixture.store.split(table: StoreFixture.messages)
        let arn = try await fixture.streamARN()
        var paged: [ShardID] = []
        var start: ShardID?
        repeat {
            let page = try await fixture.store.describeStream(
                DescribeStreamRequest(arn: arn, limit: 2, exclusiveStartShardID: start)
            )
            paged += page.shards.map(\.id)
            #expect(page.lastEvaluatedShardID == nil || page.lastEvaluatedShardID == page.shards.last?.id)
            start = page.lastEvaluatedShardID
        } while start != nil
        #expect(paged.count == 9)
        #expect(paged == paged.sorted())
        for shard in paged { #expect(shard.text.wholeMatch(of: /shardId-\d{20}-[0-9a-f]{8}/) != nil) }
        let behind = try await fixture.store.describeStream(
            DescribeStreamRequest(arn: arn, exclusiveStartShardID: ShardID("shardId-00000000000000000000-00000000"))
        )
        #expect(behind.shards.isEmpty)
    }

    @Test func childShardsAreThoseOfTheParentAlone() async throws {
        let fixture = try await StoreFixture(shards: 2)
        let parents = try await fixture.shards()
        let children = try fixture.store.split(table: StoreFixture.messages, shard: parents[1].id)
        let arn = try await fixture.streamARN()
        let filtered = try await fixture.store.describeStream(
            DescribeStreamRequest(arn: arn, childrenOf: parents[1].id)
        )
        #expect(filtered.shards.map(\.id) == children.sorted())
        let none = try await fixture.store.describeStream(DescribeStreamRequest(arn: arn, childrenOf: parents[0].id))
        #expect(none.shards.isEmpty)
        let bad = await refusal {
            _ = try await fixture.store.describeStream(DescribeStreamRequest(arn: arn, childrenOf: ShardID("x")))
        }
        #expect(bad?.code == .validation)
        #expect(bad?.message.contains("'x'") == true)
    }
}
