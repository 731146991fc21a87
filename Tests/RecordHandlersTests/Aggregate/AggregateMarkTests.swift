// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import RecordHandlers
import StreamSession
import TestSupport
import Testing

/// What an item notes of shards that are gone is taken away, so that it does not grow for ever.
@Suite("Marks of shards that are gone", .timeLimit(.minutes(1)))
struct AggregateMarkTests {
    private static func marks(_ item: Item?) -> [String] {
        (item ?? [:]).keys.filter { $0.hasPrefix("weir:seq:") }.sorted()
    }

    /// Counts the records of all shards that were not handled so far, each shard's as a batch.
    private static func handle(_ fixture: AggregateFixture, _ handler: AggregateHandler) async throws -> HandlerWork {
        let meter = WorkMeter()
        for batch in try await fixture.batches() {
            #expect(try await handler.handle(batch, meter: meter) == .done)
        }
        return meter.total
    }

    @Test func anItemKeepsAMarkForEachShardThatWroteToIt() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "a", total: "1")
        let handler = try await fixture.handler(try AggregateDefinitionTests.definition())
        _ = try await Self.handle(fixture, handler)
        let batch = try await fixture.batch()
        let item = try #require(try await fixture.item("total"))
        let name = try #require(Self.marks(item).first)
        #expect(Self.marks(item).count == 1)
        #expect(name.hasSuffix(String(batch.shard.text.dropFirst("shardId-".count))))
        #expect(item[name] == DecimalNumber(batch.records[0].sequenceNumber.text).map { .number($0) })
        // What the documents say of its size, with a number as long as the service's.
        let usual: Item = [name: .number(try #require(DecimalNumber("800000000003126276362")))]
        #expect(usual.size.bytes <= 60)
    }

    /// A shard every four hours, as the service has it, for a week.
    @Test func anItemDoesNotGrowForEver() async throws {
        let clock = ManualClock()
        let fixture = try await AggregateFixture(clock: clock)
        let handler = try await fixture.handler(try AggregateDefinitionTests.definition())
        var most = 0
        var requests = 0
        for round in 0..<42 {
            try await fixture.put("\(round)", customer: "a", total: "1")
            requests += try await Self.handle(fixture, handler).requests["UpdateItem"] ?? 0
            most = max(most, Self.marks(try await fixture.item("total")).count)
            _ = try fixture.store.rollOver(table: AggregateFixture.orders)
            clock.advance(by: .seconds(4 * 3600))
        }
        #expect(try await fixture.numbers() == ["total": ["42"]])
        // Seven of shards that are there, seven that are gone and wait for the eighth, one that is just read.
        #expect(most <= 16, "\(most) marks")
        #expect(most > 8, "\(most) marks")
        #expect(try #require(try await fixture.item("total")).size.bytes <= 1024)
    }

    /// While a record can come again, its mark stays.
    @Test func theMarkOfAShardThatIsThereStays() async throws {
        let clock = ManualClock()
        let fixture = try await AggregateFixture(clock: clock)
        let handler = try await fixture.handler(try AggregateDefinitionTests.definition())
        for round in 0..<30 {
            try await fixture.put("\(round)", customer: "a", total: "1")
            _ = try await Self.handle(fixture, handler)
            _ = try fixture.store.rollOver(table: AggregateFixture.orders)
            clock.advance(by: .seconds(1800))
        }
        // Everything that is still there once more, by somebody who knows nothing.
        let second = try await fixture.handler(try AggregateDefinitionTests.definition())
        _ = try await Self.handle(fixture, second)
        #expect(try await fixture.numbers() == ["total": ["30"]])
        #expect(try await Self.marks(fixture.item("total")).count == 30)
    }

    /// Switched off and on again, a stream has another name, and its shards stay for a day.
    @Test func theMarksOfAStreamThatIsGoneAreTakenAway() async throws {
        let clock = ManualClock()
        let fixture = try await AggregateFixture(clock: clock)
        let definition = try AggregateDefinitionTests.definition()
        for round in 0..<9 {
            try await fixture.put("\(round)", customer: "a", total: "1")
            _ = try await Self.handle(fixture, try await fixture.handler(definition))
            for viewType in [nil, StreamViewType.newAndOldImages] {
                _ = try await fixture.store.updateTable(
                    UpdateTableRequest(
                        tableName: AggregateFixture.orders,
                        stream: StreamSpecification(viewType: viewType)
                    )
                )
            }
            clock.advance(by: .seconds(60))
        }
        #expect(try await Self.marks(fixture.item("total")).count == 9)
        clock.advance(by: .seconds(25 * 3600))
        try await fixture.put("last", customer: "a", total: "1")
        _ = try await Self.handle(fixture, try await fixture.handler(definition))
        #expect(try await Self.marks(fixture.item("total")).count == 1)
        #expect(try await fixture.numbers() == ["total": ["10"]])
    }
}
