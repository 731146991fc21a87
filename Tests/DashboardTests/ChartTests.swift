// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import TestSupport
import Testing

@Suite
struct ChartTests {
    private static func draw(
        _ points: [ChartSeries.Point],
        columns: Int = 16,
        rows: Int = 4,
        limit: Double? = nil,
        glyphs: GlyphSet = .unicode
    ) -> CellGrid {
        var grid = CellGrid(size: ScreenSize(columns: columns, rows: rows))
        Chart(series: ChartSeries(points: points), role: Roles.chartRecords, limit: limit) { Figures.rate($0) }
            .draw(in: grid.bounds, of: &grid, glyphs: glyphs)
        return grid
    }

    private static func values(_ values: [Double?]) -> [ChartSeries.Point] {
        values.map { ChartSeries.Point(value: $0) }
    }

    @Test(arguments: [(0.5, 0.5), (1.0, 1.0), (1.2, 2.0), (4.0, 5.0), (5.1, 10.0), (412.0, 500.0), (0.03, 0.05)])
    func theAxisEndsAtOneTwoOrFiveTimesAPowerOfTen(_ value: Double, _ top: Double) {
        #expect(abs(ChartScale.step(atLeast: value) - top) < 1e-12)
    }

    @Test
    func theAxisGrowsAtOnceAndShrinksAfterTenSecondsBelowHalf() {
        var scale = ChartScale()
        scale.take(412)
        #expect(scale.top == 500)
        for _ in 0..<9 { scale.take(40) }
        #expect(scale.top == 500)
        scale.take(300)
        for _ in 0..<9 { scale.take(40) }
        #expect(scale.top == 500)
        scale.take(40)
        #expect(scale.top == 50)
    }

    @Test
    func theAxisLooksAtWhatIsOnTheScreen() {
        let values: [Double?] = [400] + Array(repeating: 3, count: 30)
        #expect(ChartScale.top(of: values, window: 100) == 500)
        #expect(ChartScale.top(of: values, window: 10) == 5)
    }

    /// What was below half for long while the peak was still to be seen needs no more patience when it has left.
    @Test
    func theAxisComesBackAsSoonAsThePeakHasLeft() {
        func top(_ seconds: Int) -> Double {
            ChartScale.top(of: [5000] + Array(repeating: 30, count: seconds), window: 60)
        }
        #expect(top(59) == 5000)
        #expect(top(60) == 50)
    }

    @Test
    func aChartHasAnAxisAndItsTime() {
        let grid = Self.draw(Self.values([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map { $0 * 10 }))
        #expect(grid.textLines[0].hasPrefix("  100 "))
        #expect(grid.textLines[1].hasPrefix("   50 "))
        #expect(grid.textLines[2].hasPrefix("    0 "))
        #expect(grid.textLines[3].hasSuffix("now"))
        #expect(grid.textLines[2].hasSuffix("⣿"))
    }

    @Test
    func aMissingSecondIsAGapAndNotAZero() {
        let gap = Self.draw(Self.values([5, 5, nil, nil, 5, 5]))
        let zero = Self.draw(Self.values([5, 5, 0, 0, 5, 5]))
        #expect(gap[2, 14] == Cell(.glyph("·", width: 1), role: Roles.chartGap))
        #expect(gap[1, 14].text == " ")
        #expect(zero[2, 14].text == "⣀")
    }

    @Test
    func aHeldSecondIsShaded() {
        let points = [ChartSeries.Point(value: 0, isHeld: true), ChartSeries.Point(value: 0, isHeld: true)]
        let grid = Self.draw(points)
        #expect(grid[0, 15] == Cell(.glyph("░", width: 1), role: Roles.chartHeld))
        #expect(grid[2, 15].text == "⣀")
    }

    @Test
    func aLateSecondIsMarkedOnTheAxis() {
        let points =
            Self.values([5, 5, 5, 5]) + [ChartSeries.Point(value: 5, isLate: true)]
            + Self.values(Array(repeating: 5, count: 9))
        let grid = Self.draw(points)
        #expect(grid.line(3).contains(Cell(.glyph("!", width: 1), role: Roles.chartLate)))
    }

    @Test
    func aLimitIsALineAtItsHeight() {
        let grid = Self.draw(Self.values([1, 1]), limit: 9)
        #expect(grid[0, 8] == Cell(.glyph("┈", width: 1), role: Roles.chartLimit))
    }

    @Test(arguments: [GlyphSet.unicode, .block, .ascii])
    func everyGlyphSetDraws(_ glyphs: GlyphSet) {
        let grid = Self.draw(Self.values([0, 1, 2, 3, 4, 5, nil]), glyphs: glyphs)
        #expect(GridLiteral(grid).isWhole)
        if glyphs.isASCII { #expect(grid.textLines.joined().utf8.allSatisfy { $0 < 0x80 }) }
    }

    @Test
    func noSizeIsTooSmall() {
        for columns in 0..<20 {
            for rows in 0..<8 { _ = Self.draw(Self.values([1, 2, nil, 1e12]), columns: columns, rows: rows, limit: 3) }
        }
    }
}
