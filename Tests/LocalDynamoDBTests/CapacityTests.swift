// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CapacityTests {
    /// An item of so many bytes.
    private func item(_ id: String, _ size: Int) -> Item {
        let key = StoreFixture.key(id)
        return key.merging(["v": .string(String(repeating: "x", count: size - key.size.bytes - 1))]) { $1 }
    }

    private func put(_ fixture: StoreFixture, _ item: Item) async throws -> Double? {
        try await fixture.store.putItem(
            PutItemRequest(tableName: StoreFixture.staging, item: item, returnConsumedCapacity: .total)
        ).consumedCapacity?.capacityUnits
    }

    @Test func aWriteCostsAUnitForEachStartedKilobyteOfTheLargerItem() async throws {
        let fixture = try await StoreFixture()
        #expect(try await self.put(fixture, self.item("a", 1024)) == 1)
        #expect(try await self.put(fixture, self.item("a", 1025)) == 2)
        #expect(try await self.put(fixture, self.item("a", 4096)) == 4)
        #expect(try await self.put(fixture, self.item("a", 100)) == 4)
    }

    @Test func aDeleteCostsWhatItDeletesAndOneForNothing() async throws {
        let fixture = try await StoreFixture()
        _ = try await self.put(fixture, self.item("a", 3000))
        for units in [3.0, 1.0] {
            let result = try await fixture.store.deleteItem(
                DeleteItemRequest(
                    tableName: StoreFixture.staging,
                    key: StoreFixture.key("a"),
                    returnConsumedCapacity: .total
                )
            )
            #expect(result.consumedCapacity == ConsumedCapacity(tableName: StoreFixture.staging, capacityUnits: units))
        }
    }

    @Test func aBatchCostsTheSumOfItsItems() async throws {
        let fixture = try await StoreFixture()
        let result = try await fixture.store.batchWriteItem(
            BatchWriteItemRequest(
                requestItems: [
                    StoreFixture.staging: [.put(self.item("a", 500)), .put(self.item("b", 3584))],
                    StoreFixture.messages: [.delete(StoreFixture.key("none"))],
                ],
                returnConsumedCapacity: .total
            )
        )
        #expect(
            Set(result.consumedCapacity) == [
                ConsumedCapacity(tableName: StoreFixture.staging, capacityUnits: 5),
                ConsumedCapacity(tableName: StoreFixture.messages, capacityUnits: 1),
            ]
        )
        #expect(result.unprocessedItems.isEmpty)
    }

    @Test func thePartOfTheTableIsToldWhenIndexesAreAskedFor() async throws {
        let fixture = try await StoreFixture()
        let staging = StoreFixture.staging
        let key = StoreFixture.key("a")
        func capacity(_ units: Double) -> ConsumedCapacity {
            ConsumedCapacity(tableName: staging, capacityUnits: units, tableCapacityUnits: units)
        }
        let put = PutItemRequest(tableName: staging, item: self.item("a", 3000), returnConsumedCapacity: .indexes)
        #expect(try await fixture.store.putItem(put).consumedCapacity == capacity(3))
        let get = GetItemRequest(tableName: staging, key: key, returnConsumedCapacity: .indexes)
        #expect(try await fixture.store.getItem(get).consumedCapacity == capacity(0.5))
        let scan = ScanRequest(tableName: staging, returnConsumedCapacity: .indexes)
        #expect(try await fixture.store.scan(scan).consumedCapacity == capacity(0.5))
        let batch = BatchWriteItemRequest(
            requestItems: [staging: [.delete(key)]],
            returnConsumedCapacity: .indexes
        )
        #expect(try await fixture.store.batchWriteItem(batch).consumedCapacity == [capacity(3)])
    }

    @Test func aReadCostsByFourKilobytesAndHalfOfItIfNotConsistent() async throws {
        let fixture = try await StoreFixture()
        _ = try await self.put(fixture, self.item("a", 4097))
        func read(_ id: String, _ isConsistent: Bool) async throws -> Double? {
            try await fixture.store.getItem(
                GetItemRequest(
                    tableName: StoreFixture.staging,
                    key: StoreFixture.key(id),
                    isConsistent: isConsistent,
                    returnConsumedCapacity: .total
                )
            ).consumedCapacity?.capacityUnits
        }
        #expect(try await read("a", true) == 2)
        #expect(try await read("a", false) == 1)
        #expect(try await read("none", true) == 1)
        #expect(try await read("none", false) == 0.5)
    }

    @Test func aRehearsedWriteAnswersTheSameAndDoesNothing() async throws {
        let fixture = try await StoreFixture()
        _ = try await self.put(fixture, self.item("a", 3000))
        let request = BatchWriteItemRequest(
            requestItems: [StoreFixture.staging: [.delete(StoreFixture.key("a"))]],
            returnConsumedCapacity: .total
        )
        let rehearsed = try fixture.store.batch(request, isRehearsal: true)
        #expect(try await fixture.get(StoreFixture.key("a"), table: StoreFixture.staging) != nil)
        let done = try fixture.store.batch(request)
        #expect(try rehearsed.answer == done.answer)
        #expect(done.reports.map(\.itemsDeleted) == [1])
        #expect(try await fixture.get(StoreFixture.key("a"), table: StoreFixture.staging) == nil)
    }
}
