// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

/// What a write does when its condition holds, and what it leaves alone when it does not.
@Suite(.timeLimit(.minutes(1)))
struct ConditionalWriteTests {
    private let key = StoreFixture.key("a")
    private let item = StoreFixture.item("a", 1, ["v": .string(String(repeating: "x", count: 3000))])

    @Test func aConditionThatDoesNotHoldCostsByTheItemThereIs() async throws {
        let fixture = try await StoreFixture()
        let missing = try fixture.store.delete(
            DeleteItemRequest(
                tableName: StoreFixture.messages,
                key: self.key,
                conditionExpression: "attribute_exists(v)"
            )
        )
        #expect(missing.reports.map(\.writeCapacityUnits) == [1])
        #expect(await refusal { _ = try missing.answer }?.code == .conditionalCheckFailed)
        try await fixture.put(self.item)
        let put = try fixture.store.put(
            PutItemRequest(
                tableName: StoreFixture.messages,
                item: self.key,
                conditionExpression: "attribute_not_exists(messageId)"
            )
        )
        #expect(put.reports.map(\.writeCapacityUnits) == [3])
        #expect(put.reports.map(\.itemsWritten) == [0])
        #expect(try await fixture.records().count == 1)
    }

    @Test(arguments: [ReturnValues.none, .allOld])
    func theItemIsInTheErrorIfAsked(wish: ReturnValues) async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(self.item)
        let update = UpdateItemRequest(
            tableName: StoreFixture.messages,
            key: self.key,
            updateExpression: "SET v = :v",
            conditionExpression: "v = :v",
            attributeValues: [":v": .null],
            returnValuesOnConditionCheckFailure: wish
        )
        let error = await refusal { _ = try await fixture.store.updateItem(update) }
        #expect(error?.code == .conditionalCheckFailed)
        #expect(error?.detail == .conditionalCheckFailed(item: wish == .allOld ? self.item : nil))
        #expect(error?.description.contains("xxx") == false)
        #expect(try await fixture.get(self.key) == self.item)
    }

    @Test func onlyNoneAndAllOldCanBeAskedFor() async throws {
        let fixture = try await StoreFixture()
        let error = await refusal {
            _ = try await fixture.store.deleteItem(
                DeleteItemRequest(
                    tableName: StoreFixture.messages,
                    key: self.key,
                    returnValuesOnConditionCheckFailure: .allNew
                )
            )
        }
        #expect(error?.code == .validation)
    }

    @Test func conditionAndUpdateShareTheirPlaceholders() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a", 1, ["n": .number(DecimalNumber(1))]))
        func update(_ values: Item) async throws {
            _ = try await fixture.store.updateItem(
                UpdateItemRequest(
                    tableName: StoreFixture.messages,
                    key: self.key,
                    updateExpression: "SET #n = #n + :one",
                    conditionExpression: "#n < :two AND attribute_exists(#id)",
                    attributeNames: ["#n": "n", "#id": "messageId"],
                    attributeValues: values
                )
            )
        }
        let values: Item = [":one": .number(DecimalNumber(1)), ":two": .number(DecimalNumber(2))]
        try await update(values)
        #expect(await refusal { try await update(values) }?.code == .conditionalCheckFailed)
        let unused = await refusal { try await update(values.merging([":u": .null]) { $1 }) }
        #expect(
            unused?.message == "Value provided in ExpressionAttributeValues unused in expressions: keys: {:u}"
        )
        #expect(try await fixture.get(self.key)?["n"] == .number(DecimalNumber(2)))
    }

    @Test func namesThatNothingUsesAreRefusedWhetherTheConditionHoldsOrNot() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(self.key)
        for condition in ["attribute_exists(messageId)", "attribute_exists(v)", nil] {
            let error = await refusal {
                _ = try await fixture.store.putItem(
                    PutItemRequest(
                        tableName: StoreFixture.messages,
                        item: self.item,
                        conditionExpression: condition,
                        attributeNames: ["#unused": "v"]
                    )
                )
            }
            #expect(error?.code == .validation)
            #expect(error?.message.hasSuffix(condition == nil ? "when using expressions" : "keys: {#unused}") == true)
        }
        #expect(try await fixture.get(self.key) == self.key)
    }

    @Test func aConditionWithoutAnUpdateCreatesTheKeyAlone() async throws {
        let fixture = try await StoreFixture()
        let request = UpdateItemRequest(
            tableName: StoreFixture.messages,
            key: self.key,
            conditionExpression: "attribute_not_exists(messageId)"
        )
        _ = try await fixture.store.updateItem(request)
        #expect(try await fixture.get(self.key) == self.key)
        #expect(await refusal { _ = try await fixture.store.updateItem(request) }?.code == .conditionalCheckFailed)
    }
}
