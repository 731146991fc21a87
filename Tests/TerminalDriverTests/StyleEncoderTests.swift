// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalDriver
import Testing

struct StyleEncoderTests {
    private let orange = TerminalColor.rgb(red: 0xFF, green: 0x87, blue: 0, ansi: 11)

    private func encode(_ style: TerminalStyle, _ level: ColorLevel, colors: Int = 256) -> EncodedStyle {
        StyleEncoder(level: level, colors: colors).encode(style)
    }

    @Test
    func withoutColorsOnlyAttributesAreLeft() {
        let style = TerminalStyle(
            foreground: self.orange,
            background: .ansi(1),
            attributes: [.italic],
            monochromeAttributes: [.bold, .underline]
        )
        let expected = EncodedStyle(foreground: -1, background: -1, attributes: [.bold, .underline])
        #expect(self.encode(style, .monochrome) == expected)
        #expect(self.encode(TerminalStyle(attributes: [.dim]), .monochrome).attributes == [.dim])
    }

    @Test
    func theTerminalsOwnColorsStayItsOwn() {
        for level in [ColorLevel.sixteen, .palette256, .trueColor] {
            #expect(self.encode(TerminalStyle(), level) == EncodedStyle(foreground: -1, background: -1, attributes: []))
        }
    }

    @Test
    func sixteenColorsComeFromTheTheme() {
        #expect(self.encode(TerminalStyle(foreground: self.orange), .sixteen).foreground == 11)
        let plain = TerminalStyle(foreground: .rgb(red: 1, green: 2, blue: 3, ansi: nil))
        #expect(self.encode(plain, .sixteen).foreground == -1)
    }

    @Test
    func withEightColorsBrightIsBold() {
        let style = self.encode(TerminalStyle(foreground: self.orange, background: .ansi(9)), .sixteen, colors: 8)
        #expect(style == EncodedStyle(foreground: 3, background: 1, attributes: [.bold]))
    }

    @Test(arguments: [
        (0, 0, 0, 16), (255, 255, 255, 231), (255, 0, 0, 196), (0x5F, 0x87, 0xAF, 67), (8, 8, 8, 232),
        (128, 128, 128, 244),
    ])
    func exactColorsOfThePaletteAreFound(red: UInt8, green: UInt8, blue: UInt8, number: Int32) {
        let style = TerminalStyle(foreground: .rgb(red: red, green: green, blue: blue, ansi: nil))
        #expect(self.encode(style, .palette256).foreground == number)
    }

    @Test
    func nearIsWhatLooksNear() {
        // A dark blue-grey: the nearest by numbers is a grey, to the eye it is one of the blue ones or the same grey step.
        let style = TerminalStyle(foreground: .rgb(red: 0x61, green: 0xAF, blue: 0xEF, ansi: 4))
        #expect(self.encode(style, .palette256).foreground == 75)
    }

    @Test
    func directColorsKeepClearOfThePalette() {
        let style = TerminalStyle(
            foreground: .rgb(red: 0, green: 0, blue: 5, ansi: 4),
            background: .rgb(red: 0x12, green: 0x34, blue: 0x56, ansi: 0)
        )
        let encoded = self.encode(style, .trueColor, colors: 0x1000000)
        #expect(encoded == EncodedStyle(foreground: 8, background: 0x123456, attributes: []))
        let bright = self.encode(TerminalStyle(foreground: .ansi(9)), .trueColor, colors: 0x1000000)
        #expect(bright == EncodedStyle(foreground: 1, background: -1, attributes: [.bold]))
    }
}
