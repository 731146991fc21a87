// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// Makes names for values that cannot be guessed back: nobody has the secret once the recording is written.
struct RedactionSecret: Sendable {
    private let key: SymmetricKey

    init(_ bytes: [UInt8]) {
        self.key = SymmetricKey(data: bytes)
    }

    /// 16 hexadecimal digits, the same for the same text.
    func name(_ text: String) -> String {
        self.bytes(Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    /// Eight bytes, the same for the same bytes.
    func bytes(_ bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: self.key).prefix(8))
    }

    /// A whole number of up to 16 digits, the same for the same text.
    func number(_ text: String) -> Int {
        self.bytes(Array(text.utf8)).reduce(0) { ($0 << 8 | Int($1)) & 0x3_FFFF_FFFF_FFFF }
    }
}
