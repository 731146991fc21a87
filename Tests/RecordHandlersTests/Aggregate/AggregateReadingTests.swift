// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import RecordHandlers
import TestSupport
import Testing

@Suite("Reading the numbers of an aggregate", .timeLimit(.minutes(1)))
struct AggregateReadingTests {
    private static func filled(shards: Int = 6) async throws -> AggregateFixture {
        let fixture = try await AggregateFixture(shards: shards)
        for id in 0..<60 {
            try await fixture.put("\(id)", customer: ["bob", "Alice", "weir:x", "a#1"][id % 4], total: "0.1")
        }
        let handler = try await fixture.handler(
            try AggregateDefinitionTests.definition(
                ["count", "sum:NewImage.total"],
                by: "NewImage.customer",
                writeShards: 3
            )
        )
        for batch in try await fixture.batches() {
            #expect(try await handler.handle(batch, meter: WorkMeter()) == .done)
        }
        return fixture
    }

    @Test func thePartsOfEachGroupAreAddedUp() async throws {
        let fixture = try await Self.filled()
        let reading = try await AggregateReading.read(AggregateFixture.totals, api: fixture.store)
        #expect(reading.groups.map(\.name) == ["Alice", "a#1", "bob", "weir:x"])
        for group in reading.groups { #expect(group.numbers.map(\.text) == ["15", "1.5"]) }
        #expect(reading.definition.writeShards == 3)
        #expect(reading.readCapacityUnits > 0)
    }

    @Test(arguments: ["Alice", "a#1", "weir:x"])
    func aGroupIsReadByItsKeys(name: String) async throws {
        let fixture = try await Self.filled()
        let reading = try await AggregateReading.read(AggregateFixture.totals, group: name, api: fixture.store)
        #expect(reading.groups.map(\.name) == [name])
        #expect(reading.groups.first?.numbers.map(\.text) == ["15", "1.5"])
        // One unit for each part, whatever else there is.
        #expect(reading.readCapacityUnits == 3)
    }

    @Test func aGroupThatIsNotThereIsNone() async throws {
        let fixture = try await Self.filled()
        let reading = try await AggregateReading.read(AggregateFixture.totals, group: "alice", api: fixture.store)
        #expect(reading.groups.isEmpty)
    }

    @Test func whatSomebodyElseWroteIntoTheTableIsNoGroup() async throws {
        let fixture = try await Self.filled()
        for key in ["notes", "bob#7", "carol#0", "x#y"] {
            let item: Item = ["group": .string(key), "count": .number(DecimalNumber(100))]
            _ = try await fixture.store.putItem(PutItemRequest(tableName: AggregateFixture.totals, item: item))
        }
        #expect(try await fixture.numbers().keys.sorted() == ["Alice", "a#1", "bob", "weir:x"])
    }

    @Test func aTableWithoutAnAggregateIsSaidToHaveNone() async throws {
        let fixture = try await AggregateFixture()
        let error = await #expect(throws: AggregateReadingError.self) {
            try await AggregateReading.read(AggregateFixture.totals, api: fixture.store)
        }
        #expect(error?.description.contains("Totals keeps no aggregate") == true)
    }

    @Test func aNumberThatIsNoneIsNamed() async throws {
        let fixture = try await Self.filled(shards: 1)
        _ = try await fixture.store.updateItem(
            UpdateItemRequest(
                tableName: AggregateFixture.totals,
                key: ["group": .string("bob#\(try await Self.part(of: "bob", fixture))")],
                updateExpression: "SET #c = :c",
                attributeNames: ["#c": "count"],
                attributeValues: [":c": .string("many")]
            )
        )
        let error = await #expect(throws: AggregateReadingError.self) {
            try await AggregateReading.read(AggregateFixture.totals, api: fixture.store)
        }
        #expect(error?.description.contains("count of type S, not N") == true)
    }

    private static func part(of group: String, _ fixture: AggregateFixture) async throws -> Int {
        for part in 0..<3 where try await fixture.item("\(group)#\(part)") != nil { return part }
        return -1
    }
}
