// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import Simulation

@Suite(.timeLimit(.minutes(1)))
struct SimulatedTableTests {
    private let world = SimulatedTime(beginning: MadeArrivals.beginning)
    private let items = RecordedItems(MadeArrivals.arrivals([MadeArrivals.shard(1, at: 0..<100, units: 2)]))

    private static func key(_ number: Int) -> RawItem {
        RawItem(["pk": .string("k\(number)")])
    }

    private static func request(_ keys: [Int]) -> BatchWriteItemRequest {
        BatchWriteItemRequest(requestItems: ["staging": keys.map { .deleteEncoded(Self.key($0)) }])
    }

    private func table(_ times: [Duration] = []) -> SimulatedTable {
        SimulatedTable(self.items, latency: RequestLatency(times), clock: self.world)
    }

    private static func units(_ result: BatchWriteItemResult) -> Double {
        result.consumedCapacity.reduce(0) { $0 + $1.capacityUnits }
    }

    private func code(_ call: @escaping @Sendable (SimulatedTable) async throws -> Void) -> DynamoDBError.Code? {
        let table = self.table()
        do {
            try self.world.run { try await call(table) }
            return nil
        } catch {
            return (error as? DynamoDBError)?.code
        }
    }

    @Test func anItemCostsItsUnitsAndADeleteOfNothingOne() throws {
        let table = self.table()
        let units = try self.world.run {
            [
                Self.units(try await table.batchWriteItem(Self.request([1, 2, 3]))),
                Self.units(try await table.batchWriteItem(Self.request([3, 4, 777]))),
                try await table.deleteItem(DeleteItemRequest(tableName: "staging", encodedKey: Self.key(5)))
                    .consumedCapacity?.capacityUnits,
            ]
        }
        #expect(units == [6, 4, 2])
        #expect(table.mostUnitsPerSecond == 12)
    }

    @Test func aCallHasTwentyFiveKeysAtTheMostAndNoneTwice() {
        #expect(self.code { _ = try await $0.batchWriteItem(Self.request(Array(0..<25))) } == nil)
        #expect(self.code { _ = try await $0.batchWriteItem(Self.request(Array(0..<26))) } == .validation)
        #expect(self.code { _ = try await $0.batchWriteItem(Self.request([])) } == .validation)
        #expect(self.code { _ = try await $0.batchWriteItem(Self.request([1, 2, 1])) } == .validation)
    }

    @Test func whatIsNotSimulatedIsRefused() {
        let condition = DeleteItemRequest(
            tableName: "staging",
            encodedKey: Self.key(1),
            conditionExpression: "attribute_exists(pk)"
        )
        #expect(self.code { _ = try await $0.deleteItem(condition) } == .unknownOperation)
        #expect(self.code { _ = try await $0.putItem(PutItemRequest(tableName: "t", item: [:])) } == .unknownOperation)
        #expect(self.code { _ = try await $0.describeTable("t") } == .unknownOperation)
    }

    @Test func theMostUnitsAreThoseOfOneSecond() throws {
        let table = self.table([.milliseconds(600)])
        try self.world.run {
            for number in 0..<6 { _ = try await table.batchWriteItem(Self.request([number])) }
        }
        #expect(self.world.now == MadeArrivals.time(3600))
        // Done at 0.6, 1.2, 1.8, 2.4, 3.0 and 3.6 seconds.
        #expect(table.mostUnitsPerSecond == 4)
    }
}
