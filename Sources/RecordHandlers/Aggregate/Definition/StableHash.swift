// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A hash of text that is the same in every run and on every machine.
enum StableHash {
    /// FNV-1a, and a last mix so that all bits depend on all of it.
    static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ (hash >> 33)
    }
}
