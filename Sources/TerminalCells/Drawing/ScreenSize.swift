// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A screen's size in cells.
package struct ScreenSize: Hashable, Sendable, CustomStringConvertible {
    /// Number of columns, at least 0.
    package var columns: Int
    /// Number of rows, at least 0.
    package var rows: Int

    /// Creates a size; negative figures become 0.
    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    /// The whole screen.
    package var bounds: CellRect { CellRect(row: 0, column: 0, rows: self.rows, columns: self.columns) }

    /// Columns by rows, `120x40`.
    package var description: String { "\(self.columns)x\(self.rows)" }
}
