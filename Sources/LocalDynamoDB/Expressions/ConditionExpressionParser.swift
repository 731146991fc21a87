// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Reads a ConditionExpression or a FilterExpression.
///
/// ```
/// either  = both { OR both }
/// both    = negated { AND negated }
/// negated = NOT negated | tested
/// tested  = primary [ comparator primary | BETWEEN primary AND primary | IN ( primary { , primary } ) ]
/// primary = ( either ) | function ( primary { , primary } ) | :value | path
/// ```
///
/// A parenthesis may hold a condition or an operand, and only what follows tells which was meant; so rules give a part
/// that is either.
struct ConditionExpressionParser {
    /// Parentheses and NOT nest no deeper; ours, so that no expression can exhaust the stack.
    static let deepestNesting = 150
    /// IN has no more candidates (service limit).
    static let mostCandidates = 100

    /// What a rule gives.
    private enum Part {
        case condition(ConditionExpression, function: String? = nil)
        case operand(ConditionOperand)
    }

    private var cursor: ExpressionCursor
    private var depth = 0
    /// The pieces of the parenthesis that closed last.
    private var lastGroup: Range<Int>?

    /// Reads an expression and notes which names and values it uses; `kind` names the parameter in messages.
    static func parse(
        _ expression: String,
        kind: String = "ConditionExpression",
        names: inout ExpressionNames
    ) throws(DynamoDBError) -> ConditionExpression {
        var parser = ConditionExpressionParser(
            cursor: try ExpressionCursor(expression, kind: kind, names: names)
        )
        let part = try parser.either()
        guard parser.cursor.current == .end else { throw parser.cursor.syntaxError }
        let condition = try parser.condition(part)
        names = parser.cursor.names
        return condition
    }

    private init(cursor: ExpressionCursor) {
        self.cursor = cursor
    }

    private mutating func either() throws(DynamoDBError) -> Part {
        let first = try self.both()
        guard self.cursor.isKeyword("OR") else { return first }
        var conditions = [try self.condition(first)]
        while self.cursor.takeKeyword("OR") {
            try self.cursor.countOperator()
            conditions.append(try self.bothCondition())
        }
        return .condition(.any(conditions))
    }

    private mutating func both() throws(DynamoDBError) -> Part {
        let first = try self.negated()
        guard self.cursor.isKeyword("AND") else { return first }
        var conditions = [try self.condition(first)]
        while self.cursor.takeKeyword("AND") {
            try self.cursor.countOperator()
            conditions.append(try self.negatedCondition())
        }
        return .condition(.all(conditions))
    }

    private mutating func negated() throws(DynamoDBError) -> Part {
        guard self.cursor.takeKeyword("NOT") else { return try self.tested() }
        try self.cursor.countOperator()
        try self.enter()
        let condition = try self.negatedCondition()
        self.depth -= 1
        return .condition(.not(condition))
    }

    private mutating func tested() throws(DynamoDBError) -> Part {
        let left = try self.primary()
        if let comparator = self.takeComparator() {
            try self.cursor.countOperator()
            let left = try self.operand(left)
            let right = try self.primaryOperand()
            try self.check(left, comparator, right)
            return .condition(.comparison(left, comparator, right))
        }
        if self.cursor.takeKeyword("BETWEEN") {
            try self.cursor.countOperator()
            let operand = try self.operand(left)
            let low = try self.primaryOperand()
            guard self.cursor.takeKeyword("AND") else { throw self.cursor.syntaxError }
            let high = try self.primaryOperand()
            try self.checkBetween(operand, low, high)
            return .condition(.between(operand, low, high))
        }
        if self.cursor.takeKeyword("IN") {
            try self.cursor.countOperator()
            let operand = try self.operand(left)
            let candidates = try self.operands()
            guard candidates.count <= Self.mostCandidates else {
                throw self.wrongNumber("IN", candidates.count + 1)
            }
            return .condition(.among(operand, candidates))
        }
        return left
    }

    private mutating func primary() throws(DynamoDBError) -> Part {
        switch self.cursor.current {
        case .sign("("): return try self.group()
        case .value: return .operand(.value(try self.cursor.literal()))
        case .word(let word):
            if self.cursor.following == .sign("(") { return try self.function(word) }
            guard !["AND", "OR", "NOT", "IN", "BETWEEN"].contains(word.uppercased()) else {
                throw self.cursor.syntaxError
            }
            return .operand(.path(try self.cursor.path()))
        default: return .operand(.path(try self.cursor.path()))
        }
    }

    private mutating func group() throws(DynamoDBError) -> Part {
        let start = self.cursor.position
        try self.cursor.expect("(")
        try self.enter()
        let part = try self.either()
        try self.cursor.expect(")")
        self.depth -= 1
        if self.lastGroup == (start + 1)..<(self.cursor.position - 1) {
            throw self.cursor.refusal("The expression has redundant parentheses;")
        }
        self.lastGroup = start..<self.cursor.position
        guard case .operand(.path(var path)) = part else { return part }
        try self.cursor.continuePath(&path)
        return .operand(.path(path))
    }

    private mutating func function(_ name: String) throws(DynamoDBError) -> Part {
        guard !["AND", "OR", "NOT", "IN", "BETWEEN"].contains(name.uppercased()) else {
            throw self.cursor.syntaxError
        }
        let count = try ConditionFunctions.operandCount(of: name, at: self.cursor)
        self.cursor.advance()
        try self.cursor.countOperator()
        let operands = try self.operands()
        guard operands.count == count else { throw self.wrongNumber(name, operands.count) }
        if operands.count == 2 { try self.checkDistinct(operands[0], operands[1], name) }
        if name == "size" {
            try ConditionFunctions.checkSize(operands[0], at: self.cursor)
            return .operand(.size(operands[0]))
        }
        return .condition(
            try ConditionFunctions.condition(name, operands, at: self.cursor),
            function: name
        )
    }

    /// Reads operands in parentheses, at least one.
    private mutating func operands() throws(DynamoDBError) -> [ConditionOperand] {
        try self.cursor.expect("(")
        try self.enter()
        var operands: [ConditionOperand] = []
        repeat {
            operands.append(try self.primaryOperand())
        } while self.cursor.take(",")
        try self.cursor.expect(")")
        self.depth -= 1
        return operands
    }

    private mutating func takeComparator() -> ConditionExpression.Comparator? {
        let text: String
        switch self.cursor.current {
        case .sign("="): text = "="
        case .comparator(let comparator): text = comparator
        default: return nil
        }
        self.cursor.advance()
        return ConditionExpression.Comparator(rawValue: text)
    }

    private mutating func enter() throws(DynamoDBError) {
        self.depth += 1
        guard self.depth <= Self.deepestNesting else {
            throw self.cursor.refusal("The expression is nested too deeply;")
        }
    }

    // What is read first and judged then: a refusal names the piece behind what was read.

    private mutating func bothCondition() throws(DynamoDBError) -> ConditionExpression {
        let part = try self.both()
        return try self.condition(part)
    }

    private mutating func negatedCondition() throws(DynamoDBError) -> ConditionExpression {
        let part = try self.negated()
        return try self.condition(part)
    }

    private mutating func primaryOperand() throws(DynamoDBError) -> ConditionOperand {
        let part = try self.primary()
        return try self.operand(part)
    }

    private func condition(_ part: Part) throws(DynamoDBError) -> ConditionExpression {
        switch part {
        case .condition(let condition, _): return condition
        case .operand(.size): throw self.misused("size")
        case .operand: throw self.cursor.syntaxError
        }
    }

    private func operand(_ part: Part) throws(DynamoDBError) -> ConditionOperand {
        switch part {
        case .operand(let operand): return operand
        case .condition(_, let function?): throw self.misused(function)
        case .condition(_, nil): throw self.cursor.syntaxError
        }
    }

    private func misused(_ function: String) -> DynamoDBError {
        self.cursor.refusal("The function is not allowed to be used this way in an expression; function: \(function)")
    }

    private func wrongNumber(_ name: String, _ count: Int) -> DynamoDBError {
        self.cursor.refusal(
            """
            Incorrect number of operands for operator or function; operator or function: \(name), \
            number of operands: \(count)
            """
        )
    }
}

extension ConditionExpressionParser {
    private func check(
        _ left: ConditionOperand,
        _ comparator: ConditionExpression.Comparator,
        _ right: ConditionOperand
    ) throws(DynamoDBError) {
        try self.checkDistinct(left, right, comparator.rawValue)
        if comparator == .equal || comparator == .unequal { return }
        try ConditionFunctions.checkOrdered([left, right], comparator.rawValue, at: self.cursor)
    }

    private func checkDistinct(
        _ left: ConditionOperand,
        _ right: ConditionOperand,
        _ name: String
    ) throws(DynamoDBError) {
        guard case (.path(let left), .path(let right)) = (left, right), left == right else { return }
        throw self.cursor.refusal(
            """
            The first operand must be distinct from the remaining operands for this operator or function; \
            operator: \(name), first operand: \(left)
            """
        )
    }

    private func checkBetween(
        _ operand: ConditionOperand,
        _ low: ConditionOperand,
        _ high: ConditionOperand
    ) throws(DynamoDBError) {
        try ConditionFunctions.checkOrdered([operand, low, high], "BETWEEN", at: self.cursor)
        guard case (.value(let low), .value(let high)) = (low, high) else { return }
        let rule: String
        if low.typeName != high.typeName {
            rule = "same data type for lower and upper bounds"
        } else if ConditionExpression.compare(low, .greater, high) {
            rule = "upper bound to be greater than or equal to lower bound"
        } else {
            return
        }
        // The service shows the values as well; messages are logged, and items have no place in logs.
        throw self.cursor.refusal(
            """
            The BETWEEN operator requires \(rule); lower bound operand: AttributeValue: {\(low.typeName):…}, \
            upper bound operand: AttributeValue: {\(high.typeName):…}
            """
        )
    }
}
