// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import Testing

struct TextFitTests {
    private func cut(_ text: String, _ width: Int, _ fit: TextFit, ellipsis: String = "…") -> String {
        let cells = truncate(displayCells(text, role: .plain), to: width, fit: fit, ellipsis: ellipsis)
        return cells.map(\.text).joined()
    }

    @Test(arguments: [
        ("shardId-0001-3f9a", 9, TextFit.end, "shardId-…"),
        ("shardId-0001-3f9a", 9, .middle, "shar…3f9a"),
        ("shardId-0001-3f9a", 8, .middle, "sha…3f9a"),
        ("shardId-0001-3f9a", 9, .start, "…001-3f9a"),
        ("shardId-0001-3f9a", 7, .clip, "shardId"),
        ("short", 5, .middle, "short"),
        ("longer", 1, .end, "…"),
        ("longer", 2, .middle, "…r"),
        ("longer", 0, .end, ""),
        ("漢字漢字", 4, .end, "漢…"),
        ("漢字漢字", 5, .middle, "漢…字"),
        ("漢字漢字", 4, .start, "…字"),
    ])
    func textIsShortenedByColumns(text: String, width: Int, fit: TextFit, expected: String) {
        #expect(self.cut(text, width, fit) == expected)
    }

    @Test
    func theResultIsNeverWiderThanAskedFor() {
        for text in ["漢字漢字", "a漢b字c", "e\u{301}e\u{301}e\u{301}", "plain text", "👨‍👩‍👧👨‍👩‍👧"] {
            for fit in [TextFit.clip, .end, .middle, .start] {
                for width in -1...12 {
                    let cells = truncate(displayCells(text, role: .plain), to: width, fit: fit)
                    #expect(cells.columns <= max(0, width))
                    #expect(cells.first?.content != .continuation)
                    if case .glyph(_, 2) = cells.last?.content { Issue.record("a wide glyph lost its half") }
                }
            }
        }
    }

    @Test
    func theEllipsisIsOfTheGlyphSet() {
        #expect(self.cut("longer", 4, .end, ellipsis: GlyphSet.ascii.ellipsis) == "lon~")
    }
}
