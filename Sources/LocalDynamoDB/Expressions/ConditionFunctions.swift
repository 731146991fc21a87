// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The functions of conditions, and which types their operands may have.
///
/// Only constants are checked, as the service does; what an item holds makes a condition false instead.
enum ConditionFunctions {
    private static let operandCounts = [
        "attribute_exists": 1, "attribute_not_exists": 1, "attribute_type": 2, "begins_with": 2, "contains": 2,
        "size": 1,
    ]
    private static let types: Set<String> = ["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"]

    /// How many operands a function has; names are case-sensitive.
    static func operandCount(of name: String, at cursor: ExpressionCursor) throws(DynamoDBError) -> Int {
        if let count = Self.operandCounts[name] { return count }
        guard name == "if_not_exists" || name == "list_append" else {
            throw cursor.refusal("Invalid function name; function: \(name)")
        }
        let place = cursor.kind == "FilterExpression" ? "a filter" : "a condition"
        throw cursor.refusal("The function is not allowed in \(place) expression; function: \(name)")
    }

    /// The condition that a function is; `size` is none.
    static func condition(
        _ name: String,
        _ operands: [ConditionOperand],
        at cursor: ExpressionCursor
    ) throws(DynamoDBError) -> ConditionExpression {
        switch name {
        case "attribute_exists", "attribute_not_exists":
            guard case .path(let path) = operands[0] else {
                throw cursor.refusal(
                    "Operator or function requires a document path; operator or function: \(name)"
                )
            }
            return name == "attribute_exists" ? .exists(path) : .not(.exists(path))
        case "attribute_type": return .hasType(operands[0], try Self.type(named: operands[1], at: cursor))
        case "begins_with":
            try Self.check(operands, name, among: ["S", "B"], at: cursor)
            return .beginsWith(operands[0], operands[1])
        default:
            try Self.check([operands[0]], name, among: ["S", "B", "SS", "NS", "BS", "L"], at: cursor)
            return .contains(operands[0], operands[1])
        }
    }

    /// Refuses constants that have no length.
    static func checkSize(_ operand: ConditionOperand, at cursor: ExpressionCursor) throws(DynamoDBError) {
        try Self.check([operand], "size", among: ["S", "B", "SS", "NS", "BS", "L", "M"], at: cursor)
    }

    /// Refuses constants that have no order.
    static func checkOrdered(
        _ operands: [ConditionOperand],
        _ name: String,
        at cursor: ExpressionCursor
    ) throws(DynamoDBError) {
        try Self.check(operands, name, among: ["S", "N", "B"], at: cursor)
    }

    private static func check(
        _ operands: [ConditionOperand],
        _ name: String,
        among types: Set<String>,
        at cursor: ExpressionCursor
    ) throws(DynamoDBError) {
        for case let type? in operands.map(\.knownType) where !types.contains(type) {
            throw Self.wrongType(name, type, at: cursor)
        }
    }

    private static func type(
        named operand: ConditionOperand,
        at cursor: ExpressionCursor
    ) throws(DynamoDBError) -> String {
        guard case .value(.string(let type)) = operand else {
            throw Self.wrongType(
                "attribute_type",
                operand.knownType ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
                at: cursor
            )
        }
        guard Self.types.contains(type) else {
            throw cursor.refusal(
                "Invalid attribute type name found; type: \(type), valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            )
        }
        return type
    }

    private static func wrongType(_ name: String, _ type: String, at cursor: ExpressionCursor) -> DynamoDBError {
        cursor.refusal(
            """
            Incorrect operand type for operator or function; operator or function: \(name), operand type: \(type)
            """
        )
    }
}
