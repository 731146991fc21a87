// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RecordContentTests {
    @Test(arguments: StreamViewType.allCases)
    func imagesFollowTheViewType(_ viewType: StreamViewType) async throws {
        let fixture = try await StoreFixture(viewType: viewType)
        let first = StoreFixture.item("a", 1, ["v": .string("1")])
        let second = StoreFixture.item("a", 1, ["v": .string("2")])
        try await fixture.put(first)
        try await fixture.put(second)
        try await fixture.delete(StoreFixture.key("a"))
        let records = try await fixture.records()
        let olds = try records.map { try $0.oldImage?.decoded() }
        let news = try records.map { try $0.newImage?.decoded() }
        #expect(olds == (viewType.hasOldImage ? [nil, first, second] : [nil, nil, nil]))
        #expect(news == (viewType.hasNewImage ? [first, second, nil] : [nil, nil, nil]))
        #expect(records.allSatisfy { $0.viewType == viewType })
        for record in records { #expect(try record.keys.decoded() == StoreFixture.key("a")) }
    }

    @Test(arguments: StreamViewType.allCases)
    func theJSONOfAPageSaysTheSameAsTheDecodedOne(_ viewType: StreamViewType) async throws {
        let fixture = try await StoreFixture(viewType: viewType)
        for index in 0..<5 {
            try await fixture.put(StoreFixture.item("ä\"\(index)", index, ["v": .binary([1, 2, 255])]))
        }
        try await fixture.put(StoreFixture.item("ä\"1", 1, ["v": .list([.null])]))
        try await fixture.delete(StoreFixture.key("ä\"2", 2))
        let shard = try #require(try await fixture.shards().first)
        let inProcess = try await fixture.store.records(at: fixture.iterator(shard.id, .trimHorizon), limit: 1000)
        let body = try await fixture.store.recordsBody(at: fixture.iterator(shard.id, .trimHorizon), limit: 1000)
        let decoded = try WireOperation<GetRecordsRequest, RecordPage>.getRecords.decodeOutput(body)
        #expect(decoded.records == inProcess.records)
        #expect(decoded.records.count == 7)
        #expect(decoded.next != nil)
    }

    @Test func theSizeCountsKeysAndImages() async throws {
        let fixture = try await StoreFixture()
        _ = try await fixture.store.createTable(
            CreateTableRequest(
                tableName: "Names",
                keySchema: KeySchema(partition: KeyAttribute(name: "id", type: .string)),
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newAndOldImages)
            )
        )
        try await fixture.put(["id": .string("Fred")], table: "Names")
        let arn = try await fixture.streamARN("Names")
        let shard = try #require(try await fixture.shards(arn).first)
        let iterator = try await fixture.store.shardIterator(
            ShardIteratorRequest(arn: arn, shard: shard.id, position: .trimHorizon)
        )
        let record = try #require(try await fixture.store.records(at: iterator, limit: 1).records.first)
        #expect(record.size == ByteCount(12))
        #expect(record.createdAt == Timestamp(seconds: fixture.clock.now.milliseconds / 1000))
    }

    @Test func anImageIsACopyOfItsMoment() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a", 1, ["v": .string("1")]))
        let before = try await fixture.records()
        try await fixture.put(StoreFixture.item("a", 1, ["v": .string("2")]))
        let after = try await fixture.records()
        #expect(before[0] == after[0])
        #expect(after.count == 2)
    }

    @Test func sequenceNumbersRiseAndEventIDsDiffer() async throws {
        let fixture = try await StoreFixture(shards: 4)
        for index in 0..<100 { try await fixture.put(StoreFixture.item("m\(index)", index)) }
        var identifiers: Set<EventID> = []
        for shard in try await fixture.shards() {
            let records = try await fixture.store.records(at: fixture.iterator(shard.id, .trimHorizon), limit: 1000)
                .records
            #expect(!records.isEmpty)
            for (left, right) in zip(records, records.dropFirst()) {
                #expect(left.sequenceNumber < right.sequenceNumber)
            }
            for record in records {
                #expect((21...40).contains(record.sequenceNumber.text.utf8.count))
                #expect(record.sequenceNumber > shard.range.start)
                identifiers.insert(record.eventID)
            }
        }
        #expect(identifiers.count == 100)
    }
}
