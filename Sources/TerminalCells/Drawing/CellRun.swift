// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Neighbouring cells of one row that differ from the picture before.
package struct CellRun: Hashable, Sendable {
    /// The row.
    package var row: Int
    /// The column of the first cell.
    package var column: Int
    /// The cells; a wide glyph and its continuation are never parted.
    package var cells: ArraySlice<Cell>

    /// Creates a run.
    package init(row: Int, column: Int, cells: ArraySlice<Cell>) {
        self.row = row
        self.column = column
        self.cells = cells
    }

    /// Whether both put the same cells in the same place.
    package static func == (left: CellRun, right: CellRun) -> Bool {
        left.row == right.row && left.column == right.column && left.cells.elementsEqual(right.cells)
    }
}
