// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import TestSupport
import Testing

struct CellGridTests {
    private let role = StyleRole("text")

    private func grid(_ columns: Int, _ rows: Int = 1) -> CellGrid {
        CellGrid(size: ScreenSize(columns: columns, rows: rows))
    }

    @Test
    func aWideGlyphTakesTwoCells() {
        var grid = self.grid(4)
        #expect(grid.put("漢a", row: 0, column: 0, width: 4, role: self.role) == 3)
        #expect(grid[0, 0].content == .glyph("漢", width: 2))
        #expect(grid[0, 1].content == .continuation)
        #expect(grid[0, 2].text == "a")
    }

    @Test
    func overwritingEitherHalfOfAWideGlyphClearsTheOther() {
        for column in 0...1 {
            var grid = self.grid(2)
            grid.put("漢", row: 0, column: 0, width: 2, role: self.role)
            grid[0, column] = Cell(.glyph("x", width: 1), role: self.role)
            #expect(grid.textLines == [column == 0 ? "x" : " x"])
            #expect(GridLiteral(grid).isWhole)
        }
    }

    @Test
    func aWideGlyphOverTwoOthersClearsBothOuterHalves() {
        var grid = self.grid(4)
        grid.put("漢字", row: 0, column: 0, width: 4, role: self.role)
        grid[0, 1] = Cell(.glyph("世", width: 2), role: self.role)
        #expect(grid.textLines == [" 世"])
        #expect(GridLiteral(grid).isWhole)
    }

    @Test
    func aWideGlyphThatWouldStraddleAnEdgeBecomesASpace() {
        var right = self.grid(3)
        right.put(displayCells("ab漢", role: self.role), row: 0, column: 0)
        #expect(right.textLines == ["ab"])
        var left = self.grid(3)
        left.put(displayCells("漢b", role: self.role), row: 0, column: -1)
        #expect(left.textLines == [" b"])
        var clipped = self.grid(4)
        clipped.put(displayCells("....", role: self.role), row: 0, column: 0)
        clipped.put(displayCells("a漢", role: self.role), row: 0, column: 0, width: 2)
        #expect(clipped.textLines == ["a .."])
        for grid in [right, left, clipped] { #expect(GridLiteral(grid).isWhole) }
    }

    @Test
    func whatLiesOutsideIsNotDrawn() {
        var grid = self.grid(3, 2)
        grid.put("abcdef", row: 5, column: 0, width: 9, role: self.role)
        grid.put(displayCells("abcdef", role: self.role), row: 1, column: -4)
        grid.put(displayCells("abcdef", role: self.role), row: 0, column: 9)
        grid.fill(CellRect(row: -3, column: -3, rows: 4, columns: 4), with: "#", role: self.role)
        #expect(grid.textLines == ["#", "ef"])
    }

    @Test
    func aContinuationAloneChangesNothing() {
        var grid = self.grid(2)
        grid[0, 1] = Cell(.continuation, role: self.role)
        #expect(GridLiteral(grid).isWhole)
    }

    @Test
    func anyMixOfPutsKeepsTheGridWhole() {
        var random = SplitMix(seed: 11)
        let texts = ["漢字かな", "ab", "x漢y", "한글 text", "e\u{301}漢", "👨‍👩‍👧", ""]
        for _ in 0..<2_000 {
            var grid = self.grid(9, 2)
            for _ in 0..<6 {
                let text = texts[random.next(texts.count)]
                let column = random.next(14) - 3
                grid.put(
                    displayCells(text, role: self.role),
                    row: random.next(2),
                    column: column,
                    width: random.next(8)
                )
            }
            #expect(GridLiteral(grid).isWhole)
        }
    }

    @Test
    func textIsPaddedAlignedAndCut() {
        var grid = self.grid(6, 4)
        grid.fill(grid.bounds, with: "#", role: self.role)
        grid.put("ab", row: 0, column: 1, width: 4, role: self.role)
        grid.put("ab", row: 1, column: 1, width: 4, role: self.role, alignment: .trailing)
        grid.put("ab", row: 2, column: 1, width: 4, role: self.role, alignment: .center)
        grid.put("abcdef", row: 3, column: 1, width: 4, role: self.role)
        #expect(grid.textLines == ["#ab  #", "#  ab#", "# ab #", "#abc…#"])
    }

    @Test
    func aBoxCarriesItsCaptions() {
        var grid = self.grid(28, 3)
        let inside = grid.drawBox(
            grid.bounds,
            role: StyleRole("border"),
            captions: [
                BoxCaption("Shards", role: StyleRole("title")),
                BoxCaption("14 of 17", role: StyleRole("dim"), place: .topTrailing),
                BoxCaption("1/14", role: StyleRole("dim"), place: .bottomTrailing),
            ]
        )
        #expect(inside == CellRect(row: 1, column: 1, rows: 1, columns: 26))
        #expect(
            grid.textLines == [
                "┌ Shards ──────── 14 of 17 ┐",
                "│                          │",
                "└──────────────────── 1/14 ┘",
            ]
        )
        #expect(grid[0, 3].role == StyleRole("title"))
        #expect(grid[0, 0].role == StyleRole("border"))
    }

    @Test(arguments: 0...14)
    func aNarrowBoxShortensItsCaptionsAndNeverBreaks(columns: Int) {
        for rows in 0...3 {
            var grid = self.grid(20, 4)
            grid.drawBox(
                CellRect(row: 0, column: 0, rows: rows, columns: columns),
                role: self.role,
                captions: [
                    BoxCaption("漢字漢字漢字", role: self.role), BoxCaption("9/9", role: self.role, place: .topTrailing),
                ]
            )
            #expect(GridLiteral(grid).isWhole)
            #expect(grid[0, max(columns, 1)].text == " ")
        }
    }

    @Test
    func asciiGlyphsDrawWithASCIIAlone() {
        var grid = self.grid(12, 3)
        grid.drawBox(grid.bounds, role: self.role, captions: [BoxCaption("Größe", role: self.role)], glyphs: .ascii)
        #expect(grid.textLines.joined().allSatisfy { $0.isASCII })
        #expect(grid.textLines[0].hasPrefix("+ Gr"))
    }
}
