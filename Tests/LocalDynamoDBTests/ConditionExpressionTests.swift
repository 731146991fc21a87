// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import Testing

/// What conditions mean, asked of the store with writes that happen or do not.
@Suite(.timeLimit(.minutes(1)))
struct ConditionExpressionTests {
    /// An item with an attribute of each type.
    static let item = StoreFixture.item(
        "a",
        1,
        [
            "s": .string("hello"), "t": .string("hell"), "n": number("5"), "m1": number("-1"),
            "b": .binary([1, 2, 128]),
            "yes": .bool(true), "nil": .null, "l": .list([number("2"), .string("x"), .list([number("1")])]),
            "m": .map(["in": .map(["deep": .list([number("0"), number("7")])]), "size": number("1")]),
            "ss": .stringSet(["a", "b"]), "ns": .numberSet([DecimalNumber(1), DecimalNumber(2)]),
            "bs": .binarySet([[1], [2]]),
        ]
    )

    /// What the placeholders of this suite stand for.
    static let values: Item = [
        ":s": .string("hello"), ":he": .string("he"), ":z": .string("zz"), ":ell": .string("ell"), ":e": .string(""),
        ":n": number("5"), ":five": number("5.0"), ":one": number("1"), ":two": number("2"), ":nine": number("9"),
        ":b": .binary([1, 2, 128]), ":b1": .binary([1]), ":b2": .binary([2, 128]), ":b127": .binary([127]),
        ":yes": .bool(true), ":no": .bool(false), ":void": .null, ":l": .list([number("1")]), ":x": .string("x"),
        ":ss": .stringSet(["b", "a"]), ":ns": .numberSet([DecimalNumber(2), DecimalNumber(1)]),
        ":bs": .binarySet([[2], [1]]), ":m": .map(["size": number("1")]), ":tS": .string("S"), ":tM": .string("M"),
    ]
    static let names = ["#m": "m", "#size": "size", "#in": "in", "#n": "n"]

    static func number(_ text: String) -> AttributeValue {
        guard let number = DecimalNumber(text) else { preconditionFailure("\(text) is no number") }
        return .number(number)
    }

    /// The placeholders that an expression has.
    static func used(_ expression: String) -> (names: [String: String], values: Item) {
        func has(_ placeholder: String) -> Bool {
            expression.matches(of: /[:#]\w+/).contains { $0.output == placeholder }
        }
        return (Self.names.filter { has($0.key) }, Self.values.filter { has($0.key) })
    }

    /// Tries to delete the item on a condition; true if that happened.
    private func holds(_ expression: String, _ fixture: StoreFixture) async throws -> Bool {
        let (names, values) = Self.used(expression)
        do {
            _ = try await fixture.store.deleteItem(
                DeleteItemRequest(
                    tableName: StoreFixture.messages,
                    key: StoreFixture.key("a"),
                    conditionExpression: expression,
                    attributeNames: names,
                    attributeValues: values
                )
            )
            return true
        } catch  where error.code == .conditionalCheckFailed {
            return false
        }
    }

    @Test(arguments: [
        "s = :s", "n = :five", "b = :b", "yes = :yes", "nil = :void", "ss = :ss", "ns = :ns", "bs = :bs", "l[2] = :l",
        "s <> :z", "s <> :n", "absent <> :s", "absent <> gone", "yes <> :no", "n < :nine", "n <= :five", "n > :one",
        "n >= :n", "s < :z", "t < s", "m1 < n", "b > :b127 OR b < :b127", "b2 <> b", "b < :b2",
        "n BETWEEN :one AND :nine", "n between :n and :n", "n BETWEEN m1 AND :nine", ":n BETWEEN m1 AND n",
        "n BETWEEN :one AND :nine AND s = :s", "n IN (:one, :five)", "s in (:z, t, :s)", ":s IN (s)",
        "attribute_exists(s)", "attribute_exists(m.#in.deep[1])", "attribute_not_exists(m.#in.deep[2])",
        "attribute_not_exists(absent.x)", "attribute_not_exists(s.x)", "attribute_not_exists(s[0])",
        "attribute_type(s, :tS)", "attribute_type(m, :tM)", "attribute_type(:s, :tS)",
        "begins_with(s, :he)", "begins_with(s, t)", "begins_with(b, :b1)", "begins_with(:s, t)", "begins_with(s, :e)",
        "contains(s, :ell)", "contains(s, :e)", "contains(b, :b2)", "contains(ss, :x) OR contains(ns, :two)",
        "contains(bs, :b1)", "contains(l, :two)", "contains(l, :x)", "contains(l, :l)", "contains(:s, t)",
        "size(s) = :n", "size(ss) = :two", "size(m) = :two", "size(l) > :two", "size(b) >= :two", "size(s) = n",
        "size(ns) IN (:two)", "size(bs) BETWEEN :one AND :two", "size(:s) = n", "size(absent) <> :n",
        "size(m.#in.deep) = :two", "(size(s)) = (:n)",
        "m.#in.deep[1] > m.#in.deep[0]", "m . #in . deep [ 1 ] > :one", "#m.#size = :one", "(m).#size = :one",
        "NOT s = :z", "NOT NOT s = :s", "not (s = :z or s = :x)", "NOT attribute_exists(absent)",
        "s = :s OR s = :z AND s = :x", "(s = :s OR s = :z) AND n = :n", "s = :z AND s = :x OR n = :n",
        "NOT s = :z AND n = :n", "(s = :s AND (n = :n OR n = :one))", "\ts=:s\nAND(n)=:n", "s=:s AnD n<>:one",
    ])
    func holdsForTheItem(_ expression: String) async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(Self.item)
        #expect(try await self.holds(expression, fixture))
    }

    @Test(arguments: [
        "s = :n", "s = :z", "absent = :s", "absent = gone", "nil = :no", "ss = :ns", "l = :ss", "m = :m",
        "absent < :s", ":s < absent", "absent <= gone", "s < :n", "n > :s", "yes > :one", "l < :one", "ss >= :s",
        "s <> :s", "n <> :five", "b < :b127 AND b > :b127", "absent BETWEEN :one AND :nine",
        "s BETWEEN :one AND :nine", "n BETWEEN s AND :nine", "n BETWEEN :nine AND m1", "n IN (:one, :two, :s)",
        "absent IN (:one)", "absent IN (gone)", "attribute_exists(absent)", "attribute_exists(l[3])",
        "attribute_exists(m.s)", "attribute_not_exists(s)", "attribute_type(n, :tS)", "attribute_type(absent, :tS)",
        "begins_with(s, :z)", "begins_with(n, :he)", "begins_with(s, n)", "begins_with(absent, :he)",
        "begins_with(b, :he)", "contains(s, :z)", "contains(s, :n)", "contains(n, :n)", "contains(ss, :z)",
        "contains(ns, :s)", "contains(m, :s)", "contains(absent, :s)", "contains(s, absent)", "contains(b, :b127)",
        "size(n) = :one", "size(yes) = :one", "size(nil) = :one", "size(absent) = :one", "size(s) = :s",
        "NOT s = :s", "NOT s = :s AND n = :n", "s = :s AND s = :z", "s = :z OR s = :x", "NOT (s = :s OR s = :x)",
        "s = :z AND (s = :s OR n = :n)",
    ])
    func doesNotHoldForTheItem(_ expression: String) async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(Self.item)
        #expect(try await self.holds(expression, fixture) == false)
        #expect(try await fixture.get(StoreFixture.key("a")) == Self.item)
        #expect(try await fixture.records().count == 1)
    }

    @Test func aMissingItemIsOneWithoutAttributes() async throws {
        let fixture = try await StoreFixture()
        #expect(try await self.holds("attribute_not_exists(s)", fixture))
        #expect(try await self.holds("s <> :s", fixture))
        #expect(try await self.holds("attribute_exists(messageId)", fixture) == false)
    }

    @Test(arguments: ConditionRefusals.all)
    func whatIsNoConditionIsRefusedInTheServicesWords(_ refusal: ConditionRefusals.Case) async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(Self.item)
        let (names, values) = Self.used(refusal.expression)
        let error = await LocalDynamoDBTests.refusal {
            _ = try await fixture.store.deleteItem(
                DeleteItemRequest(
                    tableName: StoreFixture.messages,
                    key: StoreFixture.key("a"),
                    conditionExpression: refusal.expression,
                    attributeNames: names,
                    attributeValues: values
                )
            )
        }
        #expect(error?.code == .validation)
        #expect(error?.message == "Invalid ConditionExpression: \(refusal.text)")
        #expect(try await fixture.get(StoreFixture.key("a")) == Self.item)
    }
}
