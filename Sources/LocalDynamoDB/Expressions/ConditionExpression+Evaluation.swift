// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension ConditionExpression {
    /// Whether an item fulfils the condition; an item that does not exist is one without attributes.
    ///
    /// What is absent and what has another type makes a comparison false, never an error; only `<>` is true then.
    func holds(for item: Item) -> Bool {
        switch self {
        case .comparison(let left, let comparator, let right):
            return Self.compare(left.value(in: item), comparator, right.value(in: item))
        case .between(let operand, let low, let high):
            let value = operand.value(in: item)
            return Self.compare(value, .greaterOrEqual, low.value(in: item))
                && Self.compare(value, .lessOrEqual, high.value(in: item))
        case .among(let operand, let candidates):
            guard let value = operand.value(in: item) else { return false }
            return candidates.contains { $0.value(in: item) == value }
        case .exists(let path): return path.value(in: item) != nil
        case .hasType(let operand, let type): return operand.value(in: item)?.typeName == type
        case .beginsWith(let operand, let prefix):
            switch (operand.value(in: item), prefix.value(in: item)) {
            case (.string(let text), .string(let prefix)): return text.utf8.starts(with: prefix.utf8)
            case (.binary(let bytes), .binary(let prefix)): return bytes.starts(with: prefix)
            default: return false
            }
        case .contains(let operand, let part):
            guard let whole = operand.value(in: item), let part = part.value(in: item) else { return false }
            return Self.contains(whole, part)
        case .not(let condition): return !condition.holds(for: item)
        case .all(let conditions): return conditions.allSatisfy { $0.holds(for: item) }
        case .any(let conditions): return conditions.contains { $0.holds(for: item) }
        }
    }

    /// Compares two values; false if one is absent or they cannot be compared, but for `<>`.
    static func compare(_ left: AttributeValue?, _ comparator: Comparator, _ right: AttributeValue?) -> Bool {
        guard let left, let right else { return comparator == .unequal }
        switch comparator {
        case .equal: return left == right
        case .unequal: return left != right
        case .less: return Self.isLess(left, right) == true
        case .greaterOrEqual: return Self.isLess(left, right) == false
        case .greater: return Self.isLess(right, left) == true
        case .lessOrEqual: return Self.isLess(right, left) == false
        }
    }

    /// Whether one value sorts before another; nil if they have no order.
    private static func isLess(_ left: AttributeValue, _ right: AttributeValue) -> Bool? {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.binary(let left), .binary(let right)): left.lexicographicallyPrecedes(right)
        default: nil
        }
    }

    private static func contains(_ whole: AttributeValue, _ part: AttributeValue) -> Bool {
        switch (whole, part) {
        case (.string(let text), .string(let part)): Self.contains(Array(text.utf8), Array(part.utf8))
        case (.binary(let bytes), .binary(let part)): Self.contains(bytes, part)
        case (.stringSet(let members), .string(let member)): members.contains(member)
        case (.numberSet(let members), .number(let member)): members.contains(member)
        case (.binarySet(let members), .binary(let member)): members.contains(member)
        case (.list(let elements), let element): elements.contains(element)
        default: false
        }
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard bytes.count >= part.count else { return false }
        for start in 0...(bytes.count - part.count)
        where bytes[start] == first && bytes[start..<(start + part.count)].elementsEqual(part) {
            return true
        }
        return false
    }
}
