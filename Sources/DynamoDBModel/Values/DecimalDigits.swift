// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A decimal number taken apart: 0.d₁d₂…dₙ × 10^point, with d₁ and dₙ other than zero, or no digits at all for zero.
package struct DecimalDigits: Hashable, Sendable {
    var isNegative: Bool
    /// Values 0 to 9.
    private(set) var digits: [UInt8]
    private(set) var point: Int

    init(isNegative: Bool, digits: [UInt8], point: Int) {
        let leading = digits.prefix { $0 == 0 }.count
        let trailing = digits[leading...].reversed().prefix { $0 == 0 }.count
        self.digits = Array(digits[leading..<(digits.count - trailing)])
        self.point = self.digits.isEmpty ? 0 : point - leading
        self.isNegative = isNegative && !self.digits.isEmpty
    }

    /// Takes the text of a ``DecimalNumber`` apart.
    init(unchecked text: UnsafeBufferPointer<UInt8>) {
        self = (try? DecimalDigits(parsing: text)) ?? DecimalDigits(isNegative: false, digits: [], point: 0)
    }

    /// Reads sign, digits with an optional point, and an exponent, of any length and size.
    package init(parsing text: UnsafeBufferPointer<UInt8>) throws(DecimalNumber.Refusal) {
        var index = 0
        func byte() -> UInt8? { index < text.count ? text[index] : nil }
        func sign() -> Bool {
            guard byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: "+") else { return false }
            index += 1
            return text[index - 1] == UInt8(ascii: "-")
        }
        func digit() -> UInt8? {
            guard let value = byte().map({ $0 &- UInt8(ascii: "0") }), value < 10 else { return nil }
            index += 1
            return value
        }
        let isNegative = sign()
        var digits: [UInt8] = []
        while let value = digit() { digits.append(value) }
        var point = digits.count
        if byte() == UInt8(ascii: ".") {
            index += 1
            while let value = digit() { digits.append(value) }
        }
        guard !digits.isEmpty else { throw .notANumber }
        if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
            index += 1
            let isNegativeExponent = sign()
            var exponent = 0
            guard let first = digit() else { throw .notANumber }
            exponent = Int(first)
            // Beyond this bound the number is out of range whatever its digits are; no text is that long.
            while let value = digit() { exponent = min(exponent * 10 + Int(value), 1 << 40) }
            point += isNegativeExponent ? -exponent : exponent
        }
        guard index == text.count else { throw .notANumber }
        self.init(isNegative: isNegative, digits: digits, point: point)
    }

    /// The number without exponent; refuses what DynamoDB cannot hold.
    func normalText() throws(DecimalNumber.Refusal) -> String {
        guard !self.digits.isEmpty else { return "0" }
        if self.point > 126 { throw .overflow }
        if self.point < -129 { throw .underflow }
        if self.digits.count > 38 { throw .tooManyDigits }
        var text: [UInt8] = self.isNegative ? [UInt8(ascii: "-")] : []
        let zero = UInt8(ascii: "0")
        if self.point <= 0 {
            text += [zero, UInt8(ascii: ".")] + [UInt8](repeating: zero, count: -self.point)
        }
        for (index, digit) in self.digits.enumerated() {
            if index == self.point, index > 0 { text.append(UInt8(ascii: ".")) }
            text.append(zero + digit)
        }
        text += [UInt8](repeating: zero, count: max(0, self.point - self.digits.count))
        return String(decoding: text, as: UTF8.self)
    }

    /// Zero.
    package static let zero = DecimalDigits(isNegative: false, digits: [], point: 0)

    /// Whether it is zero.
    package var isZero: Bool { self.digits.isEmpty }

    /// The same number with the other sign.
    package var negated: DecimalDigits {
        DecimalDigits(isNegative: !self.isNegative, digits: self.digits, point: self.point)
    }

    /// Adds exactly, however many digits that takes.
    package func adding(_ other: DecimalDigits) -> DecimalDigits {
        if self.digits.isEmpty { return other }
        if other.digits.isEmpty { return self }
        let point = max(self.point, other.point)
        let last = min(self.point - self.digits.count, other.point - other.digits.count)
        let left = self.aligned(point: point, last: last)
        let right = other.aligned(point: point, last: last)
        if self.isNegative == other.isNegative {
            return DecimalDigits(isNegative: self.isNegative, digits: Self.sum(left, right), point: point + 1)
        }
        let leftIsSmaller = left.lexicographicallyPrecedes(right)
        return DecimalDigits(
            isNegative: leftIsSmaller ? other.isNegative : self.isNegative,
            digits: leftIsSmaller ? Self.difference(right, left) : Self.difference(left, right),
            point: point
        )
    }

    /// Compares by value.
    package func isLess(than other: DecimalDigits) -> Bool {
        if self.isNegative != other.isNegative { return self.isNegative }
        return self.isNegative ? other.isSmaller(than: self) : self.isSmaller(than: other)
    }

    /// Compares without signs.
    private func isSmaller(than other: DecimalDigits) -> Bool {
        if self.digits.isEmpty || other.digits.isEmpty { return self.digits.isEmpty && !other.digits.isEmpty }
        if self.point != other.point { return self.point < other.point }
        return self.digits.lexicographicallyPrecedes(other.digits)
    }

    /// The digits from 10^(point-1) down to 10^last.
    private func aligned(point: Int, last: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: point - self.point) + self.digits
            + [UInt8](repeating: 0, count: self.point - self.digits.count - last)
    }

    /// One digit more than the two, which are equally long.
    private static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: left.count + 1)
        var carry: UInt8 = 0
        for index in left.indices.reversed() {
            let digit = left[index] + right[index] + carry
            result[index + 1] = digit % 10
            carry = digit / 10
        }
        result[0] = carry
        return result
    }

    /// `left - right`; `left` must not be smaller.
    private static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result = left
        var borrow: UInt8 = 0
        for index in left.indices.reversed() {
            let taken = right[index] + borrow
            borrow = left[index] < taken ? 1 : 0
            result[index] = left[index] + borrow * 10 - taken
        }
        return result
    }
}
