// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells
import Testing

@Suite
struct LayoutTests {
    private static func check(_ layout: DashboardLayout, _ size: ScreenSize) -> Bool {
        let areas = [layout.head, layout.tiles, layout.tabs, layout.message, layout.keyBar] + layout.panes.values
        let isInside = areas.allSatisfy {
            $0.row >= 0 && $0.column >= 0 && $0.endRow <= size.rows && $0.endColumn <= size.columns
        }
        // Nothing overlaps and nothing is left over: then the areas add up.
        let cells = areas.reduce(0) { $0 + $1.rows * $1.columns }
        for (index, area) in areas.enumerated() {
            for other in areas[(index + 1)...] where !area.intersection(other).isEmpty { return false }
        }
        return isInside && (layout.sizeClass == .tooSmall || cells == size.rows * size.columns)
    }

    @Test(arguments: [false, true])
    func everySizeIsCoveredOnce(_ isZoomed: Bool) {
        for rows in 0...80 {
            for columns in 0...250 {
                let size = ScreenSize(columns: columns, rows: rows)
                let focus = Pane.allCases[(rows + columns) % 6]
                let layout = DashboardLayout(size: size, focus: focus, isZoomed: isZoomed)
                #expect(Self.check(layout, size), "\(size)")
                #expect(layout.sizeClass == .tooSmall || layout.panes[focus]?.isEmpty == false, "\(size)")
            }
        }
    }

    @Test(
        arguments: [
            (59, 15, DashboardLayout.SizeClass.tooSmall), (60, 14, .tooSmall), (60, 15, .small), (99, 60, .small),
            (200, 29, .small), (100, 30, .medium), (159, 60, .medium), (160, 49, .medium), (160, 50, .large),
        ]
    )
    func sizesHaveTheirClasses(_ columns: Int, _ rows: Int, _ expected: DashboardLayout.SizeClass) {
        let layout = DashboardLayout(size: ScreenSize(columns: columns, rows: rows), focus: .overview)
        #expect(layout.sizeClass == expected)
    }

    @Test
    func recordAndEventsShareAPlaceOnAMediumScreen() {
        let size = ScreenSize(columns: 120, rows: 40)
        #expect(DashboardLayout(size: size, focus: .events).panes[.events] != nil)
        #expect(DashboardLayout(size: size, focus: .shards, corner: .events).panes[.record] == nil)
        #expect(DashboardLayout(size: size, focus: .record, corner: .events).panes[.record] != nil)
    }

    @Test
    func columnsGiveWayByTheirPriority() {
        let columns = Pane.shards.columns
        let wide = TableLayout(columns, width: 120)
        let narrow = TableLayout(columns, width: 40)
        #expect(wide.columns.map(\.column.id) == columns.map(\.id))
        #expect(narrow.columns.map(\.column.id).starts(with: ["shard", "state", "lag"]))
        for width in 0...200 {
            for pane in Pane.tables {
                let layout = TableLayout(pane.columns, width: width)
                let total = layout.columns.reduce(0) { $0 + $1.width } + layout.gap * (layout.columns.count - 1)
                #expect(!layout.columns.isEmpty)
                #expect(total <= width || layout.columns.count == 1, "\(pane) at \(width)")
            }
        }
    }
}
