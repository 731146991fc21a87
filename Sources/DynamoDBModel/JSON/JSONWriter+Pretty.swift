// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// The tree as text on many lines, for people, with `indent` blanks per level.
    package static func pretty(_ value: JSONValue, indent: Int = 2) -> String {
        var text = ""
        Self.pretty(value, indent: indent, level: 0, into: &text)
        return text
    }

    private static func pretty(_ value: JSONValue, indent: Int, level: Int, into text: inout String) {
        func line(_ level: Int) {
            text += "\n" + String(repeating: " ", count: level * indent)
        }
        switch value {
        case .array(let elements) where !elements.isEmpty:
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                line(level + 1)
                Self.pretty(element, indent: indent, level: level + 1, into: &text)
            }
            line(level)
            text += "]"
        case .object(let members) where !members.isEmpty:
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                line(level + 1)
                text += Self.compact(.string(member.name)) + ": "
                Self.pretty(member.value, indent: indent, level: level + 1, into: &text)
            }
            line(level)
            text += "}"
        default:
            text += Self.compact(value)
        }
    }

    /// The tree as text on one line.
    package static func compact(_ value: JSONValue) -> String {
        var writer = JSONWriter(capacity: 64)
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
