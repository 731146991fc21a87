// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The sequence that puts text on the clipboard of the terminal (OSC 52).
package enum ClipboardSequence {
    /// The longest encoded text that common terminals take, in bytes.
    package static let encodedLimit = 74_000

    /// The bytes to send; nil if the text is too long.
    package static func bytes(for text: String) -> [UInt8]? {
        let source = Array(text.utf8)
        guard (source.count + 2) / 3 * 4 <= Self.encodedLimit else { return nil }
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes = Array("\u{1B}]52;c;".utf8)
        for start in stride(from: 0, to: source.count, by: 3) {
            let group = source[start..<min(start + 3, source.count)]
            var value: UInt32 = 0
            for index in 0..<3 {
                value = value << 8 | (start + index < source.count ? UInt32(source[start + index]) : 0)
            }
            for index in 0..<4 {
                let digit = digits[Int(value >> UInt32(18 - 6 * index)) & 63]
                bytes.append(index <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        bytes.append(0x07)
        return bytes
    }
}
