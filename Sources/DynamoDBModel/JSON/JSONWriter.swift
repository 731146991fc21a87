// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Writes JSON as bytes and puts the commas where they belong.
///
/// The caller keeps the nesting right; nothing is checked.
package struct JSONWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Creates a writer with room for so many bytes.
    package init(capacity: Int = 256) {
        self.bytes.reserveCapacity(capacity)
    }

    /// Writes `{`.
    package mutating func beginObject() { self.begin(UInt8(ascii: "{")) }
    /// Writes `}`.
    package mutating func endObject() { self.end(UInt8(ascii: "}")) }
    /// Writes `[`.
    package mutating func beginArray() { self.begin(UInt8(ascii: "[")) }
    /// Writes `]`.
    package mutating func endArray() { self.end(UInt8(ascii: "]")) }

    /// Writes a member's name that needs no escapes.
    package mutating func name(_ name: StaticString) {
        self.separate()
        self.bytes.append(UInt8(ascii: "\""))
        self.bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        self.bytes.append(UInt8(ascii: "\""))
        self.bytes.append(UInt8(ascii: ":"))
        self.needsComma = false
    }

    /// Writes a member's name.
    package mutating func name(_ name: String) {
        self.string(name)
        self.bytes.append(UInt8(ascii: ":"))
        self.needsComma = false
    }

    /// Writes text.
    package mutating func string(_ text: String) {
        self.separate()
        self.bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { self.escaped($0) }
        self.bytes.append(UInt8(ascii: "\""))
        self.needsComma = true
    }

    /// Writes a whole number.
    package mutating func number(_ value: Int) {
        self.number(text: String(value))
    }

    /// Writes a number, always with a point or an exponent: `1.0`.
    ///
    /// - Parameter value: Must be finite; JSON has no other numbers.
    package mutating func number(_ value: Double) {
        precondition(value.isFinite, "JSON has no number \(value)")
        self.number(text: value.description)
    }

    /// Writes a number that is already text.
    package mutating func number(text: String) {
        self.separate()
        self.bytes.append(contentsOf: text.utf8)
        self.needsComma = true
    }

    /// Writes `true` or `false`.
    package mutating func bool(_ value: Bool) {
        self.number(text: value ? "true" : "false")
    }

    /// Writes `null`.
    package mutating func null() {
        self.number(text: "null")
    }

    /// Writes bytes that are one JSON value already.
    package mutating func raw(_ value: some Collection<UInt8>) {
        self.separate()
        self.bytes.append(contentsOf: value)
        self.needsComma = true
    }

    /// Writes a tree.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: self.null()
        case .bool(let flag): self.bool(flag)
        case .number(let text): self.number(text: text)
        case .string(let text): self.string(text)
        case .array(let elements):
            self.beginArray()
            for element in elements { self.value(element) }
            self.endArray()
        case .object(let members):
            self.beginObject()
            for member in members {
                self.name(member.name)
                self.value(member.value)
            }
            self.endObject()
        }
    }

    private mutating func begin(_ byte: UInt8) {
        self.separate()
        self.bytes.append(byte)
        self.needsComma = false
    }

    private mutating func end(_ byte: UInt8) {
        self.bytes.append(byte)
        self.needsComma = true
    }

    private mutating func separate() {
        if self.needsComma { self.bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
        var plain = 0
        for index in text.indices {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            self.bytes.append(contentsOf: text[plain..<index])
            plain = index + 1
            self.bytes.append(UInt8(ascii: "\\"))
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): self.bytes.append(byte)
            case 0x08: self.bytes.append(UInt8(ascii: "b"))
            case 0x09: self.bytes.append(UInt8(ascii: "t"))
            case 0x0A: self.bytes.append(UInt8(ascii: "n"))
            case 0x0C: self.bytes.append(UInt8(ascii: "f"))
            case 0x0D: self.bytes.append(UInt8(ascii: "r"))
            default:
                let digits = Array("0123456789abcdef".utf8)
                self.bytes.append(contentsOf: Array("u00".utf8))
                self.bytes.append(digits[Int(byte >> 4)])
                self.bytes.append(digits[Int(byte & 15)])
            }
        }
        self.bytes.append(contentsOf: text[plain...])
    }
}
