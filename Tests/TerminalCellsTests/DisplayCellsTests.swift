// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import Testing

struct DisplayCellsTests {
    private func shown(_ text: String, policy: TextPolicy = .safe) -> String {
        displayCells(text, role: StyleRole("text"), policy: policy).map(\.text).joined()
    }

    @Test(arguments: [
        ("plain", "plain"),
        ("Grüße", "Grüße"),
        ("漢字", "漢字"),
        ("한글", "한글"),
        ("", ""),
        ("a\u{1B}[2Jb", "a␛[2Jb"),
        ("tab\there", "tab␉here"),
        ("two\r\nlines", "two␍␊lines"),
        ("\u{0}\u{7F}", "␀␡"),
        ("\u{9B}31m", "\\x9b31m"),
        ("a\u{202E}b", "a\\u{202e}b"),
        ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        ("\u{200E}\u{200F}", "\\u{200e}\\u{200f}"),
        ("zero\u{200B}width", "zero\\u{200b}width"),
        ("soft\u{AD}hyphen", "soft\\xadhyphen"),
        ("\u{FEFF}bom", "\\u{feff}bom"),
        ("\u{E0041}tag", "\\u{e0041}tag"),
        ("line\u{2028}separator", "line\\u{2028}separator"),
        ("no\u{A0}break", "no\\xa0break"),
        ("a\u{200D}b", "a\\u{200d}b"),
        ("\u{301}alone", "\\u{301}alone"),
        ("\u{0378}", "\u{FFFD}"),
    ])
    func hostileTextIsMadeVisible(text: String, expected: String) {
        #expect(self.shown(text) == expected)
    }

    @Test
    func aBaseWithFourMarksIsOneCell() {
        let cells = displayCells("a\u{301}\u{302}\u{303}\u{304}", role: StyleRole("text"))
        #expect(cells.count == 1)
        #expect(cells.first?.text.unicodeScalars.count == 5)
    }

    @Test
    func marksBeyondFourAreCutWithASign() {
        let cells = displayCells("a" + String(repeating: "\u{301}", count: 40) + "b", role: StyleRole("text"))
        #expect(cells.map(\.text) == ["a\u{301}\u{301}\u{301}\u{301}", "+", "b"])
        #expect(cells[1].role == .escape)
    }

    @Test
    func joinedEmojiBecomeTheirFirstSymbolAndAPlus() {
        let cells = displayCells("👨‍👩‍👧x", role: StyleRole("text"))
        #expect(cells.map(\.text) == ["👨", "", "+", "x"])
        #expect(cells.columns == 4)
    }

    @Test
    func aVariationSelectorIsNotHandedToTheTerminal() {
        #expect(self.shown("❤\u{FE0F}!") == "❤+!")
    }

    @Test
    func flagsAndSkinTonesStayTwoSymbols() {
        #expect(displayCells("🇩🇪", role: StyleRole("text")).map(\.text) == ["🇩", "🇪"])
        #expect(displayCells("👍🏽", role: StyleRole("text")).map(\.text) == ["👍", "", "🏽", ""])
    }

    @Test
    func indicClustersKeepTheirLetters() {
        #expect(self.shown("हिन्दी") == "हिन्दी")
        #expect(self.shown("க்ஷௌ") == "க்ஷௌ")
    }

    @Test
    func theNativePolicyTrustsTheTerminal() {
        let native = TextPolicy(widths: .native)
        #expect(displayCells("❤\u{FE0F}", role: StyleRole("text"), policy: native).map(\.text) == ["❤\u{FE0F}"])
        let family = displayCells("👨‍👩‍👧", role: StyleRole("text"), policy: native)
        #expect(family.map(\.text) == ["👨", "", "+"])
        #expect(self.shown("\u{1B}\u{202E}", policy: native) == "␛\\u{202e}")
    }

    @Test
    func theASCIIPolicyEscapesEverythingElse() {
        #expect(self.shown("Grüße 漢\u{1B}", policy: .ascii) == "Gr\\xfc\\xdfe \\u{6f22}\\x1b")
    }

    @Test
    func rightToLeftLettersCanBeEscaped() {
        #expect(self.shown("שלום") == "שלום")
        #expect(self.shown("ש", policy: TextPolicy(escapesRightToLeft: true)) == "\\u{5e9}")
    }

    @Test
    func escapesAreDimAndTheRestKeepsItsRole() {
        let cells = displayCells("a\u{1B}\u{202E}", role: StyleRole("warn"), isSelected: true)
        #expect(cells[0].role == StyleRole("warn"))
        #expect(cells.dropFirst().allSatisfy { $0.role == .escape })
        #expect(cells.allSatisfy { $0.isSelected })
    }

    @Test
    func everyScalarGivesHarmlessCells() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let cells = displayCells(String(scalar), role: .plain)
            guard !cells.isEmpty, cells.columns == cells.count, cells.allSatisfy(Self.isHarmless) else {
                Issue.record("U+\(String(value, radix: 16)) gives \(cells)")
                return
            }
        }
    }

    private static func isHarmless(_ cell: Cell) -> Bool {
        guard case .glyph(let text, let width) = cell.content else { return true }
        guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned: return false
        default: return TextWidth.columns(of: scalar) == width
        }
    }
}
