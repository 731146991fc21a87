// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

@Suite(.timeLimit(.minutes(1)))
struct KeyTests {
    @Test func numbersAreOneKeyHoweverTheyAreWritten() async throws {
        let fixture = try await StoreFixture()
        let spelled = try #require(DecimalNumber("1e3"))
        try await fixture.put(StoreFixture.item("a", 1000, ["v": .null]))
        #expect(try await fixture.get(["messageId": .string("a"), "createdAt": .number(spelled)]) != nil)
        let refused = await refusal {
            _ = try await fixture.store.batchWriteItem(
                BatchWriteItemRequest(
                    requestItems: [
                        StoreFixture.staging: [
                            .delete(StoreFixture.key("a", 1000)),
                            .put(["messageId": .string("a"), "createdAt": .number(spelled)]),
                        ]
                    ]
                )
            )
        }
        #expect(refused?.code == .validation)
        #expect(refused?.message.contains("duplicates") == true)
    }

    @Test func aScanReadsAPartitionInTheOrderOfItsSortKey() async throws {
        let fixture = try await StoreFixture()
        let ordered = [
            "-9.9e125", "-1000", "-10.5", "-10.25", "-1", "-1e-130", "0", "1e-130", "0.001", "0.01", "0.011", "0.1",
            "1",
            "1.5", "2", "9", "10", "10.01", "99", "100", "1e50", "9.9e125",
        ]
        for text in ordered.reversed() {
            let number = try #require(DecimalNumber(text))
            try await fixture.put(["messageId": .string("p"), "createdAt": .number(number)])
        }
        let items = try await fixture.store.scan(ScanRequest(tableName: StoreFixture.messages)).items
        let expected = try ordered.map { AttributeValue.number(try #require(DecimalNumber($0))) }
        #expect(items.map { $0["createdAt"] } == expected)
    }

    @Test func stringsAndBinariesSortByTheirBytes() async throws {
        let fixture = try await StoreFixture()
        for (name, type) in [("Strings", KeyType.string), ("Binaries", .binary)] {
            _ = try await fixture.store.createTable(
                CreateTableRequest(
                    tableName: name,
                    keySchema: KeySchema(
                        partition: KeyAttribute(name: "p", type: .string),
                        sort: KeyAttribute(name: "s", type: type)
                    ),
                    billingMode: .payPerRequest
                )
            )
        }
        let texts = ["\u{0}", "\u{0}a", "A", "Z", "a", "aa", "b", "é", "\u{ffff}", "🙂"]
        for text in texts.shuffled() {
            try await fixture.put(["p": .string("x"), "s": .string(text)], table: "Strings")
            try await fixture.put(["p": .string("x"), "s": .binary(Array(text.utf8))], table: "Binaries")
        }
        let strings = try await fixture.store.scan(ScanRequest(tableName: "Strings")).items
        #expect(strings.map { $0["s"] } == texts.map { .string($0) })
        let binaries = try await fixture.store.scan(ScanRequest(tableName: "Binaries")).items
        #expect(binaries.map { $0["s"] } == texts.map { .binary(Array($0.utf8)) })
    }

    @Test func aKeyOfAnotherShapeIsRefusedInEveryOperation() async throws {
        let fixture = try await StoreFixture()
        let store = fixture.store
        let table = StoreFixture.messages
        let bad: [Item] = [
            ["messageId": .string("a")],
            ["messageId": .string("a"), "createdAt": .string("1")],
            ["messageId": .string(""), "createdAt": .number(DecimalNumber(1))],
            ["messageId": .string(String(repeating: "x", count: 2049)), "createdAt": .number(DecimalNumber(1))],
        ]
        for key in bad {
            let errors = [
                await refusal { _ = try await store.putItem(PutItemRequest(tableName: table, item: key)) },
                await refusal { _ = try await store.getItem(GetItemRequest(tableName: table, key: key)) },
                await refusal { _ = try await store.deleteItem(DeleteItemRequest(tableName: table, key: key)) },
                await refusal { _ = try await store.updateItem(UpdateItemRequest(tableName: table, key: key)) },
                await refusal {
                    _ = try await store.batchWriteItem(BatchWriteItemRequest(requestItems: [table: [.delete(key)]]))
                },
            ]
            #expect(errors.map { $0?.code } == Array(repeating: .validation, count: 5), "\(key)")
        }
        let surplus = StoreFixture.item("a", 1, ["more": .null])
        #expect(await refusal { _ = try await store.getItem(GetItemRequest(tableName: table, key: surplus)) } != nil)
        #expect(await refusal { try await fixture.delete(surplus) } != nil)
    }

    @Test func itemsHaveALargestSizeAndNesting() async throws {
        let fixture = try await StoreFixture()
        let keySize = StoreFixture.key("a").size.bytes
        let room = 409_600 - keySize - 1
        try await fixture.put(StoreFixture.item("a", 1, ["v": .string(String(repeating: "x", count: room))]))
        let large = await refusal {
            try await fixture.put(StoreFixture.item("a", 1, ["v": .string(String(repeating: "x", count: room + 1))]))
        }
        #expect(large?.code == .validation)
        func nested(_ depth: Int) -> AttributeValue {
            (0..<depth).reduce(.null) { value, _ in .list([value]) }
        }
        try await fixture.put(StoreFixture.item("b", 1, ["v": nested(32)]))
        #expect(
            await refusal { try await fixture.put(StoreFixture.item("b", 1, ["v": nested(33)])) }?.code == .validation
        )
        #expect(await refusal { try await fixture.put(StoreFixture.item("b", 1, ["v": .stringSet([])])) } != nil)
        try await fixture.put(StoreFixture.item("b", 1, ["v": .string(""), "w": .binary([])]))
    }
}
