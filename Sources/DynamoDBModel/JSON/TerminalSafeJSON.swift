// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// JSON text whose bytes can do nothing to a terminal, and which says the same.
///
/// JSON has to escape control characters below U+0020 only. Terminals also obey DEL and the control characters
/// U+0080 to U+009F; characters that turn the direction of text, or that nobody sees, hide what is really there.
package enum TerminalSafeJSON {
    /// Escapes what a terminal obeys: `\u009b` for U+009B.
    ///
    /// - Parameter text: JSON in UTF-8. Outside of its strings none of these characters can be.
    /// - Returns: The same JSON; the same bytes, nearly always.
    package static func escaped(_ text: [UInt8]) -> [UInt8] {
        guard let first = Self.next(in: text, from: 0) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 64)
        var plain = 0
        var found: (index: Int, count: Int, scalar: UInt32)? = first
        while let (index, count, scalar) = found {
            result += text[plain..<index]
            for unit in Unicode.Scalar(scalar).map({ Array(String(Character($0)).utf16) }) ?? [] {
                let digits = String(unit, radix: 16)
                result += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
            }
            plain = index + count
            found = Self.next(in: text, from: plain)
        }
        return result + text[plain...]
    }

    /// The next character to be escaped.
    private static func next(in text: [UInt8], from start: Int) -> (index: Int, count: Int, scalar: UInt32)? {
        text.withUnsafeBufferPointer { text in
            var index = start
            while index < text.count {
                let byte = text[index]
                // Lead bytes of the characters in question; all other bytes are passed without a further look.
                if byte == 0x7F { return (index, 1, 0x7F) }
                if byte == 0xC2 || byte == 0xD8, index + 1 < text.count {
                    let scalar = UInt32(byte & 0x1F) << 6 | UInt32(text[index + 1] & 0x3F)
                    if Self.isObeyed(scalar) { return (index, 2, scalar) }
                } else if byte == 0xE2 || byte == 0xEF, index + 2 < text.count {
                    let last = UInt32(text[index + 1] & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F)
                    let scalar = UInt32(byte & 0x0F) << 12 | last
                    if Self.isObeyed(scalar) { return (index, 3, scalar) }
                } else if byte == 0xF3, index + 3 < text.count {
                    let middle = UInt32(text[index + 1] & 0x3F) << 12 | UInt32(text[index + 2] & 0x3F) << 6
                    let scalar = 0xC0000 | middle | UInt32(text[index + 3] & 0x3F)
                    if Self.isObeyed(scalar) { return (index, 4, scalar) }
                }
                index += 1
            }
            return nil
        }
    }

    private static func isObeyed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9F: true  // C1: U+009B begins a control sequence.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // Marks and overrides of direction.
        case 0xAD, 0x200B, 0x2060...0x2064, 0xFEFF, 0xE0000...0xE007F: true  // Seen by nobody.
        case 0x2028, 0x2029: true  // Ends of lines to some readers of "lines".
        default: false
        }
    }
}
