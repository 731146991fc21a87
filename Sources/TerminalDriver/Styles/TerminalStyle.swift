// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A colour of the terminal.
package enum TerminalColor: Hashable, Sendable {
    /// A number of the terminal's own palette: 0 to 7, and 8 to 15 for the bright ones.
    case ansi(Int)
    /// A colour, and what stands for it where there are only 16: nil for the terminal's own.
    case rgb(red: UInt8, green: UInt8, blue: UInt8, ansi: Int?)
}

/// Attributes of characters.
package struct TerminalAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    /// Creates a set from its bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let bold = TerminalAttributes(rawValue: 1)
    package static let dim = TerminalAttributes(rawValue: 2)
    package static let reverse = TerminalAttributes(rawValue: 4)
    package static let underline = TerminalAttributes(rawValue: 8)
    package static let italic = TerminalAttributes(rawValue: 16)
}

/// How characters look.
package struct TerminalStyle: Hashable, Sendable {
    /// The colour of characters; nil: the terminal's own.
    package var foreground: TerminalColor?
    /// The colour behind them; nil: the terminal's own.
    package var background: TerminalColor?
    /// Attributes where there are colours.
    package var attributes: TerminalAttributes
    /// Attributes where there are none; nil: the same.
    package var monochromeAttributes: TerminalAttributes?

    /// Creates a style.
    package init(
        foreground: TerminalColor? = nil,
        background: TerminalColor? = nil,
        attributes: TerminalAttributes = [],
        monochromeAttributes: TerminalAttributes? = nil
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
        self.monochromeAttributes = monochromeAttributes
    }
}
