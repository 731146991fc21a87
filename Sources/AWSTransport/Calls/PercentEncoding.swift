// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding as signatures want it: all but letters, digits and `-._~`.
package enum PercentEncoding {
    /// Encodes the UTF-8 of a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - keepsSlashes: Whether it is a path whose slashes stay.
    /// - Returns: ASCII.
    package static func encode(_ text: String, keepsSlashes: Bool = false) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            case UInt8(ascii: "/") where keepsSlashes: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
