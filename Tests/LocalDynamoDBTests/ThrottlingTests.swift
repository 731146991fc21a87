// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

/// Provisioned tables and what they have no capacity for.
///
/// The fixture's tables have 5 units of each kind a second.
@Suite(.timeLimit(.minutes(1)))
struct ThrottlingTests {
    private static let table = StoreFixture.messages

    /// An item that costs so many units, up to 400.
    private func item(_ id: String, units: Int) -> Item {
        StoreFixture.item(id, 1, ["v": .string(String(repeating: "x", count: units * 1024 - 100))])
    }

    /// Uses up all write capacity but for some units.
    private func exhaust(_ fixture: StoreFixture, leaving rest: Int = 0) async throws {
        var left = 1500 - rest
        while left > 0 {
            let units = min(left, 400)
            try await fixture.put(self.item("filler-\(left)", units: units))
            left -= units
        }
    }

    private func batch(_ ids: [String]) -> BatchWriteItemRequest {
        BatchWriteItemRequest(
            requestItems: [Self.table: ids.map { .put(StoreFixture.item($0)) }],
            returnConsumedCapacity: .total
        )
    }

    @Test func aWriteWithoutCapacityIsRefusedInTheServicesWords() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        let error = await refusal { try await fixture.put(StoreFixture.item("a")) }
        #expect(error?.code == .provisionedThroughputExceeded)
        #expect(error?.status == 400)
        #expect(
            error?.message.hasPrefix("The level of configured provisioned throughput for the table was exceeded.")
                == true
        )
        let arn = try await fixture.store.describeTable(Self.table).arn
        #expect(
            error?.detail
                == .throttled([ThrottlingReason(reason: "TableWriteProvisionedThroughputExceeded", resource: arn)])
        )
    }

    @Test func aRefusedWriteDoesNothing() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        let records = try await fixture.records().count
        for _ in 1...3 {
            #expect(await refusal { try await fixture.put(StoreFixture.item("a")) } != nil)
            #expect(await refusal { try await fixture.update(StoreFixture.key("b"), nil) } != nil)
            #expect(await refusal { try await fixture.delete(StoreFixture.key("filler-1500")) } != nil)
        }
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
        #expect(try await fixture.get(StoreFixture.key("filler-1500")) != nil)
        #expect(try await fixture.records().count == records)
    }

    @Test func capacityComesBackWithTheClock() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        fixture.clock.advance(by: .milliseconds(199))
        #expect(await refusal { try await fixture.put(StoreFixture.item("a")) } != nil)
        fixture.clock.advance(by: .milliseconds(1))
        try await fixture.put(StoreFixture.item("a"))
        #expect(await refusal { try await fixture.put(StoreFixture.item("b")) } != nil)
        fixture.clock.advance(by: .seconds(1))
        for id in 1...5 { try await fixture.put(StoreFixture.item("c\(id)")) }
        #expect(await refusal { try await fixture.put(StoreFixture.item("b")) } != nil)
    }

    @Test func tablesAndKindsHaveCapacityOfTheirOwn() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        try await fixture.put(StoreFixture.item("a"), table: StoreFixture.staging)
        #expect(try await fixture.get(StoreFixture.key("a"), table: StoreFixture.staging) != nil)
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
    }

    @Test func aReadWithoutCapacityIsRefused() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await fixture.put(self.item("large", units: 400))
        for _ in 1...15 { _ = try await fixture.get(StoreFixture.key("large")) }
        let get = await refusal { _ = try await fixture.get(StoreFixture.key("large")) }
        #expect(get?.code == .provisionedThroughputExceeded)
        guard case .throttled(let reasons)? = get?.detail else {
            Issue.record("no reasons")
            return
        }
        #expect(reasons.map(\.reason) == ["TableReadProvisionedThroughputExceeded"])
        let scan = await refusal { _ = try await fixture.store.scan(ScanRequest(tableName: Self.table)) }
        #expect(scan?.code == .provisionedThroughputExceeded)
        try await fixture.put(StoreFixture.item("a"))
    }

    @Test func aConditionThatDoesNotHoldUsesCapacityToo() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await fixture.put(self.item("large", units: 400))
        let request = DeleteItemRequest(
            tableName: Self.table,
            key: StoreFixture.key("large"),
            conditionExpression: "attribute_not_exists(v)"
        )
        for _ in 1...2 {
            let held = await refusal { _ = try await fixture.store.deleteItem(request) }
            #expect(held?.code == .conditionalCheckFailed)
        }
        let throttled = await refusal { _ = try await fixture.store.deleteItem(request) }
        #expect(throttled?.code == .provisionedThroughputExceeded)
    }

    @Test func aBatchLeavesWhatDoesNotFit() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture, leaving: 3)
        let result = try await fixture.store.batchWriteItem(self.batch(["a", "b", "c", "d", "e"]))
        #expect(
            result.unprocessedItems == [Self.table: [.put(StoreFixture.item("d")), .put(StoreFixture.item("e"))]]
        )
        #expect(result.consumedCapacity == [ConsumedCapacity(tableName: Self.table, capacityUnits: 3)])
        #expect(try await fixture.get(StoreFixture.key("c")) != nil)
        #expect(try await fixture.get(StoreFixture.key("d")) == nil)
    }

    @Test func aBatchOfWhichNothingFitsIsRefused() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        let error = await refusal { _ = try await fixture.store.batchWriteItem(self.batch(["a", "b"])) }
        #expect(error?.code == .provisionedThroughputExceeded)
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
    }

    @Test func aBatchOverTwoTablesLeavesThoseOfTheOne() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        let result = try await fixture.store.batchWriteItem(
            BatchWriteItemRequest(requestItems: [
                Self.table: [.delete(StoreFixture.key("a"))],
                StoreFixture.staging: [.put(StoreFixture.item("a"))],
            ])
        )
        #expect(result.unprocessedItems == [Self.table: [.delete(StoreFixture.key("a"))]])
    }

    @Test func onDemandTablesAreNotLimited() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        _ = try await fixture.store.updateTable(
            UpdateTableRequest(tableName: Self.table, billingMode: .payPerRequest)
        )
        for _ in 1...5 { try await fixture.put(self.item("large", units: 400)) }
    }

    @Test func moreCapacityCountsAtOnce() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        _ = try await fixture.store.updateTable(
            UpdateTableRequest(
                tableName: Self.table,
                provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 1000)
            )
        )
        fixture.clock.advance(by: .milliseconds(300))
        try await fixture.put(self.item("large", units: 300))
        #expect(await refusal { try await fixture.put(StoreFixture.item("a")) } != nil)
    }

    @Test func aTableOfTheSameNameBeginsAnew() async throws {
        let fixture = try await StoreFixture(throttles: true)
        try await self.exhaust(fixture)
        _ = try await fixture.store.deleteTable(Self.table)
        _ = try await fixture.store.createTable(
            CreateTableRequest(
                tableName: Self.table,
                keySchema: StoreFixture.keySchema,
                provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
            )
        )
        try await fixture.put(self.item("large", units: 300))
        #expect(await refusal { try await fixture.put(StoreFixture.item("a")) } != nil)
    }

    @Test func withoutThrottlingAProvisionedTableTakesEverything() async throws {
        let fixture = try await StoreFixture(throttles: false)
        for index in 1...5 { try await fixture.put(self.item("large-\(index)", units: 400)) }
    }
}
