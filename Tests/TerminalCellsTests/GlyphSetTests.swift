// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import Testing

struct GlyphSetTests {
    @Test(arguments: [GlyphSet.unicode, .block, .ascii])
    func everyGlyphTakesOneColumn(glyphs: GlyphSet) {
        for child in Mirror(reflecting: glyphs).children {
            let texts = (child.value as? String).map { [$0] } ?? child.value as? [String] ?? []
            for text in texts {
                #expect(TextWidth.columns(of: text, policy: glyphs.textPolicy) == 1, "\(child.label ?? "") \(text)")
                if glyphs.isASCII { #expect(text.allSatisfy { $0.isASCII }) }
            }
        }
    }

    @Test
    func barsGrowFromNothingToAFullCell() {
        #expect((-1...9).map { GlyphSet.unicode.bar($0) } == [" ", " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█", "█"])
    }

    @Test
    func twoBrailleBarsShareACell() {
        #expect(GlyphSet.brailleBars(left: 0, right: 0) == " ")
        #expect(GlyphSet.brailleBars(left: 4, right: 4) == "⣿")
        #expect(GlyphSet.brailleBars(left: 1, right: 2) == "⣠")
        #expect(GlyphSet.brailleBars(left: 4, right: 0) == "⡇")
        #expect(GlyphSet.brailleBars(left: 0, right: 9) == "⢸")
    }
}
