// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Reads digits eight at a time, each byte of a word being one of them.
enum DigitWords {
    /// The byte in each of the eight places.
    @inline(__always)
    private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// The eight bytes at an offset, the first one lowest; the caller has made sure that they are there.
    @inline(__always)
    static func load(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The value of eight decimal digits; nil if one is none.
    @inline(__always)
    static func decimal(_ word: UInt64) -> UInt64? {
        let digits = word &- Self.each(0x30)
        // Above 9 the addition reaches the top bit of its byte, below 0 the subtraction does.
        guard ((word &+ Self.each(0x46)) | digits) & Self.each(0x80) == 0 else { return nil }
        let pairs = digits &* 10 &+ digits &>> 8
        let mask: UInt64 = 0x0000_00FF_0000_00FF
        let high = (pairs & mask) &* 0x000F_4240_0000_0064
        let low = (pairs &>> 16 & mask) &* 0x0000_2710_0000_0001
        return (high &+ low) &>> 32
    }

    /// The value of eight hexadecimal digits in lower case; nil if one is none.
    @inline(__always)
    static func hexadecimal(_ word: UInt64) -> UInt64? {
        let nibbles = ((word & Self.each(0x0F)) &+ (word &>> 6 & Self.each(1)) &* 9) & Self.each(0x0F)
        // Written again, only digits and small letters give what was read.
        let letters = (nibbles &+ Self.each(6)) &>> 4 & Self.each(1)
        guard nibbles &+ Self.each(0x30) &+ letters &* 0x27 == word else { return nil }
        var value = nibbles.byteSwapped
        value = (value | value &>> 4) & 0x00FF_00FF_00FF_00FF
        value = (value | value &>> 8) & 0x0000_FFFF_0000_FFFF
        return (value | value &>> 16) & 0xFFFF_FFFF
    }
}
