// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Makes request ids: 52 digits and capital letters, each one different.
final class RequestIDs: Sendable {
    private let state: Atomic<UInt64>

    init(seed: UInt64) {
        self.state = Atomic(seed)
    }

    /// The next id.
    func next() -> String {
        var text = ""
        text.reserveCapacity(52)
        var word: UInt64 = 0
        for index in 0..<52 {
            // A word holds twelve digits of base 36.
            if index % 12 == 0 { word = self.word() }
            let digit = UInt8(truncatingIfNeeded: word % 36)
            word /= 36
            text.unicodeScalars.append(
                UnicodeScalar(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") - 10 + digit)
            )
        }
        return text
    }

    private func word() -> UInt64 {
        var word = self.state.wrappingAdd(0x9e37_79b9_7f4a_7c15, ordering: .relaxed).newValue
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
