// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A piece of an expression.
enum ExpressionToken: Hashable {
    /// A name written out, or a keyword or function.
    case word(String)
    /// `#name`, with the sign.
    case name(String)
    /// `:value`, with the sign.
    case value(String)
    /// One of `( ) , = + - . [ ]` and what else is a sign of its own.
    case sign(Character)
    /// The end.
    case end

    /// The piece as it was written.
    var text: String {
        switch self {
        case .word(let text), .name(let text), .value(let text): text
        case .sign(let sign): String(sign)
        case .end: "<EOF>"
        }
    }
}

/// Cuts an expression into pieces.
struct ExpressionLexer {
    /// The longest expression in bytes (service limit).
    static let longestExpression = 4096

    /// Cuts an expression; `kind` names the parameter in messages.
    static func tokens(of expression: String, kind: String) throws(DynamoDBError) -> [ExpressionToken] {
        let bytes = Array(expression.utf8)
        guard bytes.count <= Self.longestExpression else {
            throw invalid("Invalid \(kind): Expression size has exceeded the maximum allowed size;")
        }
        var tokens: [ExpressionToken] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                index += 1
            case UInt8(ascii: "#"), UInt8(ascii: ":"):
                let end = Self.endOfWord(bytes, from: index + 1)
                let text = String(decoding: bytes[index..<end], as: UTF8.self)
                guard end > index + 1 else { throw Self.syntaxError(kind, token: text) }
                tokens.append(byte == UInt8(ascii: "#") ? .name(text) : .value(text))
                index = end
            case _ where Self.isWord(byte):
                let end = Self.endOfWord(bytes, from: index)
                tokens.append(.word(String(decoding: bytes[index..<end], as: UTF8.self)))
                index = end
            case _ where byte < 0x80 && byte > 0x20:
                tokens.append(.sign(Character(UnicodeScalar(byte))))
                index += 1
            default:
                throw Self.syntaxError(kind, token: String(decoding: bytes[index...].prefix(4), as: UTF8.self))
            }
        }
        guard !tokens.isEmpty else { throw invalid("Invalid \(kind): The expression can not be empty;") }
        tokens.append(.end)
        return tokens
    }

    /// The refusal of a piece that cannot stand where it stands.
    static func syntaxError(_ kind: String, token: String) -> DynamoDBError {
        invalid("Invalid \(kind): Syntax error; token: \"\(token)\"")
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
