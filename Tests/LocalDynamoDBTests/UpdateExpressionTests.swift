// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UpdateExpressionTests {
    private let key = StoreFixture.key("a")

    private func number(_ text: String) throws -> AttributeValue {
        .number(try #require(DecimalNumber(text)))
    }

    @Test func setComputesFromTheItemBeforeTheUpdate() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a", 1, ["x": try self.number("0.3"), "y": try self.number("5")]))
        let new = try await fixture.update(
            self.key,
            "SET x = x - :d, y = x + :d, z = if_not_exists(z, :z), w = y, #k = if_not_exists(x, :z)",
            names: ["#k": "kept"],
            values: [":d": try self.number("0.1"), ":z": .string("new")],
            returning: .updatedNew
        )
        #expect(
            new == [
                "x": try self.number("0.2"), "y": try self.number("0.4"), "z": .string("new"),
                "w": try self.number("5"),
                "kept": try self.number("0.3"),
            ]
        )
    }

    @Test func addCountsAndCollects() async throws {
        let fixture = try await StoreFixture()
        try await fixture.update(
            self.key,
            "ADD n :n, s :s",
            values: [":n": try self.number("-2"), ":s": .stringSet(["a"])]
        )
        let all = try await fixture.update(
            self.key,
            "ADD n :n, s :s SET v = :v",
            values: [":n": try self.number("3"), ":s": .stringSet(["b"]), ":v": .bool(true)],
            returning: .allNew
        )
        #expect(
            all == self.key.merging(["n": try self.number("1"), "s": .stringSet(["a", "b"]), "v": .bool(true)]) { $1 }
        )
    }

    @Test func deleteTakesMembersAndTheEmptySetAway() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a", 1, ["s": .stringSet(["a", "b"])]))
        let one = try await fixture.update(
            self.key,
            "DELETE s :s",
            values: [":s": .stringSet(["a", "x"])],
            returning: .updatedNew
        )
        #expect(one == ["s": .stringSet(["b"])])
        let none = try await fixture.update(
            self.key,
            "DELETE s :s",
            values: [":s": .stringSet(["b"])],
            returning: .updatedNew
        )
        #expect(none == nil)
        #expect(try await fixture.get(self.key) == self.key)
    }

    @Test func returnValuesGiveWhatTheyNameAndNothingWhereThereIsNothing() async throws {
        let fixture = try await StoreFixture()
        let missing = try await fixture.update(
            self.key,
            "SET v = :v",
            values: [":v": .string("1")],
            returning: .allOld
        )
        #expect(missing == nil)
        let old = try await fixture.update(
            self.key,
            "SET v = :v REMOVE w",
            values: [":v": .string("2")],
            returning: .updatedOld
        )
        #expect(old == ["v": .string("1")])
        let all = try await fixture.update(self.key, "REMOVE v", returning: .allOld)
        #expect(all == self.key.merging(["v": .string("2")]) { $1 })
        let new = try await fixture.update(self.key, "REMOVE v", returning: .updatedNew)
        #expect(new == nil)
    }

    @Test(arguments: [
        ("SET", "Syntax error"),
        ("SET v", "Syntax error"),
        ("SET v = ", "Syntax error"),
        ("SET v = :v, ", "Syntax error"),
        ("SET v = :v v2 = :v", "Syntax error"),
        ("PUT v = :v", "Syntax error"),
        ("SET v = :v SET w = :v", "only be used once"),
        ("SET v = :v, v = :v", "overlap"),
        ("SET v = :v REMOVE v", "overlap"),
        ("SET messageId = :v", "part of the key"),
        ("ADD createdAt :n SET v = :v", "part of the key"),
        ("SET v = :undefined", "not defined"),
        ("SET #undefined = :v", "not defined"),
        ("SET v = absent", "does not exist"),
        ("SET v = :v + :n", "Incorrect operand type"),
        ("SET v = words + :n", "incorrect data type"),
        ("SET v = :v, w = :n + :n + :n", "Syntax error"),
        ("ADD v :v", "Incorrect operand type"),
        ("ADD words :n SET v = :v", "incorrect data type"),
        ("SET text = :v", "reserved keyword: text"),
        ("DELETE v :v", "Incorrect operand type"),
        ("SET v.w = :v", "not supported"),
        ("SET v[0] = :v", "not supported"),
        ("SET v = list_append(v, :v)", "not supported"),
        ("SET v = size(w)", "not allowed"),
        ("SET v = what(w)", "Invalid function name"),
        ("SET v = if_not_exists(:v, :v)", "Syntax error"),
        ("SET 9v = :v", "Syntax error"),
        ("   ", "can not be empty"),
        ("SET v = ?", "Syntax error"),
        ("SET v = :v ü", "Syntax error"),
    ])
    func whatCannotBeDoneIsRefusedAndChangesNothing(_ expression: String, _ part: String) async throws {
        let fixture = try await StoreFixture()
        let item = StoreFixture.item("a", 1, ["words": .string("t")])
        try await fixture.put(item)
        var values: Item = [:]
        if expression.contains(":v") { values[":v"] = .string("x") }
        if expression.contains(":n") { values[":n"] = .number(DecimalNumber(1)) }
        let refused = await refusal { [values] in
            try await fixture.update(self.key, expression, values: values)
        }
        #expect(refused?.code == .validation)
        #expect(refused?.message.contains(part) == true, "\(refused?.message ?? "accepted")")
        #expect(try await fixture.get(self.key) == item)
        #expect(try await fixture.records().count == 1)
    }

    @Test func unusedNamesAndValuesAreRefusedAlsoWithoutAnExpression() async throws {
        let fixture = try await StoreFixture()
        for expression in ["REMOVE v", nil] {
            let name = await refusal { try await fixture.update(self.key, expression, names: ["#a": "a"]) }
            #expect(name?.code == .validation)
            let value = await refusal { try await fixture.update(self.key, expression, values: [":a": .null]) }
            #expect(value?.code == .validation)
        }
    }

    @Test func deepNestingIsRefused() async throws {
        let fixture = try await StoreFixture()
        let depth = 150
        let expression =
            "SET v = " + String(repeating: "if_not_exists(a, ", count: depth) + ":v"
            + String(repeating: ")", count: depth)
        let refused = await refusal { try await fixture.update(self.key, expression, values: [":v": .null]) }
        #expect(refused?.code == .validation)
        let long = "REMOVE " + String(repeating: "x", count: 4096)
        #expect(await refusal { try await fixture.update(self.key, long) }?.code == .validation)
    }

    @Test func arithmeticIsExactOrRefused() async throws {
        let fixture = try await StoreFixture()
        let large = try self.number("9.9e125")
        try await fixture.put(StoreFixture.item("a", 1, ["n": large, "m": try self.number("1e50")]))
        let overflow = await refusal { try await fixture.update(self.key, "ADD n :n", values: [":n": large]) }
        #expect(overflow?.code == .validation)
        let precision = await refusal {
            try await fixture.update(self.key, "SET m = m + :n", values: [":n": .number(DecimalNumber(1))])
        }
        #expect(precision?.code == .validation)
    }
}
