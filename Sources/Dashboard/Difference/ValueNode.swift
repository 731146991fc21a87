// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// An attribute value, or a part of JSON that a string holds, as the difference sees both.
package indirect enum ValueNode: Hashable, Sendable {
    /// Largest text that is opened as JSON, in bytes.
    static let openedBytes = 65_536
    /// How deep such JSON may be nested.
    static let openedDepth = 48

    /// Text; the type is `S`, or `string` within JSON.
    case text(type: String, String)
    /// A number, a truth value, null: as it is written, and as it compares.
    case scalar(type: String, text: String, comparable: String)
    /// Bytes.
    case binary([UInt8])
    /// Named parts; the type is `M`, `JSON` for a string that holds them, or `object` within JSON.
    case object(type: String, [Member])
    /// Parts in order; the type is `L`, `JSON` for a string that holds them, or `array` within JSON.
    case array(type: String, [ValueNode])
    /// Members of a set in order.
    case set(type: String, [ValueNode])

    /// A named part.
    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: ValueNode
    }

    /// Converts a value; a string that holds a JSON object or array is opened.
    package init(_ value: AttributeValue) {
        switch value {
        case .string(let text): self = Self.opened(text) ?? .text(type: "S", text)
        case .number(let number): self = .scalar(type: "N", text: number.text, comparable: number.text)
        case .binary(let bytes): self = .binary(bytes)
        case .bool(let flag): self = .scalar(type: "BOOL", text: flag ? "true" : "false", comparable: "\(flag)")
        case .null: self = .scalar(type: "NULL", text: "null", comparable: "null")
        case .map(let members):
            self = .object(
                type: "M",
                members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: ValueNode($0.value)) }
            )
        case .list(let elements): self = .array(type: "L", elements.map { ValueNode($0) })
        case .stringSet(let members): self = .set(type: "SS", members.sorted().map { .text(type: "S", $0) })
        case .numberSet(let members):
            self = .set(
                type: "NS",
                members.sorted().map { .scalar(type: "N", text: $0.text, comparable: $0.text) }
            )
        case .binarySet(let members):
            self = .set(type: "BS", members.sorted { $0.lexicographicallyPrecedes($1) }.map { .binary($0) })
        }
    }

    /// Converts a part of a JSON document.
    package init(_ value: JSONValue) {
        self.init(value, isWhole: false)
    }

    private init(_ value: JSONValue, isWhole: Bool) {
        switch value {
        case .null: self = .scalar(type: "null", text: "null", comparable: "null")
        case .bool(let flag): self = .scalar(type: "bool", text: "\(flag)", comparable: "\(flag)")
        case .number(let text):
            self = .scalar(type: "number", text: text, comparable: DecimalNumber(text)?.text ?? text)
        case .string(let text): self = .text(type: "string", text)
        case .array(let elements): self = .array(type: isWhole ? "JSON" : "array", elements.map { ValueNode($0) })
        case .object(let members):
            self = .object(
                type: isWhole ? "JSON" : "object",
                members.map { Member(name: $0.name, value: ValueNode($0.value)) }
            )
        }
    }

    /// The type's tag.
    var type: String {
        switch self {
        case .text(let type, _), .scalar(let type, _, _), .object(let type, _), .array(let type, _), .set(let type, _):
            type
        case .binary: "B"
        }
    }

    /// Whether both mean the same: numbers by value, objects whatever the order of their members.
    func isEqual(to other: ValueNode) -> Bool {
        switch (self, other) {
        case (.text(_, let left), .text(_, let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.scalar(let leftType, _, let left), .scalar(let rightType, _, let right)):
            leftType == rightType && left == right
        case (.object(let leftType, let left), .object(let rightType, let right)):
            leftType == rightType && left.count == right.count
                && zip(left.sorted { $0.name < $1.name }, right.sorted { $0.name < $1.name })
                    .allSatisfy { $0.name == $1.name && $0.value.isEqual(to: $1.value) }
        case (.array(let leftType, let left), .array(let rightType, let right)),
            (.set(let leftType, let left), .set(let rightType, let right)):
            leftType == rightType && left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
        default: false
        }
    }

    private static func opened(_ text: String) -> ValueNode? {
        let first = text.utf8.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), text.utf8.count <= Self.openedBytes,
            let value = try? JSONValue(
                parsing: text.utf8,
                maximumDepth: Self.openedDepth,
                maximumBytes: Self.openedBytes
            )
        else { return nil }
        return ValueNode(value, isWhole: true)
    }
}
