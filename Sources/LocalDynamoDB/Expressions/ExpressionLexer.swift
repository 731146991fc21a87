// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A piece of an expression.
enum ExpressionToken: Hashable {
    /// A name written out, a number, a keyword or a function.
    case word(String)
    /// `#name`, with the sign.
    case name(String)
    /// `:value`, with the sign.
    case value(String)
    /// `<`, `<=`, `<>`, `>` or `>=`; `=` is a sign.
    case comparator(String)
    /// One of `( ) , = + - . [ ]` and what else is a sign of its own.
    case sign(Character)
    /// The end.
    case end

    /// The piece as it was written.
    var text: String {
        switch self {
        case .word(let text), .name(let text), .value(let text), .comparator(let text): text
        case .sign(let sign): String(sign)
        case .end: "<EOF>"
        }
    }
}

/// A piece of an expression and where it stands, in bytes.
struct PlacedToken {
    var token: ExpressionToken
    var range: Range<Int>
}

/// Cuts an expression into pieces.
struct ExpressionLexer {
    /// The longest expression in bytes (service limit).
    static let longestExpression = 4096

    /// Cuts an expression, with the end as the last piece; `kind` names the parameter in messages.
    static func tokens(of bytes: [UInt8], kind: String) throws(DynamoDBError) -> [PlacedToken] {
        guard bytes.count <= Self.longestExpression else {
            throw invalid("Invalid \(kind): Expression size has exceeded the maximum allowed size;")
        }
        var tokens: [PlacedToken] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                index += 1
            default:
                let token = try Self.token(in: bytes, from: index, kind: kind)
                tokens.append(token)
                index = token.range.upperBound
            }
        }
        guard !tokens.isEmpty else { throw invalid("Invalid \(kind): The expression can not be empty;") }
        tokens.append(PlacedToken(token: .end, range: bytes.count..<bytes.count))
        return tokens
    }

    /// The refusal of a piece that cannot stand where it stands; `near` is the text around it.
    static func syntaxError(_ kind: String, token: String, near: String) -> DynamoDBError {
        invalid("Invalid \(kind): Syntax error; token: \"\(token)\", near: \"\(near)\"")
    }

    private static func token(in bytes: [UInt8], from start: Int, kind: String) throws(DynamoDBError) -> PlacedToken {
        let byte = bytes[start]
        switch byte {
        case UInt8(ascii: "#"), UInt8(ascii: ":"):
            let end = Self.endOfWord(bytes, from: start + 1)
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            guard end > start + 1 else { throw Self.syntaxError(kind, token: text, near: text) }
            return PlacedToken(token: byte == UInt8(ascii: "#") ? .name(text) : .value(text), range: start..<end)
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            let next = start + 1 < bytes.count ? bytes[start + 1] : 0
            let isDouble = next == UInt8(ascii: "=") || byte == UInt8(ascii: "<") && next == UInt8(ascii: ">")
            let end = start + (isDouble ? 2 : 1)
            return PlacedToken(
                token: .comparator(String(decoding: bytes[start..<end], as: UTF8.self)),
                range: start..<end
            )
        case _ where Self.isWord(byte):
            let end = Self.endOfWord(bytes, from: start)
            return PlacedToken(
                token: .word(String(decoding: bytes[start..<end], as: UTF8.self)),
                range: start..<end
            )
        case 0x21..<0x7f:
            return PlacedToken(token: .sign(Character(UnicodeScalar(byte))), range: start..<(start + 1))
        default:
            let text = String(decoding: bytes[start...].prefix(4), as: UTF8.self)
            throw Self.syntaxError(kind, token: text, near: text)
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func endOfWord(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        return index
    }
}
