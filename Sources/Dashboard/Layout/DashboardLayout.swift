// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// Where everything stands: a function of the screen's size and of what is in focus.
package struct DashboardLayout: Hashable, Sendable {
    /// How much fits.
    package enum SizeClass: Hashable, Sendable {
        /// Only a notice.
        case tooSmall
        /// One pane at a time.
        case small
        /// A strip of charts, and four panes.
        case medium
        /// Everything.
        case large
    }

    /// The smallest screen that shows more than a notice.
    package static let minimum = ScreenSize(columns: 60, rows: 15)

    /// How much fits.
    package let sizeClass: SizeClass
    /// Mode, stream, endpoint, shards, lag, clock.
    package let head: CellRect
    /// The newest figures.
    package let tiles: CellRect
    /// The names of the panes; empty when all are on the screen.
    package let tabs: CellRect
    /// The panes on the screen.
    package let panes: [Pane: CellRect]
    /// Messages, prompts, the price of a hold.
    package let message: CellRect
    /// The timeline of a recorded session; empty for one that runs.
    package let timeline: CellRect
    /// Keys.
    package let keyBar: CellRect

    /// Lays out a screen.
    ///
    /// - Parameters:
    ///   - size: The screen's size.
    ///   - focus: The pane in focus: always on the screen.
    ///   - corner: Which of Record and Events has the place that both share on a medium screen.
    ///   - isZoomed: Whether the pane in focus takes the room of all.
    ///   - hasTimeline: Whether the session is a recorded one.
    package init(
        size: ScreenSize,
        focus: Pane,
        corner: Pane = .record,
        isZoomed: Bool = false,
        hasTimeline: Bool = false
    ) {
        let bounds = size.bounds
        self.sizeClass =
            if size.columns < Self.minimum.columns || size.rows < Self.minimum.rows {
                .tooSmall
            } else if size.columns < 100 || size.rows < 30 {
                .small
            } else if size.columns < 160 || size.rows < 50 {
                .medium
            } else {
                .large
            }
        guard self.sizeClass != .tooSmall else {
            let nothing = CellRect(row: 0, column: 0, rows: 0, columns: 0)
            (self.head, self.tiles, self.tabs, self.message, self.timeline, self.keyBar) = (
                nothing, nothing, nothing, nothing, nothing, nothing
            )
            self.panes = [:]
            return
        }
        var rest = bounds
        (self.head, rest) = rest.splitRows(1)
        (self.tiles, rest) = rest.splitRows(1)
        (self.tabs, rest) = rest.splitRows(self.sizeClass == .small || isZoomed ? 1 : 0)
        let (body, foot) = rest.splitRows(hasTimeline ? -3 : -2)
        let bars: CellRect
        (self.message, bars) = foot.splitRows(1)
        (self.timeline, self.keyBar) = bars.splitRows(hasTimeline ? 1 : 0)
        self.panes =
            if self.sizeClass == .small || isZoomed {
                [focus: body]
            } else if self.sizeClass == .medium {
                Self.medium(body, corner: focus == .record || focus == .events ? focus : corner)
            } else {
                Self.large(body)
            }
    }

    private static func medium(_ body: CellRect, corner: Pane) -> [Pane: CellRect] {
        let (overview, rest) = body.splitRows(7)
        let (upper, lower) = rest.splitRows((rest.rows + 1) / 2)
        let (shards, batches) = upper.splitColumns(upper.columns * 58 / 100)
        let (records, detail) = lower.splitColumns(lower.columns * 58 / 100)
        return [
            .overview: overview, .shards: shards, .batches: batches, .records: records,
            corner == .events ? .events : .record: detail,
        ]
    }

    private static func large(_ body: CellRect) -> [Pane: CellRect] {
        let (overview, rest) = body.splitRows(14)
        let events = max(5, rest.rows / 7)
        let record = rest.rows * 3 / 10
        let (tables, lower) = rest.splitRows(rest.rows - events - record)
        let (shards, right) = tables.splitColumns(tables.columns * 42 / 100)
        let (batches, records) = right.splitColumns(right.columns / 2)
        let (detail, log) = lower.splitRows(record)
        return [
            .overview: overview, .shards: shards, .batches: batches, .records: records, .record: detail, .events: log,
        ]
    }
}
