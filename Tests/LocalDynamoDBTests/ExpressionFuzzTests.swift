// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

/// Whatever an expression says, it is done or refused, and the store goes on.
@Suite(.timeLimit(.minutes(2)))
struct ExpressionFuzzTests {
    private static let pieces = [
        "s", "n", "l", "m", "absent", "#n", "#m", "#undefined", ":s", ":n", ":l", ":undefined", "=", "<>", "<", "<=",
        ">",
        ">=", "(", ")", "(", ")", ",", ".", "[", "]", "0", "99", "AND", "OR", "NOT", "IN", "BETWEEN", "and", "+", "-",
        "size(", "contains(", "begins_with(", "attribute_exists(", "attribute_not_exists(", "attribute_type(",
        "if_not_exists(", "SET", "REMOVE", "ADD", "DELETE", "ü", "\u{0}", "'", "\"", " ", "\n",
    ]

    /// Anything at all, from pieces that expressions have.
    private static func noise(_ generator: inout SplitMix64) -> String {
        let count = Int.random(in: 0..<25, using: &generator)
        let separator = Bool.random(using: &generator) ? " " : ""
        return (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }
            .joined(separator: separator)
    }

    /// A condition that follows the grammar, maybe with one letter changed.
    private static func condition(_ generator: inout SplitMix64, depth: Int = 0) -> String {
        func operand() -> String {
            let operands = ["s", "n", "l[0]", "m.k", "absent", "#n", "#m.k[1]", ":s", ":n", ":l", "size(s)", "(n)"]
            return operands.randomElement(using: &generator) ?? "s"
        }
        switch Int.random(in: 0..<(depth > 4 ? 5 : 9), using: &generator) {
        case 0:
            return
                "\(operand()) \(["=", "<>", "<", "<=", ">", ">="].randomElement(using: &generator) ?? "=") \(operand())"
        case 1: return "\(operand()) BETWEEN \(operand()) AND \(operand())"
        case 2: return "\(operand()) IN (\(operand()), \(operand()))"
        case 3: return "contains(\(operand()), \(operand()))"
        case 4: return "attribute_exists(\(operand()))"
        case 5: return "NOT \(Self.condition(&generator, depth: depth + 1))"
        case 6: return "(\(Self.condition(&generator, depth: depth + 1)))"
        case 7:
            return "\(Self.condition(&generator, depth: depth + 1)) OR \(Self.condition(&generator, depth: depth + 1))"
        default:
            return "\(Self.condition(&generator, depth: depth + 1)) AND \(Self.condition(&generator, depth: depth + 1))"
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func randomExpressionsAreDoneOrRefused(seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        let fixture = try await StoreFixture(viewType: nil)
        let item = StoreFixture.item(
            "a",
            1,
            [
                "s": .string("text"), "n": .number(DecimalNumber(4)), "l": .list([.string("x")]),
                "m": .map(["k": .list([.null, .bool(true)])]),
            ]
        )
        let names = ["#n": "n", "#m": "m"]
        let values: Item = [":s": .string("ex"), ":n": .number(DecimalNumber(4)), ":l": .list([.null])]
        var outcomes: [DynamoDBError.Code: Int] = [:]
        for index in 0..<600 {
            let text = index % 3 == 0 ? Self.noise(&generator) : Self.condition(&generator)
            try await fixture.put(item)
            let usedNames = names.filter { text.contains($0.key) }
            let usedValues = values.filter { text.contains($0.key) }
            let error = await refusal {
                if index % 4 == 0 {
                    _ = try await fixture.update(StoreFixture.key("a"), text, names: usedNames, values: usedValues)
                } else {
                    _ = try await fixture.store.deleteItem(
                        DeleteItemRequest(
                            tableName: StoreFixture.messages,
                            key: StoreFixture.key("a"),
                            conditionExpression: text,
                            attributeNames: usedNames,
                            attributeValues: usedValues
                        )
                    )
                }
            }
            outcomes[error?.code ?? .cancelled, default: 0] += 1
            if error?.code == .conditionalCheckFailed {
                #expect(try await fixture.get(StoreFixture.key("a")) == item, "\(text)")
            }
        }
        // Without all three kinds the expressions would not have been worth trying.
        #expect(Set(outcomes.keys) == [.cancelled, .validation, .conditionalCheckFailed])
    }

    @Test func noCutOfAConditionIsMoreThanRefused() async throws {
        let fixture = try await StoreFixture(viewType: nil)
        let text = "NOT (s = :s AND size(m.k[1]) >= :n) OR #n IN (:n, l[0]) AND n BETWEEN :n AND :n"
        for end in text.indices {
            let part = String(text[..<end])
            let error = await refusal {
                _ = try await fixture.store.deleteItem(
                    DeleteItemRequest(
                        tableName: StoreFixture.messages,
                        key: StoreFixture.key("a"),
                        conditionExpression: part,
                        attributeNames: part.contains("#n") ? ["#n": "n"] : [:],
                        attributeValues: [":s": .string("x"), ":n": .number(DecimalNumber(1))].filter {
                            part.contains($0.key)
                        }
                    )
                )
            }
            #expect(error == nil || error?.code == .validation || error?.code == .conditionalCheckFailed, "\(part)")
        }
    }
}
