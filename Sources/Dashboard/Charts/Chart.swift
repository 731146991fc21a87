// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// A filled chart of a series: an axis with three figures on the left, time below, newest second on the right.
///
/// ```
///  500      ⣀⣤⣶⣿⣶⣤⡀
///  250   ⣠⣶⣿⣿⣿⣿⣿⣿⣿⣶
///    0 ⣤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
///    -60s         now
/// ```
/// A missing second is a blank column with a dim point on the axis, held seconds are shaded, a late one has a `!` below.
package struct Chart: Sendable {
    /// Columns of the axis figures and the space behind them.
    package static let gutter = 6

    /// What is drawn.
    package var series: ChartSeries
    /// Its colour.
    package var role: StyleRole
    /// How axis figures are written.
    package var format: @Sendable (Double) -> String
    /// A line across, such as provisioned capacity; nil for none.
    package var limit: Double?
    /// The smallest upper end of the axis.
    package var floor: Double
    /// The word for the right end of the time.
    package var end = "now"

    package init(
        series: ChartSeries,
        role: StyleRole,
        limit: Double? = nil,
        floor: Double = 1,
        format: @escaping @Sendable (Double) -> String
    ) {
        self.series = series
        self.role = role
        self.limit = limit
        self.floor = floor
        self.format = format
    }

    /// Draws the chart into an area.
    package func draw(in area: CellRect, of grid: inout CellGrid, glyphs: GlyphSet) {
        let (plot, axis) = area.splitRows(area.rows >= 3 ? -1 : area.rows)
        let (gutter, columns) = plot.splitColumns(area.columns > 2 * Self.gutter ? Self.gutter : 0)
        guard !columns.isEmpty else { return }
        let perColumn = glyphs.chartStyle == .braille ? 2 : 1
        let window = columns.columns * perColumn
        let shown = Array(self.series.points.suffix(window))
        let top = max(
            ChartScale.top(of: self.series.points.map(\.value), window: window, floor: self.floor),
            self.limit.map { ChartScale.step(atLeast: $0) } ?? 0
        )
        self.drawGutter(in: gutter, of: &grid, top: top, glyphs: glyphs)
        self.drawLimit(in: columns, of: &grid, top: top, glyphs: glyphs)
        for column in 0..<columns.columns {
            // Seconds are counted from the right, so that the newest one always has its place.
            let end = shown.count - (columns.columns - 1 - column) * perColumn
            let points = (end - perColumn..<end).map { shown.indices.contains($0) ? shown[$0] : nil }
            self.draw(points, at: column, in: columns, of: &grid, top: top, glyphs: glyphs)
        }
        let time = CellRect(
            row: axis.row,
            column: columns.column,
            rows: axis.rows,
            columns: columns.columns
        )
        self.drawTime(in: time, of: &grid, perColumn: perColumn, shown: shown)
    }

    private func drawGutter(in area: CellRect, of grid: inout CellGrid, top: Double, glyphs: GlyphSet) {
        guard !area.isEmpty else { return }
        func label(_ value: Double, _ row: Int) {
            grid.put(
                self.format(value),
                row: area.row + row,
                column: area.column,
                width: area.columns - 1,
                role: Roles.axis,
                alignment: .trailing,
                fit: .clip,
                glyphs: glyphs
            )
        }
        label(0, area.rows - 1)
        if area.rows > 1 { label(top, 0) }
        if area.rows > 2 { label(top / 2, area.rows / 2) }
    }

    private func drawLimit(in area: CellRect, of grid: inout CellGrid, top: Double, glyphs: GlyphSet) {
        guard let limit = self.limit, limit > 0, top > 0 else { return }
        let height = min(area.rows - 1, Int(limit / top * Double(area.rows)))
        let row = area.endRow - 1 - height
        grid.fill(
            CellRect(row: row, column: area.column, rows: 1, columns: area.columns),
            with: glyphs.isASCII ? "-" : "┈",
            role: Roles.chartLimit
        )
    }

    /// Draws the seconds of one column, from the bottom up.
    private func draw(
        _ points: [ChartSeries.Point?],
        at column: Int,
        in area: CellRect,
        of grid: inout CellGrid,
        top: Double,
        glyphs: GlyphSet
    ) {
        let levels = glyphs.chartStyle == .braille ? 4 : 8
        let full = area.rows * levels
        let heights = points.map { point -> Int in
            guard let value = point?.value else { return 0 }
            // A zero is a thin line: it was measured.
            return max(1, min(full, Int((value / top * Double(full)).rounded(.up))))
        }
        let ramp = Roles.ramp(self.role)
        let isHeld = points.contains { $0?.isHeld == true }
        let isMissing = points.allSatisfy { $0?.value == nil } && points.contains { $0 != nil }
        for row in 0..<area.rows {
            let place = (row: area.endRow - 1 - row, column: area.column + column)
            let parts = heights.map { min(levels, max(0, $0 - row * levels)) }
            let glyph: String
            if parts.allSatisfy({ $0 == 0 }) {
                if isHeld {
                    grid.put(
                        [Cell(.glyph(glyphs.shade, width: 1), role: Roles.chartHeld)],
                        row: place.row,
                        column: place.column
                    )
                } else if isMissing, row == 0 {
                    grid.put(
                        [Cell(.glyph(glyphs.missing, width: 1), role: Roles.chartGap)],
                        row: place.row,
                        column: place.column
                    )
                }
                continue
            }
            switch glyphs.chartStyle {
            case .braille: glyph = GlyphSet.brailleBars(left: parts[0], right: parts[1])
            case .block, .ascii: glyph = glyphs.bar(parts[0])
            }
            let shade = ramp[min(2, area.rows == 1 ? 1 : row * 3 / area.rows)]
            grid.put([Cell(.glyph(glyph, width: 1), role: shade)], row: place.row, column: place.column)
        }
    }

    /// Marks the time below: every 30 or 60 seconds, as far as they fit, and what came late.
    private func drawTime(
        in area: CellRect,
        of grid: inout CellGrid,
        perColumn: Int,
        shown: [ChartSeries.Point]
    ) {
        guard !area.isEmpty else { return }
        grid.fill(area, role: Roles.axis)
        let now = self.end
        var free = area.columns
        if area.columns >= now.count {
            free = area.columns - now.count
            grid.put(displayCells(now, role: Roles.axis), row: area.row, column: area.column + free)
        }
        let step = area.columns * perColumn >= 60 ? 60 : area.columns * perColumn >= 30 ? 30 : 10
        var seconds = step
        while seconds / perColumn < area.columns {
            let text = "-\(seconds)s"
            let column = max(0, area.columns - seconds / perColumn - text.count / 2)
            if column + text.count < free {
                grid.put(displayCells(text, role: Roles.axis), row: area.row, column: area.column + column)
                free = column
            }
            seconds += step
        }
        for (index, point) in shown.enumerated() where point.isLate {
            let column = area.columns - 1 - (shown.count - 1 - index) / perColumn
            guard column >= 0 else { continue }
            grid.put([Cell(.glyph("!", width: 1), role: Roles.chartLate)], row: area.row, column: area.column + column)
        }
    }
}
