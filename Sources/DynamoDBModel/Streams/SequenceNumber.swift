// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The place of a record in its shard: a decimal number of 21 to 40 digits on AWS, of 1 to 57 here.
///
/// Compared as a number, never as text: numbers differ in length. Leading zeros do not count but are kept in ``text``,
/// because the service has to get back what it gave. Meaningful only within one shard and its descendants.
public struct SequenceNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    // Three groups of 19 digits, the most significant one first: no allocation, and comparison is three words.
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt64
    private let digitCount: UInt8

    /// Reads decimal digits; nil for anything else, for no digit and for more than 57.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        let parsed = text.withUTF8 { SequenceNumber(digits: $0) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads decimal digits in ASCII; nil for anything else, for no digit and for more than 57.
    public init?(digits: UnsafeBufferPointer<UInt8>) {
        guard (1...57).contains(digits.count) else { return nil }
        let count = digits.count
        guard let low = Self.group(digits, max(0, count &- 19)..<count),
            let middle = Self.group(digits, max(0, count &- 38)..<max(0, count &- 19)),
            let high = Self.group(digits, 0..<max(0, count &- 38))
        else { return nil }
        self.high = high
        self.middle = middle
        self.low = low
        self.digitCount = UInt8(digits.count)
    }

    /// The value of at most 19 digits.
    @inline(__always)
    private static func group(_ digits: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64? {
        var value: UInt64 = 0
        var index = range.lowerBound
        while index &+ 8 <= range.upperBound {
            guard let eight = DigitWords.decimal(DigitWords.load(digits, at: index)) else { return nil }
            value = value &* 100_000_000 &+ eight
            index &+= 8
        }
        while index < range.upperBound {
            let digit = digits[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        return value
    }

    /// The digits as they were read.
    public var text: String {
        String(unsafeUninitializedCapacity: Int(self.digitCount)) { self.write(into: $0) }
    }

    /// Appends the digits as they were read.
    package func append(to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(self.digitCount)) { digits in
            let count = self.write(into: digits)
            bytes.append(contentsOf: UnsafeBufferPointer(start: digits.baseAddress, count: count))
        }
    }

    /// Writes the digits into room for all of them, the last one first.
    private func write(into digits: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let count = Int(self.digitCount)
        precondition(digits.count >= count, "\(digits.count) bytes for \(count) digits")
        var index = count
        for place in 0..<3 {
            var left = place == 0 ? self.low : place == 1 ? self.middle : self.high
            let end = max(0, index - 19)
            while index > end {
                index -= 1
                digits.initializeElement(at: index, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10))
                left /= 10
            }
        }
        return count
    }

    /// The digits as they were read.
    public var description: String { self.text }

    /// Whether both are the same number.
    public static func == (left: SequenceNumber, right: SequenceNumber) -> Bool {
        left.low == right.low && left.middle == right.middle && left.high == right.high
    }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.low)
        hasher.combine(self.middle)
        hasher.combine(self.high)
    }

    /// Orders as numbers.
    public static func < (left: SequenceNumber, right: SequenceNumber) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }
}
