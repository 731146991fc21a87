// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import TestSupport
import Testing

struct GridLiteralTests {
    @Test
    func rolesBecomeLettersWithALegend() {
        var grid = CellGrid(size: ScreenSize(columns: 4, rows: 2))
        grid.put("ab", row: 0, column: 1, width: 2, role: StyleRole("title"))
        grid.select(CellRect(row: 1, column: 0, rows: 1, columns: 4))
        #expect(GridLiteral(grid).text == " ab\n")
        #expect(GridLiteral(grid).roles == "abba\ncccc\n\na text\nb title\nc text*")
    }

    @Test
    func aScriptedScreenWritesOnlyWhatChanged() {
        var screen = ScriptedScreen(columns: 3, rows: 1, events: [[.wake]])
        var grid = CellGrid(size: screen.size)
        screen.present(grid)
        grid.put("x", row: 0, column: 1, width: 1, role: .plain)
        screen.present(grid)
        screen.present(grid)
        #expect(screen.writes.map { $0.map(\.cells.count) } == [[3], [1], []])
        screen.invalidate()
        screen.present(grid)
        #expect(screen.writes.last?.map(\.cells.count) == [3])
        #expect(screen.waitForInput(atMost: nil) == [.wake])
        #expect(screen.waitForInput(atMost: .seconds(1)) == [.terminated(.hangUp)])
        #expect(screen.waits == [nil, .seconds(1)])
    }
}
