// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import TerminalCells
import Testing

/// Screens as text; `WEIR_RECORD_GOLDENS=1 swift test --filter DashboardTests` writes them anew.
@Suite
struct GoldenTests {
    @Test(arguments: GoldenScreen.all)
    func theScreenIsAsItWasAccepted(_ screen: GoldenScreen) throws {
        let grid = render(screen.state, theme: .dark, size: screen.size)
        let golden = GoldenFile(screen.name)
        if GoldenFile.isRecording { try golden.write(grid) }
        let difference = try golden.difference(from: grid)
        #expect(difference == nil, "\(screen.name): \(difference ?? "")")
    }

    @Test(.enabled(if: !GoldenFile.isRecording))
    func noGoldenIsLeftOver() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: GoldenFile.folder.path)
        let names = Set(files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) })
        #expect(names == Set(GoldenScreen.all.map(\.name)))
        #expect(GoldenScreen.all.count == names.count)
    }

    /// A golden that would not notice a change protects nothing.
    @Test(.enabled(if: !GoldenFile.isRecording), arguments: Pane.allCases, DataSet.allCases)
    func oneGlyphOrOneRoleMakesThePanesGoldenFail(_ pane: Pane, _ set: DataSet) throws {
        let screen = GoldenScreen(set, pane, GoldenScreen.small)
        let grid = render(screen.state, theme: .dark, size: screen.size)
        let area = try #require(screen.state.layout(for: screen.size).panes[pane])
        let golden = GoldenFile(screen.name)
        for (row, column) in [
            (area.row, area.column + 3), (area.row + area.rows / 2, area.column + area.columns / 2),
            (area.endRow - 1, area.endColumn - 2),
        ] {
            var changed = grid
            changed[row, column] = Cell(
                .glyph(grid[row, column].text == "#" ? "%" : "#", width: 1),
                role: grid[row, column].role
            )
            #expect(try golden.difference(from: changed) != nil)
            var restyled = grid
            restyled.restyle(CellRect(row: row, column: column, rows: 1, columns: 1), role: StyleRole("another"))
            #expect(try golden.difference(from: restyled) != nil)
        }
    }
}
