// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A style as numbers for the screen.
package struct EncodedStyle: Hashable, Sendable {
    /// -1 for the terminal's own, else a palette number or 0xRRGGBB.
    package var foreground: Int32
    /// -1 for the terminal's own, else a palette number or 0xRRGGBB.
    package var background: Int32
    /// Attributes.
    package var attributes: TerminalAttributes

    /// Creates the numbers of a style.
    package init(foreground: Int32, background: Int32, attributes: TerminalAttributes) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }
}

/// Turns styles into what a terminal with so many colors can show.
package struct StyleEncoder: Sendable {
    /// How many colors are used.
    package let level: ColorLevel
    /// How many the screen was opened with: with 8, bright ones become bold.
    package let colors: Int

    /// Creates an encoder.
    package init(level: ColorLevel, colors: Int) {
        self.level = level
        self.colors = colors
    }

    /// The numbers for a style.
    package func encode(_ style: TerminalStyle) -> EncodedStyle {
        guard self.level > .monochrome else {
            let attributes = style.monochromeAttributes ?? style.attributes
            return EncodedStyle(foreground: -1, background: -1, attributes: attributes)
        }
        var attributes = style.attributes
        let foreground = self.number(style.foreground)
        if foreground.isBright { attributes.insert(.bold) }
        return EncodedStyle(
            foreground: foreground.value,
            background: self.number(style.background).value,
            attributes: attributes
        )
    }

    private func number(_ color: TerminalColor?) -> (value: Int32, isBright: Bool) {
        switch (color, self.level) {
        case (nil, _):
            return (-1, false)
        case (.ansi(let number), _):
            return self.palette(number)
        case (.rgb(let red, let green, let blue, _), .trueColor):
            let value = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
            // With direct color the numbers 1 to 7 are still those of the palette; black is black either way.
            return (value > 0 && value < 8 ? 8 : value, false)
        case (.rgb(let red, let green, let blue, _), .palette256):
            return (Int32(PaletteMatcher.nearest(red: red, green: green, blue: blue)), false)
        case (.rgb(_, _, _, let ansi), _):
            return ansi.map(self.palette) ?? (-1, false)
        }
    }

    private func palette(_ number: Int) -> (value: Int32, isBright: Bool) {
        let number = min(max(0, number), 15)
        // With direct color only the first 8 are numbers of the palette.
        guard number >= 8, self.colors < 16 || self.level == .trueColor else { return (Int32(number), false) }
        return (Int32(number - 8), true)
    }
}
