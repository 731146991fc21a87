// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Attribute values as text for people.
enum ValueText {
    /// Bytes of binary that are shown.
    static let shownBytes = 16

    /// A value in one line without its type: text as it is, numbers as they are, bytes as length and hex.
    static func short(_ value: AttributeValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .binary(let bytes): Self.hex(bytes)
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        case .map(let members): "{\(members.count)}"
        case .list(let elements): "[\(elements.count)]"
        case .stringSet(let members): "{" + members.sorted().map { Self.quoted($0) }.joined(separator: ", ") + "}"
        case .numberSet(let members): "{" + members.sorted().map(\.text).joined(separator: ", ") + "}"
        case .binarySet(let members): "{\(members.count) binary}"
        }
    }

    /// A value in one line with all its parts.
    static func long(_ value: AttributeValue) -> String {
        switch value {
        case .map, .list: JSONWriter.compact(value.plainJSON)
        default: Self.short(value)
        }
    }

    /// A value as it stands in a change: texts in quotes.
    static func literal(_ value: AttributeValue) -> String {
        if case .string(let text) = value { return Self.quoted(text) }
        return Self.long(value)
    }

    /// A text in quotes.
    static func quoted(_ text: String) -> String {
        "\"" + text + "\""
    }

    /// Length and first bytes, `32 bytes 00ff10...`.
    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Self.digits(bytes.prefix(Self.shownBytes))
        let ending = bytes.count > Self.shownBytes ? "..." : ""
        return "\(bytes.count) byte\(bytes.count == 1 ? "" : "s") " + digits + ending
    }

    /// Bytes as digits alone.
    static func digits(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return text.count < 2 ? "0" + text : text
        }.joined()
    }

    /// The value at a path of attribute names and list indexes.
    static func value(at path: [String], in item: Item) -> AttributeValue? {
        guard let first = path.first else { return nil }
        // Names may have dots of their own.
        if let value = item[path.joined(separator: ".")] { return value }
        var value = item[first]
        for step in path.dropFirst() {
            switch value {
            case .map(let members): value = members[step]
            case .list(let elements): value = Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: return nil
            }
        }
        return value
    }
}
