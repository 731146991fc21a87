// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads the bounds of `numeric`.
enum NumericReader {
    typealias Fault = OperatorReader.Fault

    /// Reads `["=", 5]`, `[">", 0]` or `[">=", 0, "<", 5]`: the lower bound first.
    static func read(_ json: PatternJSON) throws(Fault) -> NumericRange {
        guard case .array(let elements) = json.value else {
            throw Fault(json: json, reason: "numeric takes an array, [\">\", 0, \"<=\", 5], not \(json.kindText).")
        }
        guard elements.count == 2 || elements.count == 4 else {
            throw Fault(json: json, reason: "numeric takes an operator and a number, or two of each.")
        }
        let first = try Self.bound(elements[0], elements[1])
        guard elements.count == 4 else { return first }
        let second = try Self.bound(elements[2], elements[3])
        guard let lower = first.lower, first.upper == nil else {
            throw Fault(json: elements[0], reason: "a range begins with its lower bound, > or >=.")
        }
        guard let upper = second.upper, second.lower == nil else {
            throw Fault(json: elements[2], reason: "a range ends with its upper bound, < or <=.")
        }
        guard lower.value.isLess(than: upper.value) else {
            throw Fault(json: json, reason: "the lower bound has to be less than the upper one.")
        }
        return NumericRange(lower: lower, upper: upper)
    }

    private static func bound(_ operatorJSON: PatternJSON, _ operand: PatternJSON) throws(Fault) -> NumericRange {
        guard case .string(let name) = operatorJSON.value else {
            throw Fault(
                json: operatorJSON,
                reason: "numeric takes one of \"=\", \">\", \">=\", \"<\", \"<=\" before a number."
            )
        }
        guard case .number = operand.value else {
            throw Fault(json: operand, reason: "numeric compares with a number, not with \(operand.kindText).")
        }
        let value = try OperatorReader.number(operand)
        switch name {
        case "=":
            let bound = NumericRange.Bound(value: value, isIncluded: true)
            return NumericRange(lower: bound, upper: bound)
        case ">": return NumericRange(lower: .init(value: value, isIncluded: false))
        case ">=": return NumericRange(lower: .init(value: value, isIncluded: true))
        case "<": return NumericRange(upper: .init(value: value, isIncluded: false))
        case "<=": return NumericRange(upper: .init(value: value, isIncluded: true))
        default:
            throw Fault(
                json: operatorJSON,
                reason: "numeric has no operator \"\(name)\"; there are =, >, >=, < and <=."
            )
        }
    }
}
