// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Base64 as RFC 4648 §4 has it: the standard alphabet, padded, nothing else in between.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (index, byte) in Self.alphabet.enumerated() { values[Int(byte)] = UInt8(index) }
        return values
    }()

    /// Encodes bytes.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var count = 0
        func flush() {
            for position in 0...3 {
                let value = Int(group >> (18 - 6 * UInt32(position)) & 63)
                text.append(position <= count ? Self.alphabet[value] : UInt8(ascii: "="))
            }
        }
        for byte in bytes {
            group |= UInt32(byte) << (16 - 8 * UInt32(count))
            count += 1
            if count == 3 {
                flush()
                group = 0
                count = 0
            }
        }
        if count > 0 { flush() }
        return String(decoding: text, as: UTF8.self)
    }

    /// Decodes text; nil unless it is what ``encode(_:)`` would write.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text {
            let value = Self.values[Int(byte)]
            if value != 0xFF, padding == 0 {
                group = group << 6 | UInt32(value)
            } else if byte == UInt8(ascii: "="), count >= 2 {
                // Padding stands only in the last two places of the last group.
                group <<= 6
                padding += 1
            } else {
                return nil
            }
            count += 1
            guard count == 4 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: group >> 16))
            if padding < 2 { bytes.append(UInt8(truncatingIfNeeded: group >> 8)) }
            if padding < 1 { bytes.append(UInt8(truncatingIfNeeded: group)) }
            // Bits behind the last byte must be zero, or two texts would stand for the same bytes.
            if padding == 2, group & 0xFFFF != 0 { return nil }
            if padding == 1, group & 0xFF != 0 { return nil }
            group = 0
            count = 0
            // More text behind padding fails above: any value, and any padding in the first two places.
        }
        return bytes
    }
}
