// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TransactionTests {
    private static func put(_ id: String, _ more: Item = [:], if condition: String? = nil) -> TransactWriteAction {
        .put(
            PutItemRequest(
                tableName: StoreFixture.messages,
                item: StoreFixture.item(id, 1, more),
                conditionExpression: condition,
                returnValuesOnConditionCheckFailure: condition == nil ? .none : .allOld
            )
        )
    }

    private static func delete(_ id: String, if condition: String? = nil) -> TransactWriteAction {
        .delete(
            DeleteItemRequest(
                tableName: StoreFixture.messages,
                key: StoreFixture.key(id),
                conditionExpression: condition
            )
        )
    }

    private static func update(_ id: String, _ expression: String, _ values: Item = [:]) -> TransactWriteAction {
        .update(
            UpdateItemRequest(
                tableName: StoreFixture.messages,
                key: StoreFixture.key(id),
                updateExpression: expression,
                attributeValues: values
            )
        )
    }

    private static func check(_ id: String, _ condition: String) -> TransactWriteAction {
        .check(
            ConditionCheck(
                tableName: StoreFixture.messages,
                key: StoreFixture.key(id),
                conditionExpression: condition
            )
        )
    }

    private func transact(
        _ fixture: StoreFixture,
        _ actions: [TransactWriteAction],
        token: String? = nil,
        capacity: ReturnConsumedCapacity = .none
    ) async throws -> [ConsumedCapacity] {
        try await fixture.store.transactWriteItems(
            TransactWriteItemsRequest(
                actions: actions,
                clientRequestToken: token,
                returnConsumedCapacity: capacity
            )
        ).consumedCapacity
    }

    private func reasons(_ error: DynamoDBError?) -> [CancellationReason]? {
        guard case .transactionCanceled(let reasons) = error?.detail else { return nil }
        return reasons
    }

    @Test func allActionsHappenAndMakeARecordEach() async throws {
        let fixture = try await StoreFixture()
        for id in ["old", "changed", "checked"] { try await fixture.put(StoreFixture.item(id)) }
        let one = AttributeValue.number(DecimalNumber(1))
        _ = try await self.transact(
            fixture,
            [
                Self.put("new", if: "attribute_not_exists(messageId)"),
                Self.update("changed", "ADD n :n", [":n": one]),
                Self.delete("old"), Self.check("checked", "attribute_exists(messageId)"),
                Self.delete("missing"), Self.put("checked2"),
            ]
        )
        #expect(try await fixture.get(StoreFixture.key("new")) == StoreFixture.key("new"))
        #expect(try await fixture.get(StoreFixture.key("changed"))?["n"] == one)
        #expect(try await fixture.get(StoreFixture.key("old")) == nil)
        let records = try await fixture.records().dropFirst(3)
        #expect(records.map(\.kind) == [.insert, .modify, .remove, .insert])
        #expect(
            try records.map { try $0.keys.decoded()["messageId"] }
                == ["new", "changed", "old", "checked2"].map { .string($0) }
        )
    }

    @Test func oneConditionThatDoesNotHoldCancelsEverything() async throws {
        let fixture = try await StoreFixture()
        let item = StoreFixture.item("a", 1, ["v": .string("x")])
        try await fixture.put(item)
        let error = await refusal {
            _ = try await self.transact(
                fixture,
                [
                    Self.put("new"), Self.put("a", if: "attribute_not_exists(v)"), Self.delete("gone"),
                    Self.check("b", "attribute_exists(v)"),
                ]
            )
        }
        #expect(error?.code == .transactionCanceled)
        #expect(
            error?.message == """
                Transaction cancelled, please refer cancellation reasons for specific reasons \
                [None, ConditionalCheckFailed, None, ConditionalCheckFailed]
                """
        )
        let text = "The conditional request failed"
        #expect(
            self.reasons(error) == [
                CancellationReason(.none), CancellationReason(.conditionalCheckFailed, message: text, item: item),
                CancellationReason(.none), CancellationReason(.conditionalCheckFailed, message: text),
            ]
        )
        #expect(try await fixture.get(StoreFixture.key("new")) == nil)
        #expect(try await fixture.records().count == 1)
    }

    @Test func whatCannotBeDoneToAnItemIsAReasonToo() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(
            StoreFixture.item("a", 1, ["v": .string("x"), "big": .string(String(repeating: "x", count: 300_000))])
        )
        let one: Item = [":n": .number(DecimalNumber(1))]
        let large: Item = [":n": .string(String(repeating: "x", count: 200_000))]
        for (action, text) in [
            (Self.update("a", "SET v = v + :n", one), "An operand in the update expression has an incorrect data type"),
            (
                Self.update("a", "SET w = gone"),
                "The provided expression refers to an attribute that does not exist in the item"
            ),
            (Self.update("a", "SET w = :n", large), "Item size has exceeded the maximum allowed size"),
            (
                Self.update("a", "SET createdAt = :n", one),
                "One or more parameter values were invalid: Cannot update attribute createdAt. "
                    + "This attribute is part of the key"
            ),
            (
                .delete(DeleteItemRequest(tableName: StoreFixture.messages, key: ["messageId": .string("a")])),
                "The provided key element does not match the schema"
            ),
            (
                .put(
                    PutItemRequest(
                        tableName: StoreFixture.messages,
                        item: ["messageId": .string("a"), "createdAt": .string("1")]
                    )
                ),
                "One or more parameter values were invalid: Type mismatch for key createdAt expected: N actual: S"
            ),
        ] as [(TransactWriteAction, String)] {
            let error = await refusal { _ = try await self.transact(fixture, [Self.put("new"), action]) }
            #expect(error?.code == .transactionCanceled)
            #expect(
                self.reasons(error) == [
                    CancellationReason(.none), CancellationReason(.validationError, message: text),
                ]
            )
        }
        #expect(try await fixture.records().count == 1)
    }

    @Test func faultsInTheRequestItselfRefuseTheWholeOfIt() async throws {
        let fixture = try await StoreFixture()
        let missing = TransactWriteAction.delete(DeleteItemRequest(tableName: "Missing", key: StoreFixture.key("a")))
        let empty = TransactWriteAction.delete(
            DeleteItemRequest(
                tableName: StoreFixture.messages,
                key: ["messageId": .string(""), "createdAt": .number(DecimalNumber(1))]
            )
        )
        for (actions, part) in [
            ([], "greater than or equal to 1"), ((0..<101).map { Self.put("p\($0)") }, "less than or equal to 100"),
            ([Self.put("a"), Self.delete("a")], "multiple operations on one item"),
            ([Self.check("a", "attribute_exists(v)"), Self.put("a")], "multiple operations on one item"),
            ([missing, Self.check("a", "attribute_exists(")], #"token: "<EOF>", near: "(""#),
            ([Self.put("a"), empty], "empty string value. Key: messageId"),
            ([Self.update("a", "SET v = :v", [":v": .null, ":w": .null])], "keys: {:w}"),
            (
                [.update(UpdateItemRequest(tableName: StoreFixture.messages, key: StoreFixture.key("a")))],
                "Member must not be null"
            ),
        ] as [([TransactWriteAction], String)] {
            let error = await refusal { _ = try await self.transact(fixture, actions) }
            #expect(error?.code == .validation)
            #expect(error?.message.contains(part) == true, "\(error?.message ?? "accepted")")
        }
        let error = await refusal { _ = try await self.transact(fixture, [Self.put("a"), missing]) }
        #expect(error?.code == .resourceNotFound)
        #expect(try await fixture.records().isEmpty)
    }

    @Test func theItemsOfATransactionHaveFourMegabytesTogether() async throws {
        let fixture = try await StoreFixture()
        func puts(_ count: Int) -> [TransactWriteAction] {
            (0..<count).map { Self.put("p\($0)", ["v": .string(String(repeating: "x", count: 400_000))]) }
        }
        _ = try await self.transact(fixture, puts(10))
        #expect(await refusal { _ = try await self.transact(fixture, puts(11)) }?.code == .validation)
        #expect(try await fixture.get(StoreFixture.key("p10")) == nil)
    }

    @Test func everythingCostsTwice() async throws {
        let fixture = try await StoreFixture()
        let large: Item = ["v": .string(String(repeating: "x", count: 2000))]
        try await fixture.put(StoreFixture.item("checked", 1, large))
        let actions = [
            Self.put("a", large),
            .put(PutItemRequest(tableName: StoreFixture.staging, item: StoreFixture.item("b"))),
            Self.check("checked", "attribute_exists(v)"), Self.delete("missing"),
        ]
        let capacities = try await self.transact(fixture, actions, capacity: .total)
        #expect(
            capacities == [
                ConsumedCapacity(tableName: StoreFixture.messages, capacityUnits: 10, writeCapacityUnits: 10),
                ConsumedCapacity(tableName: StoreFixture.staging, capacityUnits: 2, writeCapacityUnits: 2),
            ]
        )
        #expect(try await self.transact(fixture, [Self.delete("missing")]) == [])
    }

    @Test func thePartOfTheTableIsToldWhenIndexesAreAskedFor() async throws {
        let fixture = try await StoreFixture()
        let request = TransactWriteItemsRequest(
            actions: [Self.put("a")],
            clientRequestToken: "token",
            returnConsumedCapacity: .indexes
        )
        var capacity = ConsumedCapacity(
            tableName: StoreFixture.messages,
            capacityUnits: 2,
            tableCapacityUnits: 2,
            writeCapacityUnits: 2
        )
        #expect(try await fixture.store.transactWriteItems(request).consumedCapacity == [capacity])
        // The answer to a repetition, which only reads.
        capacity.writeCapacityUnits = nil
        capacity.readCapacityUnits = 2
        #expect(try await fixture.store.transactWriteItems(request).consumedCapacity == [capacity])
    }

    @Test func aCancelledTransactionCostsAllTheSame() async throws {
        let fixture = try await StoreFixture()
        let request = TransactWriteItemsRequest(
            actions: [Self.put("a"), Self.check("checked", "attribute_exists(v)")]
        )
        let reported = try fixture.store.transact(request)
        #expect(await refusal { _ = try reported.answer }?.code == .transactionCanceled)
        #expect(reported.reports.map(\.writeCapacityUnits) == [4])
        #expect(reported.reports.map(\.itemsWritten) == [0])
    }

    @Test func aTokenMakesItHappenOnceWithinTenMinutes() async throws {
        let fixture = try await StoreFixture()
        let actions = [Self.update("a", "ADD n :n", [":n": .number(DecimalNumber(1))])]
        func count() async throws -> AttributeValue? { try await fixture.get(StoreFixture.key("a"))?["n"] }
        let first = try await self.transact(fixture, actions, token: "token", capacity: .total)
        #expect(first.map(\.writeCapacityUnits) == [2] && first.map(\.readCapacityUnits) == [nil])
        fixture.clock.advance(by: .seconds(599))
        let again = try await self.transact(fixture, actions, token: "token", capacity: .total)
        #expect(again.map(\.capacityUnits) == [2] && again.map(\.readCapacityUnits) == [2])
        #expect(again.map(\.writeCapacityUnits) == [nil])
        #expect(try await count() == .number(DecimalNumber(1)))
        #expect(try await fixture.records().count == 1)
        _ = try await self.transact(fixture, actions, token: "other")
        #expect(try await count() == .number(DecimalNumber(2)))
        fixture.clock.advance(by: .seconds(1))
        _ = try await self.transact(fixture, actions, token: "token", capacity: .total)
        #expect(try await count() == .number(DecimalNumber(3)))
    }

    @Test func aTokenWithOtherParametersIsRefused() async throws {
        let fixture = try await StoreFixture()
        _ = try await self.transact(fixture, [Self.put("a")], token: "token")
        let error = await refusal { _ = try await self.transact(fixture, [Self.put("b")], token: "token") }
        #expect(error?.code == .idempotentParameterMismatch)
        #expect(try await fixture.get(StoreFixture.key("b")) == nil)
    }

    @Test func aCancelledTransactionLeavesItsTokenUnused() async throws {
        let fixture = try await StoreFixture()
        let actions = [Self.put("a"), Self.check("b", "attribute_exists(messageId)")]
        let error = await refusal { _ = try await self.transact(fixture, actions, token: "token") }
        #expect(error?.code == .transactionCanceled)
        try await fixture.put(StoreFixture.item("b"))
        _ = try await self.transact(fixture, actions, token: "token")
        #expect(try await fixture.get(StoreFixture.key("a")) != nil)
    }

    @Test func tokensHaveUpToThirtySixCharacters() async throws {
        let fixture = try await StoreFixture()
        for token in ["", String(repeating: "x", count: 37)] {
            let error = await refusal { _ = try await self.transact(fixture, [Self.put("a")], token: token) }
            #expect(error?.code == .validation)
        }
        _ = try await self.transact(fixture, [Self.put("a")], token: String(repeating: "x", count: 36))
    }

    @Test func aRehearsalUsesNoToken() async throws {
        let fixture = try await StoreFixture()
        let request = TransactWriteItemsRequest(actions: [Self.put("a")], clientRequestToken: "token")
        _ = try fixture.store.transact(request, isRehearsal: true).answer
        #expect(try await fixture.get(StoreFixture.key("a")) == nil)
        _ = try fixture.store.transact(request).answer
        #expect(try await fixture.get(StoreFixture.key("a")) != nil)
    }
}
