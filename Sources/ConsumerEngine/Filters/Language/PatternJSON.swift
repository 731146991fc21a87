// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// A piece of a pattern's JSON that knows where it stands.
struct PatternJSON: Hashable, Sendable {
    /// What it is.
    indirect enum Value: Hashable, Sendable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([PatternJSON])
        case object([Member])
    }

    /// A member of an object; a name may occur twice.
    struct Member: Hashable, Sendable {
        var name: String
        var offset: Int
        var value: PatternJSON
    }

    var value: Value
    /// Its first byte and the one behind its last, in the pattern's text.
    var range: Range<Int>

    var offset: Int { self.range.lowerBound }

    /// Parses a text that holds nothing but one value.
    init(parsing text: [UInt8]) throws(JSONFault) {
        self = try JSONScanner.read(text[...]) { (scanner) throws(JSONFault) in
            let json = try Self.read(&scanner)
            try scanner.finish()
            return json
        }
    }

    private init(_ value: Value, _ range: Range<Int>) {
        self.value = value
        self.range = range
    }

    private static func read(_ scanner: inout JSONScanner) throws(JSONFault) -> PatternJSON {
        let first = scanner.peek().map { Unicode.Scalar($0) }
        let start = scanner.position
        let value: Value
        switch first {
        case "{":
            var members: [Member] = []
            var more = try scanner.beginObject()
            while more {
                _ = scanner.peek()
                let offset = scanner.position
                let name = try scanner.memberName()
                members.append(Member(name: scanner.value(of: name), offset: offset, value: try Self.read(&scanner)))
                more = try scanner.nextMember()
            }
            value = .object(members)
        case "[":
            var elements: [PatternJSON] = []
            var more = try scanner.beginArray()
            while more {
                elements.append(try Self.read(&scanner))
                more = try scanner.nextElement()
            }
            value = .array(elements)
        case "\"": value = .string(scanner.value(of: try scanner.string()))
        case "t":
            try scanner.literal("true")
            value = .bool(true)
        case "f":
            try scanner.literal("false")
            value = .bool(false)
        case "n":
            try scanner.literal("null")
            value = .null
        default: value = .number(scanner.plainText(try scanner.number()))
        }
        return PatternJSON(value, start..<scanner.position)
    }

    /// What it is, for people.
    var kindText: String {
        switch self.value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
