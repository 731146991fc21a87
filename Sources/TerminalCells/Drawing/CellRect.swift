// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A rectangle on the screen; never negative.
///
/// All arithmetic on places and sizes of areas is done here, so that there is one place where sizes are kept from going
/// below zero.
package struct CellRect: Hashable, Sendable {
    /// The first row.
    package var row: Int
    /// The first column.
    package var column: Int
    /// Number of rows, at least 0.
    package private(set) var rows: Int
    /// Number of columns, at least 0.
    package private(set) var columns: Int

    /// Creates a rectangle; negative sizes become 0.
    package init(row: Int, column: Int, rows: Int, columns: Int) {
        self.row = row
        self.column = column
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }

    /// The row behind the last one.
    package var endRow: Int { self.row + self.rows }
    /// The column behind the last one.
    package var endColumn: Int { self.column + self.columns }
    /// Whether there is no cell in it.
    package var isEmpty: Bool { self.rows == 0 || self.columns == 0 }
    /// Its size.
    package var size: ScreenSize { ScreenSize(columns: self.columns, rows: self.rows) }

    /// Whether a place is inside.
    package func contains(row: Int, column: Int) -> Bool {
        row >= self.row && row < self.endRow && column >= self.column && column < self.endColumn
    }

    /// What both have in common; empty if they do not meet.
    package func intersection(_ other: CellRect) -> CellRect {
        let row = max(self.row, other.row)
        let column = max(self.column, other.column)
        return CellRect(
            row: row,
            column: column,
            rows: min(self.endRow, other.endRow) - row,
            columns: min(self.endColumn, other.endColumn) - column
        )
    }

    /// The rectangle without a margin on each side; empty, and still inside, if the margins meet.
    package func inset(rows: Int = 0, columns: Int = 0) -> CellRect {
        CellRect(
            row: self.row + min(rows, self.rows),
            column: self.column + min(columns, self.columns),
            rows: self.rows - 2 * rows,
            columns: self.columns - 2 * columns
        )
    }

    /// The inside of a box drawn on the edge.
    package var interior: CellRect { self.inset(rows: 1, columns: 1) }

    /// One row of it, counted from its first; empty if there is no such row.
    package func line(_ index: Int) -> CellRect {
        CellRect(
            row: self.row + index,
            column: self.column,
            rows: index >= 0 && index < self.rows ? 1 : 0,
            columns: self.columns
        )
    }

    /// The first rows, and what is left.
    ///
    /// A negative count takes that many from the end: the rest comes last all the same.
    package func splitRows(_ count: Int) -> (first: CellRect, rest: CellRect) {
        let taken = count >= 0 ? min(count, self.rows) : max(0, self.rows + count)
        return (
            CellRect(row: self.row, column: self.column, rows: taken, columns: self.columns),
            CellRect(row: self.row + taken, column: self.column, rows: self.rows - taken, columns: self.columns)
        )
    }

    /// The first columns, and what is left.
    ///
    /// A negative count takes that many from the end: the rest comes last all the same.
    package func splitColumns(_ count: Int) -> (first: CellRect, rest: CellRect) {
        let taken = count >= 0 ? min(count, self.columns) : max(0, self.columns + count)
        return (
            CellRect(row: self.row, column: self.column, rows: self.rows, columns: taken),
            CellRect(row: self.row, column: self.column + taken, rows: self.rows, columns: self.columns - taken)
        )
    }

    /// Rectangles below each other that cover this one without a gap.
    package func dividedRows(_ shares: [CellShare]) -> [CellRect] {
        var row = self.row
        return CellShare.lengths(shares, total: self.rows).map { length in
            defer { row += length }
            return CellRect(row: row, column: self.column, rows: length, columns: self.columns)
        }
    }

    /// Rectangles beside each other that cover this one without a gap.
    package func dividedColumns(_ shares: [CellShare]) -> [CellRect] {
        var column = self.column
        return CellShare.lengths(shares, total: self.columns).map { length in
            defer { column += length }
            return CellRect(row: self.row, column: column, rows: self.rows, columns: length)
        }
    }
}
