// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The identity of one change, the same each time it is delivered: 32 hexadecimal digits on AWS, other text on emulators.
public struct EventID: Hashable, Sendable, CustomStringConvertible {
    private enum Storage: Hashable {
        /// 32 hexadecimal digits in lower case, as two numbers.
        case digits(UInt64, UInt64)
        /// Anything else.
        case text(String)
    }

    private let storage: Storage

    /// Wraps the service's text.
    public init(_ text: String) {
        var text = text
        let packed = text.withUTF8 { EventID(digits: $0) }
        self = packed ?? EventID(storage: .text(text))
    }

    /// Reads 32 hexadecimal digits in lower case; nil for anything else.
    @inline(__always)
    init?(digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 32, let first = DigitWords.hexadecimal(DigitWords.load(digits, at: 0)),
            let second = DigitWords.hexadecimal(DigitWords.load(digits, at: 8)),
            let third = DigitWords.hexadecimal(DigitWords.load(digits, at: 16)),
            let fourth = DigitWords.hexadecimal(DigitWords.load(digits, at: 24))
        else { return nil }
        self.storage = .digits(first &<< 32 | second, third &<< 32 | fourth)
    }

    private init(storage: Storage) {
        self.storage = storage
    }

    /// The identity of 32 hexadecimal digits in lower case, as the two numbers that they are.
    package init(high: UInt64, low: UInt64) {
        self.storage = .digits(high, low)
    }

    /// The numbers of 32 hexadecimal digits in lower case; nil for any other text.
    package var digits: (high: UInt64, low: UInt64)? {
        guard case .digits(let high, let low) = self.storage else { return nil }
        return (high, low)
    }

    /// The service's text.
    public var text: String {
        switch self.storage {
        case .digits(let high, let low): Self.hexadecimal(high, low)
        case .text(let text): text
        }
    }

    /// The service's text.
    public var description: String { self.text }

    /// The length of ``text`` in bytes, without making it.
    package var byteCount: Int {
        switch self.storage {
        case .digits: 32
        case .text(let text): text.utf8.count
        }
    }

    /// Sixty-four bits that stand for the identity where a set of many has to be small; the same in every process.
    package var fingerprint: UInt64 {
        switch self.storage {
        case .digits(let high, let low): return SplitMix64.mixed(high &* 0x9FB2_1C65_1E98_DF25 ^ SplitMix64.mixed(low))
        case .text(let text):
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            return SplitMix64.mixed(hash)
        }
    }

    private static func hexadecimal(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 32) { digits in
            for index in 0..<32 {
                let word = index < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word &>> UInt64(60 &- index % 16 &* 4)) & 15
                digits[index] = digit < 10 ? UInt8(ascii: "0") &+ digit : UInt8(ascii: "a") &+ digit &- 10
            }
            return 32
        }
    }
}
