// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads an UpdateExpression over top-level attributes; everything beyond that is refused by name.
struct UpdateExpressionParser {
    private static let kind = "UpdateExpression"
    /// The largest number of operators and functions (service limit).
    private static let mostOperators = 300
    /// if_not_exists inside of if_not_exists goes no deeper.
    private static let deepestNesting = 32

    private let tokens: [ExpressionToken]
    private var position = 0
    private var names: ExpressionNames
    private var operators = 0
    private var actions: [(attribute: String, action: UpdateExpression.Action)] = []
    private var sections: Set<String> = []

    /// Reads an expression and checks that it uses all names and values and changes no key attribute.
    static func parse(
        _ expression: String,
        names: ExpressionNames,
        keySchema: KeySchema
    ) throws(DynamoDBError) -> UpdateExpression {
        let tokens = try ExpressionLexer.tokens(of: expression, kind: Self.kind)
        var parser = UpdateExpressionParser(tokens: tokens, names: names)
        while parser.current != .end { try parser.section() }
        try parser.names.checkAllUsed()
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
        for key in keySchema.attributes where seen.contains(key.name) {
            throw invalid(
                """
                One or more parameter values were invalid: Cannot update attribute \(key.name). \
                This attribute is part of the key
                """
            )
        }
        return UpdateExpression(actions: parser.actions)
    }

    private init(tokens: [ExpressionToken], names: ExpressionNames) {
        self.tokens = tokens
        self.names = names
    }

    private var current: ExpressionToken { self.tokens[self.position] }

    private var syntaxError: DynamoDBError {
        ExpressionLexer.syntaxError(Self.kind, token: self.current.text)
    }

    private mutating func advance() {
        if self.position + 1 < self.tokens.count { self.position += 1 }
    }

    private mutating func take(_ sign: Character) -> Bool {
        guard self.current == .sign(sign) else { return false }
        self.advance()
        return true
    }

    private mutating func section() throws(DynamoDBError) {
        guard case .word(let word) = self.current else { throw self.syntaxError }
        let section = word.uppercased()
        guard ["SET", "REMOVE", "ADD", "DELETE"].contains(section) else { throw self.syntaxError }
        guard self.sections.insert(section).inserted else {
            throw invalid(
                "Invalid UpdateExpression: The \"\(section)\" section can only be used once in an update expression;"
            )
        }
        self.advance()
        repeat {
            let attribute = try self.path()
            switch section {
            case "SET": self.actions.append((attribute, try self.assignment()))
            case "REMOVE": self.actions.append((attribute, .remove))
            case "ADD":
                let value = try self.literal()
                guard ["N", "SS", "NS", "BS"].contains(value.typeName) else { throw Self.wrongOperand("ADD", value) }
                self.actions.append((attribute, .add(value)))
            default:
                let value = try self.literal()
                guard ["SS", "NS", "BS"].contains(value.typeName) else { throw Self.wrongOperand("DELETE", value) }
                self.actions.append((attribute, .delete(value)))
            }
        } while self.take(",")
    }

    private mutating func assignment() throws(DynamoDBError) -> UpdateExpression.Action {
        guard self.take("=") else { throw self.syntaxError }
        let left = try self.operand(depth: 0)
        guard self.current == .sign("+") || self.current == .sign("-") else { return .set(left) }
        let sign = self.current.text
        self.advance()
        try self.countOperator()
        let right = try self.operand(depth: 0)
        for case .value(let value) in [left, right] where value.typeName != "N" {
            throw Self.wrongOperand(sign, value)
        }
        if self.current == .sign("+") || self.current == .sign("-") { throw self.syntaxError }
        return sign == "+" ? .setSum(left, right) : .setDifference(left, right)
    }

    private mutating func operand(depth: Int) throws(DynamoDBError) -> UpdateExpression.Operand {
        guard depth <= Self.deepestNesting else {
            throw invalid("Invalid UpdateExpression: The expression is nested too deeply;")
        }
        if self.take("(") {
            let inner = try self.operand(depth: depth + 1)
            guard self.take(")") else { throw self.syntaxError }
            return inner
        }
        if case .value = self.current { return .value(try self.literal()) }
        guard case .word(let function) = self.current, self.tokens[self.position + 1] == .sign("(") else {
            return .attribute(try self.path())
        }
        guard function == "if_not_exists" else { throw Self.unsupported(function) }
        self.advance()
        self.advance()
        try self.countOperator()
        let attribute = try self.path()
        guard self.take(",") else { throw self.syntaxError }
        let otherwise = try self.operand(depth: depth + 1)
        guard self.take(")") else { throw self.syntaxError }
        return .ifNotExists(attribute: attribute, otherwise: otherwise)
    }

    private mutating func path() throws(DynamoDBError) -> String {
        let attribute: String
        switch self.current {
        case .word(let word):
            guard let first = word.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
                throw self.syntaxError
            }
            attribute = word
        case .name(let placeholder): attribute = try self.names.attribute(placeholder, kind: Self.kind)
        default: throw self.syntaxError
        }
        self.advance()
        if self.current == .sign(".") || self.current == .sign("[") {
            throw invalid(
                """
                Invalid UpdateExpression: a path into the attribute \(attribute) is not supported by this endpoint; \
                only top-level attributes are
                """
            )
        }
        return attribute
    }

    private mutating func literal() throws(DynamoDBError) -> AttributeValue {
        guard case .value(let placeholder) = self.current else { throw self.syntaxError }
        self.advance()
        return try self.names.value(placeholder, kind: Self.kind)
    }

    private mutating func countOperator() throws(DynamoDBError) {
        self.operators += 1
        guard self.operators <= Self.mostOperators else {
            throw invalid(
                """
                Invalid UpdateExpression: The expression contains too many operators; \
                operator count: \(self.operators)
                """
            )
        }
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
