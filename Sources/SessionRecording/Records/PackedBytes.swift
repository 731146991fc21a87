// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers and texts one behind the other.
struct PackedBytes {
    private(set) var bytes: [UInt8] = []

    /// Makes room for so many bytes at once.
    mutating func reserve(_ count: Int) {
        self.bytes.reserveCapacity(count)
    }

    /// Eight bytes, the highest first.
    mutating func word(_ value: UInt64) {
        withUnsafeBytes(of: value.bigEndian) { self.bytes.append(contentsOf: $0) }
    }

    /// A whole number of seven bits a byte, the lowest first; all bytes but the last have their highest bit set.
    mutating func number(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            self.bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value &>>= 7
        }
        self.bytes.append(UInt8(truncatingIfNeeded: value))
    }

    /// A number that may be negative, folded: 0, -1, 1 and -2 are 0, 1, 2 and 3.
    mutating func signedNumber(_ value: Int64) {
        self.number(UInt64(bitPattern: value &<< 1 ^ value &>> 63))
    }

    /// A count, which is not negative.
    mutating func count(_ value: Int) {
        self.number(UInt64(value))
    }

    /// Bytes behind their number.
    mutating func text(_ bytes: some Collection<UInt8>) {
        self.count(bytes.count)
        self.bytes.append(contentsOf: bytes)
    }

    /// Bytes alone.
    mutating func append(_ bytes: some Collection<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }
}
