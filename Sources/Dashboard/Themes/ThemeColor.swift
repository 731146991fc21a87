// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A colour of a theme: what it is, and what becomes of it on a terminal with 16 colours.
package struct ThemeColor: Hashable, Sendable {
    /// Red, 0...255.
    package var red: UInt8
    /// Green, 0...255.
    package var green: UInt8
    /// Blue, 0...255.
    package var blue: UInt8
    /// Its place among 16 colours, from the theme's own table.
    package var basic: BasicColor
    /// Whether it is that place which is meant, however many colours there are.
    ///
    /// The parts are then those that terminals have until somebody changes them.
    package private(set) var isSystem = false

    /// Creates a colour.
    package init(red: UInt8, green: UInt8, blue: UInt8, basic: BasicColor) {
        self.red = red
        self.green = green
        self.blue = blue
        self.basic = basic
    }

    /// One of the terminal's 16 colours; nil for the terminal's own colour of text or page, which has no parts.
    package init?(system basic: BasicColor) {
        guard let number = basic.number else { return nil }
        let (low, high): (UInt8, UInt8) = number < 8 ? (0, 205) : (127, 255)
        func part(_ bit: Int) -> UInt8 { number >> bit & 1 == 1 ? high : number < 8 || number == 8 ? low : 0 }
        self.init(red: part(0), green: part(1), blue: part(2), basic: basic)
        self.isSystem = true
    }

    /// Reads `#rrggbb`; nil for anything else.
    package init?(hex: String, basic: BasicColor) {
        let digits = hex.utf8.dropFirst().compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard hex.utf8.count == 7, hex.utf8.first == 0x23, digits.count == 6 else { return nil }
        let parts = stride(from: 0, to: 6, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
        self.init(red: parts[0], green: parts[1], blue: parts[2], basic: basic)
    }

    /// `#rrggbb`.
    package var hex: String {
        "#" + [self.red, self.green, self.blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Relative luminance by WCAG 2.1, 0 for black to 1 for white.
    package var luminance: Double {
        func linear(_ part: UInt8) -> Double {
            let value = Double(part) / 255
            guard value > 0.03928 else { return value / 12.92 }
            return Self.power((value + 0.055) / 1.055)
        }
        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio by WCAG 2.1, 1 to 21.
    package func contrast(with other: ThemeColor) -> Double {
        let (light, dark) = (max(self.luminance, other.luminance), min(self.luminance, other.luminance))
        return (light + 0.05) / (dark + 0.05)
    }

    /// `base` to the power of 2.4, for 0 < base <= 1: base² times its fifth root squared, by Newton's method.
    private static func power(_ base: Double) -> Double {
        var root = 1.0
        for _ in 0..<40 {
            let fourth = root * root * root * root
            root = (4 * root + base / fourth) / 5
        }
        return base * base * root * root
    }
}

/// The colours of a terminal with 16 of them.
package enum BasicColor: String, Hashable, Sendable, CaseIterable {
    /// The terminal's own.
    case standard = "default"
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack = "bright-black"
    case brightRed = "bright-red"
    case brightGreen = "bright-green"
    case brightYellow = "bright-yellow"
    case brightBlue = "bright-blue"
    case brightMagenta = "bright-magenta"
    case brightCyan = "bright-cyan"
    case brightWhite = "bright-white"

    /// The colour's number, 0...15; nil for the terminal's own.
    package var number: Int? {
        Self.allCases.firstIndex(of: self).flatMap { $0 == 0 ? nil : $0 - 1 }
    }
}
