// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WhichWritesMakeRecordsTests {
    @Test func aWriteThatLeavesTheItemEqualMakesNone() async throws {
        let fixture = try await StoreFixture()
        let key = StoreFixture.key("a")
        let number = try #require(DecimalNumber("1e3"))
        try await fixture.put(
            StoreFixture.item(
                "a",
                1,
                ["n": .number(number), "s": .stringSet(["x", "y"]), "m": .map(["b": .null, "a": .bool(true)])]
            )
        )
        let before = try await fixture.records().count
        try await fixture.put(
            StoreFixture.item(
                "a",
                1,
                [
                    "n": .number(DecimalNumber(1000)), "s": .stringSet(["y", "x"]),
                    "m": .map(["a": .bool(true), "b": .null]),
                ]
            )
        )
        try await fixture.update(key, "SET n = :v", values: [":v": .number(DecimalNumber(1000))])
        try await fixture.update(key, "ADD n :z", values: [":z": .number(DecimalNumber(0))])
        try await fixture.update(key, "REMOVE absent")
        try await fixture.delete(StoreFixture.key("missing"))
        _ = try await fixture.store.batchWriteItem(
            BatchWriteItemRequest(requestItems: [StoreFixture.messages: [.delete(StoreFixture.key("missing"))]])
        )
        #expect(try await fixture.records().count == before)
    }

    @Test func insertModifyRemoveAreOneRecordEach() async throws {
        let fixture = try await StoreFixture()
        try await fixture.update(StoreFixture.key("a"), "SET v = :v", values: [":v": .string("1")])
        try await fixture.put(StoreFixture.item("a", 1, ["v": .string("2")]))
        try await fixture.delete(StoreFixture.key("a"))
        #expect(try await fixture.records().map(\.kind) == [.insert, .modify, .remove])
    }

    @Test func anUpdateWithoutExpressionInsertsTheKeyAlone() async throws {
        let fixture = try await StoreFixture()
        try await fixture.update(StoreFixture.key("a"), nil)
        let record = try #require(try await fixture.records().first)
        #expect(record.kind == .insert)
        #expect(try record.newImage?.decoded() == StoreFixture.key("a"))
    }

    @Test func removingFromAMissingItemCreatesNothing() async throws {
        let fixture = try await StoreFixture()
        try await fixture.update(StoreFixture.key("a"), "REMOVE v DELETE s :s", values: [":s": .stringSet(["x"])])
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
        #expect(try await fixture.records().isEmpty)
    }

    @Test func aBatchMakesOneRecordForEachItemItChangesInOrder() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("p", 2))
        _ = try await fixture.store.batchWriteItem(
            BatchWriteItemRequest(
                requestItems: [
                    StoreFixture.messages: [
                        .put(StoreFixture.item("p", 3)), .delete(StoreFixture.key("p", 2)),
                        .put(StoreFixture.item("p", 1)), .delete(StoreFixture.key("p", 9)),
                    ]
                ]
            )
        )
        let records = try await fixture.records().dropFirst()
        let keys = try records.map { try $0.keys.decoded()["createdAt"] }
        #expect(records.map(\.kind) == [.insert, .remove, .insert])
        #expect(keys == [3, 2, 1].map { .number(DecimalNumber($0)) })
    }

    @Test func aRefusedBatchWritesNothing() async throws {
        let fixture = try await StoreFixture()
        let refused = await refusal {
            _ = try await fixture.store.batchWriteItem(
                BatchWriteItemRequest(
                    requestItems: [
                        StoreFixture.messages: [.put(StoreFixture.item("a")), .delete(["messageId": .string("b")])]
                    ]
                )
            )
        }
        #expect(refused?.code == .validation)
        #expect(try await fixture.records().isEmpty)
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
    }
}
