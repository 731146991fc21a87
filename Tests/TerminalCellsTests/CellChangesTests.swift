// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import TestSupport
import Testing

struct CellChangesTests {
    private let role = StyleRole("text")

    private func grid(_ lines: [String], columns: Int) -> CellGrid {
        var grid = CellGrid(size: ScreenSize(columns: columns, rows: lines.count))
        grid.put(lines: lines, in: grid.bounds, role: self.role)
        return grid
    }

    @Test
    func equalGridsNeedNoChange() {
        let grid = self.grid(["abc", "漢字"], columns: 5)
        #expect(grid.changes(since: grid).isEmpty)
    }

    @Test
    func eachChangedStretchIsARun() {
        let old = self.grid(["abcdef", "ghijkl"], columns: 6)
        let new = self.grid(["aXcdYZ", "ghijkl"], columns: 6)
        let runs = new.changes(since: old)
        #expect(runs.map(\.row) == [0, 0])
        #expect(runs.map(\.column) == [1, 4])
        #expect(runs.map { $0.cells.map(\.text).joined() } == ["X", "YZ"])
    }

    @Test
    func aChangeOfRoleOrSelectionIsAChange() {
        let old = self.grid(["abc"], columns: 3)
        var role = old
        role.restyle(CellRect(row: 0, column: 1, rows: 1, columns: 1), role: StyleRole("warn"))
        #expect(role.changes(since: old).map(\.column) == [1])
        var selection = old
        selection.select(CellRect(row: 0, column: 2, rows: 1, columns: 1))
        #expect(selection.changes(since: old).map(\.column) == [2])
    }

    @Test
    func aRunNeverPartsAWideGlyph() {
        let old = self.grid(["漢字"], columns: 4)
        var new = old
        new.restyle(CellRect(row: 0, column: 3, rows: 1, columns: 1), role: StyleRole("warn"))
        let runs = new.changes(since: old)
        #expect(runs.map(\.column) == [2])
        #expect(runs.first?.cells.count == 2)
    }

    @Test
    func anotherSizeChangesEveryRow() {
        let old = self.grid(["ab"], columns: 2)
        let new = self.grid(["ab", "cd"], columns: 2)
        #expect(new.changes(since: old).map(\.row) == [0, 1])
        #expect(new.changes(since: old).allSatisfy { $0.cells.count == 2 })
    }

    @Test
    func applyingTheChangesGivesTheNewPicture() {
        var random = SplitMix(seed: 3)
        let texts = ["漢字かな", "ab", "x漢y", "----------", "e\u{301}漢", ""]
        for _ in 0..<1_000 {
            var old = CellGrid(size: ScreenSize(columns: 10, rows: 2))
            var new = old
            for _ in 0..<3 {
                let cells = displayCells(texts[random.next(texts.count)], role: self.role)
                old.put(cells, row: random.next(2), column: random.next(10))
                new.put(cells, row: random.next(2), column: random.next(10))
            }
            var patched = old
            for run in new.changes(since: old) { patched.put(run.cells, row: run.row, column: run.column) }
            #expect(patched == new)
        }
    }
}
