// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A DynamoDB number: up to 38 significant decimal digits, magnitude 1e-130 to 9.99…e125, or zero.
///
/// Compared by value. Arithmetic is decimal and exact; a result that needs more than 38 digits is an error.
public struct DecimalNumber: Hashable, Sendable, CustomStringConvertible {
    /// The number as DynamoDB returns it: no plus sign, no exponent, no leading or trailing zeros.
    public let text: String

    /// Why a text is no DynamoDB number, in the service's words.
    package enum Refusal: String, Error, Hashable, Sendable {
        /// No decimal number.
        case notANumber = "The parameter cannot be converted to a numeric value"
        /// 1e126 or more.
        case overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range"
        /// Less than 1e-130 and not zero.
        case underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
        /// More than 38 significant digits.
        case tooManyDigits = "Attempting to store more than 38 significant digits in a Number"
    }

    /// Reads a decimal number with optional sign, point and exponent; nil if it is none or DynamoDB cannot hold it.
    public init?(_ text: some StringProtocol) {
        guard let number = try? DecimalNumber(validating: text) else { return nil }
        self = number
    }

    /// Converts a whole number.
    public init(_ value: Int) {
        self.text = String(value)
    }

    /// Reads a decimal number and says why it is none.
    package init(validating text: some StringProtocol) throws(Refusal) {
        var text = String(text)
        // `withUTF8` does not pass a typed error on, hence the result.
        let digits: Result<DecimalDigits, Refusal>? = text.withUTF8 { utf8 in
            if Self.isNormal(utf8) { return nil }
            return Result { () throws(Refusal) in try DecimalDigits(parsing: utf8) }
        }
        self.text = try digits?.get().normalText() ?? text
    }

    /// Takes an exact number if DynamoDB can hold it.
    package init(_ digits: DecimalDigits) throws(Refusal) {
        self.text = try digits.normalText()
    }

    /// Adds two numbers.
    ///
    /// - Throws: `validation` if the sum needs more than 38 digits or is out of range.
    public func adding(_ other: DecimalNumber) throws(DynamoDBError) -> DecimalNumber {
        do throws(Refusal) {
            return try DecimalNumber(self.digits.adding(other.digits))
        } catch {
            throw DynamoDBError(.validation, error.rawValue)
        }
    }

    /// Subtracts a number.
    ///
    /// - Throws: `validation` if the difference needs more than 38 digits or is out of range.
    public func subtracting(_ other: DecimalNumber) throws(DynamoDBError) -> DecimalNumber {
        do throws(Refusal) {
            return try DecimalNumber(self.digits.adding(other.digits.negated))
        } catch {
            throw DynamoDBError(.validation, error.rawValue)
        }
    }

    /// The number as DynamoDB returns it.
    public var description: String { self.text }

    /// The number as a whole number; nil if it has a fraction or is too large.
    package var integer: Int? { Int(self.text) }

    /// The number as a floating-point number, rounded.
    package var double: Double { Double(self.text) ?? .nan }

    /// The number taken apart, for arithmetic that may need more than 38 digits on its way.
    package var digits: DecimalDigits {
        var text = self.text
        return text.withUTF8 { DecimalDigits(unchecked: $0) }
    }

    /// Whether the text is a whole number that is its own normal form: by far the most numbers.
    private static func isNormal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (1...38).contains(text.count) else { return false }
        if text.count == 1, text[0] == UInt8(ascii: "0") { return true }
        guard (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(text[0]) else { return false }
        return text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension DecimalNumber: Comparable {
    /// Orders by value.
    public static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        left.digits.isLess(than: right.digits)
    }
}
