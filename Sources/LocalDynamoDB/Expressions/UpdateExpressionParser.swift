// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads an UpdateExpression over top-level attributes; everything beyond that is refused by name.
struct UpdateExpressionParser {
    private static let kind = "UpdateExpression"
    /// if_not_exists inside of if_not_exists goes no deeper.
    private static let deepestNesting = 32

    private var cursor: ExpressionCursor
    private var actions: [(attribute: String, action: UpdateExpression.Action)] = []
    private var sections: Set<String> = []

    /// Reads an expression and notes which names and values it uses.
    static func parse(
        _ expression: String,
        names: inout ExpressionNames
    ) throws(DynamoDBError) -> UpdateExpression {
        var parser = UpdateExpressionParser(cursor: try ExpressionCursor(expression, kind: Self.kind, names: names))
        while parser.cursor.current != .end { try parser.section() }
        names = parser.cursor.names
        var seen: Set<String> = []
        for (attribute, _) in parser.actions {
            guard seen.insert(attribute).inserted else {
                throw invalid(
                    """
                    Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one \
                    of these paths; path one: [\(attribute)], path two: [\(attribute)]
                    """
                )
            }
        }
        return UpdateExpression(actions: parser.actions)
    }

    private init(cursor: ExpressionCursor) {
        self.cursor = cursor
    }

    private mutating func section() throws(DynamoDBError) {
        guard case .word(let word) = self.cursor.current else { throw self.cursor.syntaxError }
        let section = word.uppercased()
        guard ["SET", "REMOVE", "ADD", "DELETE"].contains(section) else { throw self.cursor.syntaxError }
        guard self.sections.insert(section).inserted else {
            throw invalid(
                "Invalid UpdateExpression: The \"\(section)\" section can only be used once in an update expression;"
            )
        }
        self.cursor.advance()
        repeat {
            let attribute = try self.path()
            switch section {
            case "SET": self.actions.append((attribute, try self.assignment()))
            case "REMOVE": self.actions.append((attribute, .remove))
            case "ADD":
                let value = try self.cursor.literal()
                guard ["N", "SS", "NS", "BS"].contains(value.typeName) else { throw Self.wrongOperand("ADD", value) }
                self.actions.append((attribute, .add(value)))
            default:
                let value = try self.cursor.literal()
                guard ["SS", "NS", "BS"].contains(value.typeName) else { throw Self.wrongOperand("DELETE", value) }
                self.actions.append((attribute, .delete(value)))
            }
        } while self.cursor.take(",")
    }

    private mutating func assignment() throws(DynamoDBError) -> UpdateExpression.Action {
        guard self.cursor.take("=") else { throw self.cursor.syntaxError }
        let left = try self.operand(depth: 0)
        guard self.cursor.current == .sign("+") || self.cursor.current == .sign("-") else { return .set(left) }
        let sign = self.cursor.current.text
        self.cursor.advance()
        try self.cursor.countOperator()
        let right = try self.operand(depth: 0)
        for case .value(let value) in [left, right] where value.typeName != "N" {
            throw Self.wrongOperand(sign, value)
        }
        if self.cursor.current == .sign("+") || self.cursor.current == .sign("-") { throw self.cursor.syntaxError }
        return sign == "+" ? .setSum(left, right) : .setDifference(left, right)
    }

    private mutating func operand(depth: Int) throws(DynamoDBError) -> UpdateExpression.Operand {
        guard depth <= Self.deepestNesting else {
            throw self.cursor.refusal("The expression is nested too deeply;")
        }
        if self.cursor.take("(") {
            let inner = try self.operand(depth: depth + 1)
            guard self.cursor.take(")") else { throw self.cursor.syntaxError }
            return inner
        }
        if case .value = self.cursor.current { return .value(try self.cursor.literal()) }
        guard case .word(let function) = self.cursor.current, self.cursor.following == .sign("(") else {
            return .attribute(try self.path())
        }
        guard function == "if_not_exists" else { throw Self.unsupported(function) }
        self.cursor.advance()
        self.cursor.advance()
        try self.cursor.countOperator()
        let attribute = try self.path()
        guard self.cursor.take(",") else { throw self.cursor.syntaxError }
        let otherwise = try self.operand(depth: depth + 1)
        guard self.cursor.take(")") else { throw self.cursor.syntaxError }
        return .ifNotExists(attribute: attribute, otherwise: otherwise)
    }

    private mutating func path() throws(DynamoDBError) -> String {
        let path = try self.cursor.path()
        guard path.steps.isEmpty else {
            throw self.cursor.refusal(
                """
                a path into the attribute \(path.attribute) is not supported by this endpoint; only top-level \
                attributes are
                """
            )
        }
        return path.attribute
    }

    private static func unsupported(_ function: String) -> DynamoDBError {
        let known = [
            "list_append", "size", "contains", "begins_with", "attribute_exists", "attribute_not_exists",
            "attribute_type",
        ]
        guard known.contains(function) else {
            return invalid("Invalid UpdateExpression: Invalid function name; function: \(function)")
        }
        guard function == "list_append" else {
            return invalid(
                "Invalid UpdateExpression: The function is not allowed in an update expression; function: \(function)"
            )
        }
        return invalid("Invalid UpdateExpression: the function list_append is not supported by this endpoint")
    }

    private static func wrongOperand(_ name: String, _ value: AttributeValue) -> DynamoDBError {
        let types = [
            "S": "STRING", "N": "NUMBER", "B": "BINARY", "BOOL": "BOOLEAN", "NULL": "NULL", "M": "MAP", "L": "LIST",
            "SS": "STRING_SET", "NS": "NUMBER_SET", "BS": "BINARY_SET",
        ]
        return invalid(
            """
            Invalid UpdateExpression: Incorrect operand type for operator or function; operator: \(name), \
            operand type: \(types[value.typeName] ?? value.typeName)
            """
        )
    }
}
