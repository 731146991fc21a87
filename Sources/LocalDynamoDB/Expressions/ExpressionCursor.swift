// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A place in an expression, and what all kinds of expressions read alike: paths, values, counting operators.
struct ExpressionCursor {
    /// The largest number of operators and functions (service limit).
    static let mostOperators = 300
    /// The largest index in a path, `[2147483647]`.
    static let largestIndex = Int(Int32.max)

    /// The parameter's name, for messages: `ConditionExpression`.
    let kind: String
    /// How many pieces lie behind.
    private(set) var position = 0
    /// What placeholders stand for, and which of them were used.
    private(set) var names: ExpressionNames
    private let bytes: [UInt8]
    private let tokens: [PlacedToken]
    private var operators = 0

    /// Begins to read.
    init(_ expression: String, kind: String, names: ExpressionNames) throws(DynamoDBError) {
        self.kind = kind
        self.names = names
        self.bytes = Array(expression.utf8)
        self.tokens = try ExpressionLexer.tokens(of: self.bytes, kind: kind)
    }

    /// The next piece to read; the end stays the end.
    var current: ExpressionToken { self.tokens[self.position].token }

    /// The piece behind it.
    var following: ExpressionToken { self.tokens[min(self.position + 1, self.tokens.count - 1)].token }

    /// The refusal of the next piece.
    var syntaxError: DynamoDBError {
        let first = self.tokens[max(0, self.position - 1)].range.lowerBound
        let last = self.tokens[min(self.position + 1, self.tokens.count - 1)].range.upperBound
        let near = String(decoding: self.bytes[first..<last], as: UTF8.self)
        return ExpressionLexer.syntaxError(self.kind, token: self.current.text, near: near)
    }

    /// A refusal in the name of the parameter.
    func refusal(_ text: String) -> DynamoDBError { invalid("Invalid \(self.kind): \(text)") }

    mutating func advance() {
        if self.position + 1 < self.tokens.count { self.position += 1 }
    }

    mutating func take(_ sign: Character) -> Bool {
        guard self.current == .sign(sign) else { return false }
        self.advance()
        return true
    }

    mutating func expect(_ sign: Character) throws(DynamoDBError) {
        guard self.take(sign) else { throw self.syntaxError }
    }

    /// Whether the next piece is a keyword, in whatever case.
    func isKeyword(_ keyword: String) -> Bool {
        guard case .word(let word) = self.current else { return false }
        return word.uppercased() == keyword
    }

    mutating func takeKeyword(_ keyword: String) -> Bool {
        guard self.isKeyword(keyword) else { return false }
        self.advance()
        return true
    }

    /// Reads `name`, `#name`, `name.name`, `name[0]` and so on.
    mutating func path() throws(DynamoDBError) -> DocumentPath {
        var path = DocumentPath(attribute: try self.attributeName())
        try self.continuePath(&path)
        return path
    }

    /// Reads what else belongs to a path that has begun.
    mutating func continuePath(_ path: inout DocumentPath) throws(DynamoDBError) {
        while true {
            if self.take(".") {
                path.steps.append(.member(try self.attributeName()))
            } else if self.take("[") {
                path.steps.append(.index(try self.index()))
                try self.expect("]")
            } else {
                break
            }
        }
        guard path.steps.count < ItemChecks.deepestNesting else {
            throw self.refusal("The document path has too many nesting elements; nesting level: \(path.steps.count)")
        }
    }

    /// Reads `:value`.
    mutating func literal() throws(DynamoDBError) -> AttributeValue {
        guard case .value(let placeholder) = self.current else { throw self.syntaxError }
        self.advance()
        return try self.names.value(placeholder, kind: self.kind)
    }

    /// Counts an operator or a function.
    mutating func countOperator() throws(DynamoDBError) {
        self.operators += 1
        guard self.operators <= Self.mostOperators else {
            throw self.refusal("The expression contains too many operators; operator count: \(self.operators)")
        }
    }

    private mutating func attributeName() throws(DynamoDBError) -> String {
        let name: String
        switch self.current {
        case .word(let word):
            guard Self.isName(word) else { throw self.syntaxError }
            guard !ReservedWords.contains(word) else {
                throw self.refusal("Attribute name is a reserved keyword; reserved keyword: \(word)")
            }
            name = word
        case .name(let placeholder): name = try self.names.attribute(placeholder, kind: self.kind)
        default: throw self.syntaxError
        }
        self.advance()
        return name
    }

    private mutating func index() throws(DynamoDBError) -> Int {
        guard case .word(let digits) = self.current,
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw self.syntaxError }
        guard let index = Int(digits), index <= Self.largestIndex else {
            throw self.refusal("List index is not within the allowable range; index: [\(digits)]")
        }
        self.advance()
        return index
    }

    /// Whether a name can be written out: what begins with something else than a letter needs a placeholder.
    private static func isName(_ word: String) -> Bool {
        switch word.utf8.first {
        case .some(UInt8(ascii: "a")...UInt8(ascii: "z")), .some(UInt8(ascii: "A")...UInt8(ascii: "Z")): true
        default: false
        }
    }
}
