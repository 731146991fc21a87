// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

/// The newest seconds of a series in one row, one column each.
struct Sparkline {
    var series: ChartSeries
    var role: StyleRole

    /// The cells of the newest `width` seconds; a missing second is a dim point.
    func cells(width: Int, glyphs: GlyphSet) -> [Cell] {
        let points = self.series.points.suffix(max(0, width))
        let top = ChartScale.top(of: self.series.points.map(\.value), window: max(1, width))
        return points.map { point in
            guard let value = point.value else {
                return Cell(.glyph(point.isHeld ? glyphs.shade : glyphs.missing, width: 1), role: Roles.chartGap)
            }
            let height = max(1, min(8, Int((value / top * 8).rounded(.up))))
            return Cell(.glyph(glyphs.bar(height), width: 1), role: Roles.ramp(self.role)[1])
        }
    }
}
