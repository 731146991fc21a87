// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Which columns fit beside each other, and how wide.
package struct TableLayout: Hashable, Sendable {
    /// Spaces between columns.
    package let gap: Int
    /// The columns that are shown, each with its width.
    package let columns: [(column: Column, width: Int)]

    /// Hides columns by their priority until the rest fits, then shares out what is left.
    package init(_ columns: [Column], width: Int) {
        var shown = columns
        func needed(_ gap: Int) -> Int {
            shown.reduce(0) { $0 + $1.width } + gap * max(0, shown.count - 1)
        }
        while shown.count > 1, needed(1) > width, let worst = shown.map(\.priority).max(), worst > 0,
            let index = shown.lastIndex(where: { $0.priority == worst })
        {
            shown.remove(at: index)
        }
        self.gap = needed(2) <= width ? 2 : 1
        var rest = max(0, width - needed(self.gap))
        var growth = shown.reduce(0) { $0 + $1.growth }
        self.columns = shown.map { column in
            guard column.growth > 0, growth > 0 else { return (column, min(column.width, width)) }
            let share = min(rest * column.growth / growth, column.limit.map { max(0, $0 - column.width) } ?? .max)
            rest -= share
            growth -= column.growth
            return (column, min(column.width, width) + share)
        }
    }

    package static func == (left: TableLayout, right: TableLayout) -> Bool {
        left.gap == right.gap && left.columns.map(\.column) == right.columns.map(\.column)
            && left.columns.map(\.width) == right.columns.map(\.width)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(self.columns.map(\.width))
    }
}
