// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Expressions that are no conditions, with the service's words behind `Invalid ConditionExpression: `.
enum ConditionRefusals {
    struct Case: Sendable, CustomTestStringConvertible {
        var expression: String
        var text: String

        var testDescription: String { String(self.expression.prefix(80)) }
    }

    static let all = Self.syntax + Self.operands + Self.limits

    private static func syntax(_ expression: String, token: String, near: String) -> Case {
        Case(expression: expression, text: "Syntax error; token: \"\(token)\", near: \"\(near)\"")
    }

    private static func type(_ expression: String, _ name: String, _ type: String) -> Case {
        Case(
            expression: expression,
            text:
                "Incorrect operand type for operator or function; operator or function: \(name), operand type: \(type)"
        )
    }

    private static func misused(_ expression: String, _ function: String) -> Case {
        Case(
            expression: expression,
            text: "The function is not allowed to be used this way in an expression; function: \(function)"
        )
    }

    private static func count(_ expression: String, _ name: String, _ count: Int) -> Case {
        Case(
            expression: expression,
            text: "Incorrect number of operands for operator or function; operator or function: \(name), "
                + "number of operands: \(count)"
        )
    }

    private static func distinct(_ expression: String, _ name: String, _ path: String) -> Case {
        Case(
            expression: expression,
            text: "The first operand must be distinct from the remaining operands for this operator or function; "
                + "operator: \(name), first operand: \(path)"
        )
    }

    private static let syntax = [
        Case(expression: "", text: "The expression can not be empty;"),
        Case(expression: " \t", text: "The expression can not be empty;"),
        Self.syntax("s", token: "<EOF>", near: "s"),
        Self.syntax("s =", token: "<EOF>", near: "="),
        Self.syntax("= :s", token: "=", near: "= :s"),
        Self.syntax("s = = :s", token: "=", near: "= = :s"),
        Self.syntax("s < > :s", token: ">", near: "< > :s"),
        Self.syntax("s == :s", token: "=", near: "== :s"),
        Self.syntax("s != :s", token: "!", near: "s !="),
        Self.syntax("s = :s AND", token: "<EOF>", near: "AND"),
        Self.syntax("s = :s AND OR n = :n", token: "OR", near: "AND OR n"),
        Self.syntax("s = :s n = :n", token: "n", near: ":s n ="),
        Self.syntax("(s = :s", token: "<EOF>", near: ":s"),
        Self.syntax("s = :s)", token: ")", near: ":s)"),
        Self.syntax("()", token: ")", near: "()"),
        Self.syntax("NOT s", token: "<EOF>", near: "s"),
        Self.syntax("(s) AND (n)", token: "AND", near: ") AND ("),
        Self.syntax("s = (n = :n)", token: "<EOF>", near: ")"),
        Self.syntax("n BETWEEN :n", token: "<EOF>", near: ":n"),
        Self.syntax("n BETWEEN :n OR :nine", token: "OR", near: ":n OR :nine"),
        Self.syntax("s IN ()", token: ")", near: "()"),
        Self.syntax("s IN :s", token: ":s", near: "IN :s"),
        Self.syntax("s IN (:s", token: "<EOF>", near: ":s"),
        Self.syntax("attribute_exists()", token: ")", near: "()"),
        Self.syntax("attribute_exists(s", token: "<EOF>", near: "s"),
        Self.syntax("s. = :s", token: "=", near: ". = :s"),
        Self.syntax("l[] = :s", token: "]", near: "[] ="),
        Self.syntax("l[x] = :s", token: "x", near: "[x]"),
        Self.syntax("l[:n] = :s", token: ":n", near: "[:n]"),
        Self.syntax("l[1 = :s", token: "=", near: "1 = :s"),
        Self.syntax("5 = :n", token: "5", near: "5 ="),
        Self.syntax("_s = :n", token: "_s", near: "_s ="),
        Self.syntax(":s.x = :n", token: ".", near: ":s.x"),
        Self.syntax("and = :n", token: "and", near: "and ="),
        Self.syntax("s = # AND n = :n", token: "#", near: "#"),
        Self.syntax("s = 'x'", token: "'", near: "= 'x"),
        Self.syntax("ü = :s", token: "ü =", near: "ü ="),
        Case(expression: "((s = :s))", text: "The expression has redundant parentheses;"),
        Case(expression: "((s)) = :s", text: "The expression has redundant parentheses;"),
        Case(expression: "NOT ((s = :s OR n = :n))", text: "The expression has redundant parentheses;"),
    ]

    private static let operands = [
        Case(
            expression: "#undefined = :s",
            text: "An expression attribute name used in the document path is not defined; attribute name: #undefined"
        ),
        Case(
            expression: "m.#undefined = :s",
            text: "An expression attribute name used in the document path is not defined; attribute name: #undefined"
        ),
        Case(
            expression: "s = :undefined",
            text: "An expression attribute value used in expression is not defined; attribute value: :undefined"
        ),
        Case(
            expression: "status = :s",
            text: "Attribute name is a reserved keyword; reserved keyword: status"
        ),
        Case(
            expression: "m.Size = :s",
            text: "Attribute name is a reserved keyword; reserved keyword: Size"
        ),
        Case(expression: "dog(s) = :s", text: "Invalid function name; function: dog"),
        Case(expression: "Contains(s, :s)", text: "Invalid function name; function: Contains"),
        Case(
            expression: "if_not_exists(s, :s) = :s",
            text: "The function is not allowed in a condition expression; function: if_not_exists"
        ),
        Case(
            expression: "list_append(l, :l) = :l",
            text: "The function is not allowed in a condition expression; function: list_append"
        ),
        Self.misused("size(s)", "size"), Self.misused("NOT size(s)", "size"),
        Self.misused("size(s) AND s = :s", "size"), Self.misused("attribute_exists(s) = :yes", "attribute_exists"),
        Self.misused(":yes = contains(s, :s)", "contains"), Self.misused("size(contains(s, :s)) = :n", "contains"),
        Self.misused("begins_with(s, t) IN (:yes)", "begins_with"),
        Self.count("size(s, t) = :n", "size", 2), Self.count("attribute_exists(s, t)", "attribute_exists", 2),
        Self.count("begins_with(s)", "begins_with", 1), Self.count("contains(s, t, :s)", "contains", 3),
        Self.distinct("s = s", "=", "[s]"), Self.distinct("contains(l[0], l[0])", "contains", "[l, [0]]"),
        Self.distinct("m.a < m.a", "<", "[m, a]"), Self.distinct("#n > n", ">", "[n]"),
        Case(
            expression: "attribute_exists(:s)",
            text: "Operator or function requires a document path; operator or function: attribute_exists"
        ),
        Case(
            expression: "attribute_not_exists(size(s))",
            text: "Operator or function requires a document path; operator or function: attribute_not_exists"
        ),
        Case(
            expression: "attribute_type(s, :x)",
            text: "Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
        ),
        Self.type("attribute_type(s, :n)", "attribute_type", "N"),
        Self.type("attribute_type(s, t)", "attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"),
        Self.type("n < :l", "<", "L"), Self.type(":yes >= n", ">=", "BOOL"), Self.type("n > :ss", ">", "SS"),
        Self.type("n <= :void", "<=", "NULL"), Self.type("n BETWEEN :l AND :l", "BETWEEN", "L"),
        Self.type(":m BETWEEN n AND s", "BETWEEN", "M"), Self.type("begins_with(s, :n)", "begins_with", "N"),
        Self.type("begins_with(:n, s)", "begins_with", "N"), Self.type("begins_with(s, size(t))", "begins_with", "N"),
        Self.type("contains(:n, s)", "contains", "N"), Self.type("contains(:m, s)", "contains", "M"),
        Self.type("size(:n) = :n", "size", "N"), Self.type("size(:yes) = :n", "size", "BOOL"),
        Self.type("size(size(s)) = :n", "size", "N"),
        Case(
            expression: "n BETWEEN :nine AND :one",
            text: "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
                + "operand: AttributeValue: {N:…}, upper bound operand: AttributeValue: {N:…}"
        ),
        Case(
            expression: "n BETWEEN :one AND :s",
            text: "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
                + "AttributeValue: {N:…}, upper bound operand: AttributeValue: {S:…}"
        ),
    ]

    private static let limits = [
        Case(
            expression: "s = :s" + String(repeating: " ", count: 4091),
            text: "Expression size has exceeded the maximum allowed size;"
        ),
        Case(
            expression: (0..<151).map { _ in "s=:s" }.joined(separator: " OR "),
            text: "The expression contains too many operators; operator count: 301"
        ),
        Case(
            expression: String(repeating: "NOT ", count: 151) + "s = :s",
            text: "The expression is nested too deeply;"
        ),
        Case(
            expression: String(repeating: "(", count: 4000),
            text: "The expression is nested too deeply;"
        ),
        Self.count("s IN (\(Array(repeating: ":s", count: 101).joined(separator: ",")))", "IN", 102),
        Case(
            expression: "l[2147483648] = :s",
            text: "List index is not within the allowable range; index: [2147483648]"
        ),
        Case(
            expression: "l[99999999999999999999] = :s",
            text: "List index is not within the allowable range; index: [99999999999999999999]"
        ),
        Case(
            expression: "m" + String(repeating: ".x", count: 32) + " = :s",
            text: "The document path has too many nesting elements; nesting level: 32"
        ),
    ]
}
