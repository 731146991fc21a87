// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The SHA-256 of a request's body as it stands in the canonical request.
package struct PayloadHash: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits, or a word that the service knows in place of them.
    package let text: String

    /// Hashes a body.
    package init(of body: [UInt8]) {
        self.text = String(decoding: SHA256.hexDigits(of: body), as: UTF8.self)
    }

    /// Takes the value of an `X-Amz-Content-SHA256` header.
    package init(headerValue: String) {
        self.text = headerValue
    }

    /// The text.
    package var description: String { self.text }
}

extension SHA256 {
    /// The lower-case hexadecimal digits of the hash of some bytes.
    static func hexDigits(of bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        var digits: [UInt8] = []
        digits.reserveCapacity(64)
        digits.append(hexOf: hash.finalize())
        return digits
    }
}

extension [UInt8] {
    /// Appends the lower-case hexadecimal digits of some bytes.
    mutating func append(hexOf bytes: some Sequence<UInt8>) {
        for byte in bytes {
            self.append(hexadecimalDigit(byte >> 4))
            self.append(hexadecimalDigit(byte & 0x0F))
        }
    }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
}
