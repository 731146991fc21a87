// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The forms of numbers in TOML.
enum TOMLNumber {
    /// Whether a word is a number: decimal with fraction and exponent, `0x…`, `0o…`, `0b…`, `inf` or `nan`.
    static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        var rest = word
        let isSigned = rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-")
        if isSigned { rest = rest.dropFirst() }
        if rest.elementsEqual("inf".utf8) || rest.elementsEqual("nan".utf8) { return true }
        if !isSigned, rest.first == UInt8(ascii: "0"), let radix = Self.radix(rest.dropFirst().first) {
            return Self.areDigits(rest.dropFirst(2), radix: radix)
        }
        let parts = Self.parts(rest)
        guard Self.areDigits(parts.whole, radix: 10), parts.whole.count == 1 || parts.whole.first != UInt8(ascii: "0")
        else { return false }
        if let fraction = parts.fraction, !Self.areDigits(fraction, radix: 10) { return false }
        guard var exponent = parts.exponent else { return true }
        if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") {
            exponent = exponent.dropFirst()
        }
        return Self.areDigits(exponent, radix: 10)
    }

    private typealias Parts = (whole: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>?, exponent: ArraySlice<UInt8>?)

    private static func parts(_ word: ArraySlice<UInt8>) -> Parts {
        var whole = word
        var exponent: ArraySlice<UInt8>?
        if let mark = whole.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            exponent = whole[(mark + 1)...]
            whole = whole[..<mark]
        }
        guard let point = whole.firstIndex(of: UInt8(ascii: ".")) else { return (whole, nil, exponent) }
        return (whole[..<point], whole[(point + 1)...], exponent)
    }

    private static func radix(_ letter: UInt8?) -> UInt8? {
        switch letter {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    /// Digits, with single underscores between them; one at least.
    private static func areDigits(_ word: ArraySlice<UInt8>, radix: UInt8) -> Bool {
        var isAfterDigit = false
        for byte in word {
            if byte == UInt8(ascii: "_"), isAfterDigit {
                isAfterDigit = false
            } else if let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix, byte < 0x80 {
                isAfterDigit = true
            } else {
                return false
            }
        }
        return isAfterDigit
    }
}
