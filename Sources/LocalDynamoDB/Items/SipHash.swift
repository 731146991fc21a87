// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// SipHash-2-4: a keyed 64-bit hash that is the same on every run, unlike Swift's `Hasher`.
struct SipHash {
    private let key0: UInt64
    private let key1: UInt64

    /// Creates a hash function from its key.
    init(key0: UInt64, key1: UInt64) {
        self.key0 = key0
        self.key1 = key1
    }

    /// Hashes bytes.
    func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var state = State(key0: self.key0, key1: self.key1)
        var word: UInt64 = 0
        var count = 0
        for byte in bytes {
            word |= UInt64(byte) << UInt64(8 * (count & 7))
            count += 1
            if count & 7 == 0 {
                state.absorb(word)
                word = 0
            }
        }
        return state.finish(word | UInt64(truncatingIfNeeded: count) << 56)
    }

    /// Hashes words.
    func hash(_ words: UInt64...) -> UInt64 {
        var state = State(key0: self.key0, key1: self.key1)
        for word in words { state.absorb(word) }
        return state.finish(UInt64(truncatingIfNeeded: words.count * 8) << 56)
    }

    private struct State {
        private var v0: UInt64
        private var v1: UInt64
        private var v2: UInt64
        private var v3: UInt64

        init(key0: UInt64, key1: UInt64) {
            self.v0 = key0 ^ 0x736f_6d65_7073_6575
            self.v1 = key1 ^ 0x646f_7261_6e64_6f6d
            self.v2 = key0 ^ 0x6c79_6765_6e65_7261
            self.v3 = key1 ^ 0x7465_6462_7974_6573
        }

        mutating func absorb(_ word: UInt64) {
            self.v3 ^= word
            self.round()
            self.round()
            self.v0 ^= word
        }

        mutating func finish(_ last: UInt64) -> UInt64 {
            self.absorb(last)
            self.v2 ^= 0xff
            for _ in 0..<4 { self.round() }
            return self.v0 ^ self.v1 ^ self.v2 ^ self.v3
        }

        private mutating func round() {
            self.v0 &+= self.v1
            self.v1 = self.v1 << 13 | self.v1 >> 51
            self.v1 ^= self.v0
            self.v0 = self.v0 << 32 | self.v0 >> 32
            self.v2 &+= self.v3
            self.v3 = self.v3 << 16 | self.v3 >> 48
            self.v3 ^= self.v2
            self.v0 &+= self.v3
            self.v3 = self.v3 << 21 | self.v3 >> 43
            self.v3 ^= self.v0
            self.v2 &+= self.v1
            self.v1 = self.v1 << 17 | self.v1 >> 47
            self.v1 ^= self.v2
            self.v2 = self.v2 << 32 | self.v2 >> 32
        }
    }
}
