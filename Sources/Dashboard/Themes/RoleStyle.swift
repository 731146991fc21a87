// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Attributes of text beside its colours.
package struct TextAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = TextAttributes(rawValue: 1)
    package static let dim = TextAttributes(rawValue: 2)
    package static let reverse = TextAttributes(rawValue: 4)
    package static let underline = TextAttributes(rawValue: 8)
    package static let italic = TextAttributes(rawValue: 16)

    /// The attributes by the names that theme files use.
    package static let named: [(name: String, attribute: TextAttributes)] = [
        ("bold", .bold), ("dim", .dim), ("reverse", .reverse), ("underline", .underline), ("italic", .italic),
    ]
}

/// How one role looks.
package struct RoleStyle: Hashable, Sendable {
    /// Colour of the text; nil: the terminal's own.
    package var foreground: ThemeColor?
    /// Colour behind it; nil: the terminal's own.
    package var background: ThemeColor?
    /// Attributes where there is colour.
    package var attributes: TextAttributes
    /// Attributes where there is none.
    package var mono: TextAttributes
    /// The role's sign, nil if it has none.
    package var glyph: String?
    /// The sign where only ASCII can be shown.
    package var asciiGlyph: String?

    /// Creates a style.
    package init(
        foreground: ThemeColor? = nil,
        background: ThemeColor? = nil,
        attributes: TextAttributes = [],
        mono: TextAttributes? = nil,
        glyph: String? = nil,
        asciiGlyph: String? = nil
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
        self.mono = mono ?? attributes
        self.glyph = glyph
        self.asciiGlyph = asciiGlyph
    }
}
