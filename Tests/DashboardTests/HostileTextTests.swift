// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import Testing

@Suite
struct HostileTextTests {
    /// Whether a scalar could move the cursor, change colours or turn the direction of text around.
    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }

    @Test(arguments: Pane.allCases, [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func nothingFromTheStreamLeavesItsPlace(_ pane: Pane, _ size: ScreenSize) {
        for view in pane == .record ? DifferenceView.allCases : [.changes] {
            var screen = GoldenScreen(.hostile, pane, size).state
            screen.view.difference = view
            for row in 0..<13 {
                if row > 0 { _ = screen.reduce(.key(.character(pane == .record ? "j" : "k"))) }
                let grid = render(screen, theme: .dark, size: size)
                for line in 0..<size.rows {
                    for cell in grid.line(line) {
                        #expect(!cell.text.unicodeScalars.contains(where: Self.isDangerous))
                    }
                }
            }
        }
    }

    @Test
    func hostileTextIsShownAndNotHidden() {
        let events = GoldenScreen(.hostile, .events, GoldenScreen.medium)
        let text = render(events.state, theme: .dark, size: events.size).textLines.joined(separator: "\n")
        #expect(text.contains("␛[2Jgone"))
        #expect(text.contains("\\u{202e}drawkcab"))
        #expect(text.contains("日本語"))
    }

    @Test
    func asciiGlyphsDrawNothingButASCII() {
        for set in DataSet.allCases {
            var options = GoldenScreen.options
            options.glyphs = .ascii
            let state = DashboardState(session: set.session, options: options)
            for theme in Theme.builtIn {
                let lines = render(state, theme: theme, size: GoldenScreen.large).textLines
                #expect(lines.joined().utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
            }
        }
    }
}
