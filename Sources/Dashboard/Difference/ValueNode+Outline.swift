// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension ValueNode {
    /// What the types of values with parts are called; those within JSON are words already.
    private static let kinds = [
        "M": "map", "L": "list", "SS": "string set", "NS": "number set", "BS": "binary set", "JSON": "JSON in a string",
    ]

    /// Kind and size in words, which nobody takes for the value itself; nil for a value that cannot have parts.
    var outline: String? {
        switch self {
        case .object(let type, let members): Self.outline(type, members.count, "member")
        case .array(let type, let elements): Self.outline(type, elements.count, "element")
        case .set(let type, let members): Self.outline(type, members.count, "member")
        case .text, .scalar, .binary: nil
        }
    }

    private static func outline(_ type: String, _ count: Int, _ part: String) -> String {
        "\(Self.kinds[type] ?? type), \(count) \(part)\(count == 1 ? "" : "s")"
    }
}
