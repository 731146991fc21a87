// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@Suite struct DecimalNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e999999999999999999", "0"), ("007", "7"), ("1e3", "1000"),
        ("1E+3", "1000"), ("+5", "5"), ("1.50", "1.5"), ("-1.50e1", "-15"), ("1e-3", "0.001"), ("123.456", "123.456"),
        (".5", "0.5"), ("5.", "5"), ("100", "100"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("1e125", "1" + String(repeating: "0", count: 125)),
        ("1e-130", "0." + String(repeating: "0", count: 129) + "1"),
        (
            "9.9999999999999999999999999999999999999E+125",
            String(repeating: "9", count: 38) + String(repeating: "0", count: 88)
        ),
        ("1" + String(repeating: "0", count: 100), "1" + String(repeating: "0", count: 100)),
    ])
    func isReturnedNormalised(text: String, normal: String) {
        #expect(DecimalNumber(text)?.text == normal)
    }

    @Test(arguments: [
        ("", DecimalNumber.Refusal.notANumber), ("-", .notANumber), (".", .notANumber), ("1e", .notANumber),
        ("1 ", .notANumber), (" 1", .notANumber), ("0x1", .notANumber), ("NaN", .notANumber), ("Infinity", .notANumber),
        ("1,5", .notANumber), ("1_000", .notANumber), ("٣", .notANumber), ("--1", .notANumber), ("1e1.5", .notANumber),
        ("1e126", .overflow), ("-1e126", .overflow), ("1e99999999999999999999", .overflow), ("1e-131", .underflow),
        ("1e-99999999999999999999", .underflow), ("123456789012345678901234567890123456789", .tooManyDigits),
        ("0.123456789012345678901234567890123456789", .tooManyDigits),
    ])
    func whatCannotBeHeldIsRefused(text: String, refusal: DecimalNumber.Refusal) {
        #expect(throws: refusal) { try DecimalNumber(validating: text) }
        #expect(DecimalNumber(text) == nil)
    }

    @Test func equalValuesAreOneNumber() {
        #expect(DecimalNumber("1000") == DecimalNumber("1e3"))
        #expect(Set([DecimalNumber("1.0"), DecimalNumber("1"), DecimalNumber("10e-1")]).count == 1)
    }

    @Test func ordersByValue() throws {
        let texts = ["-1e10", "-2", "-1.5", "-0.001", "0", "1e-130", "0.09", "0.1", "1", "9", "10", "10.5", "1e125"]
        let numbers = try texts.map { try #require(DecimalNumber($0)) }
        #expect(numbers.shuffled().sorted() == numbers)
        for (left, right) in zip(numbers, numbers.dropFirst()) {
            #expect(left < right)
            #expect(!(right < left))
        }
        #expect(!(numbers[0] < numbers[0]))
    }

    @Test(arguments: [
        ("0.1", "0.2", "0.3", "-0.1"), ("5", "0", "5", "5"), ("0", "5", "5", "-5"), ("-5", "5", "0", "-10"),
        ("999", "1", "1000", "998"), ("1", "999", "1000", "-998"), ("-1.5", "-2.5", "-4", "1"),
        ("1e20", "1", "100000000000000000001", "99999999999999999999"),
        ("0.3", "0.1", "0.4", "0.2"), ("10", "-0.5", "9.5", "10.5"),
    ])
    func arithmeticIsDecimal(left: String, right: String, sum: String, difference: String) throws {
        let left = try #require(DecimalNumber(left))
        let right = try #require(DecimalNumber(right))
        #expect(try left.adding(right).text == sum)
        #expect(try right.adding(left).text == sum)
        #expect(try left.subtracting(right).text == difference)
    }

    @Test(arguments: [("1e50", "1"), ("9.9999999999999999999999999999999999999E+125", "9e125"), ("1e-130", "1")])
    func aResultThatDoesNotFitIsAnError(left: String, right: String) throws {
        let left = try #require(DecimalNumber(left))
        let right = try #require(DecimalNumber(right))
        #expect(throws: DynamoDBError.self) { try left.adding(right) }
    }

    @Test func sumsAgreeWithWholeNumbers() throws {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<2000 {
            let left = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator)
            let right = Int.random(in: -1_000_000...1_000_000, using: &generator)
            #expect(try DecimalNumber(left).adding(DecimalNumber(right)).integer == left + right)
            #expect(try DecimalNumber(left).subtracting(DecimalNumber(right)).integer == left - right)
            #expect((DecimalNumber(left) < DecimalNumber(right)) == (left < right))
        }
    }
}
