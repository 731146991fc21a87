// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A screenful of cells.
///
/// It is whole at every moment: a wide glyph is always followed by its continuation and a continuation always follows a
/// wide glyph. Overwriting one half clears the other, and a wide glyph for which there is no room becomes a space.
package struct CellGrid: Hashable, Sendable {
    /// The size.
    package let size: ScreenSize
    private var cells: [Cell]

    /// Creates a grid of blanks.
    package init(size: ScreenSize, fill role: StyleRole = .plain) {
        self.size = size
        self.cells = Array(repeating: .blank(role: role), count: size.columns * size.rows)
    }

    /// The whole grid.
    package var bounds: CellRect { self.size.bounds }

    /// The cell at a place; it must be within the size.
    ///
    /// Setting a wide glyph sets its continuation too; setting a continuation has an effect only behind a wide glyph.
    package subscript(row: Int, column: Int) -> Cell {
        get { self.cells[self.index(row, column)] }
        set { self.place(newValue, row: row, column: column, end: self.size.columns) }
    }

    /// One row.
    package func line(_ row: Int) -> ArraySlice<Cell> {
        let start = row * self.size.columns
        return self.cells[start..<start + self.size.columns]
    }

    /// The characters of each row, without the spaces at its end.
    package var textLines: [String] {
        (0..<self.size.rows).map { row in
            var text = ""
            for cell in self.line(row) { text += cell.text }
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    /// Puts cells from a place to the right, clipped to `width` columns and to the grid.
    ///
    /// - Returns: the number of columns that were taken, those outside of the grid included.
    @discardableResult
    package mutating func put(_ cells: some Sequence<Cell>, row: Int, column: Int, width: Int = .max) -> Int {
        let limit = width >= self.size.columns - column ? max(0, self.size.columns - column) : max(0, width)
        var offset = 0
        for cell in cells where cell.width > 0 {
            guard offset < limit else { break }
            if row >= 0, row < self.size.rows {
                self.putClipped(cell, row: row, column: column + offset, end: column + limit)
            }
            offset += min(cell.width, limit - offset)
        }
        return offset
    }

    /// Changes what cells mean, not what stands there.
    package mutating func restyle(_ rect: CellRect, role: StyleRole) {
        self.update(rect) { $0.role = role }
    }

    /// Lays the theme's selection over an area, or takes it away.
    package mutating func select(_ rect: CellRect, _ isSelected: Bool = true) {
        self.update(rect) { $0.isSelected = isSelected }
    }

    /// Fills an area with one glyph of width 1.
    package mutating func fill(_ rect: CellRect, with glyph: String = " ", role: StyleRole, isSelected: Bool = false) {
        let area = rect.intersection(self.bounds)
        let cell = Cell(.glyph(glyph, width: 1), role: role, isSelected: isSelected)
        for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn {
                self.place(cell, row: row, column: column, end: self.size.columns)
            }
        }
    }

    /// Copies another grid, its top left corner at a place, clipped to this one.
    package mutating func copy(_ other: CellGrid, row: Int, column: Int) {
        for line in 0..<other.size.rows {
            self.put(other.line(line), row: row + line, column: column)
        }
    }

    /// What must be written to turn a screen that shows `old` into this picture; every row if the sizes differ.
    package func changes(since old: CellGrid) -> [CellRun] {
        guard old.size == self.size else {
            guard self.size.columns > 0 else { return [] }
            return (0..<self.size.rows).map { CellRun(row: $0, column: 0, cells: self.line($0)) }
        }
        var runs: [CellRun] = []
        for row in 0..<self.size.rows {
            self.appendChanges(of: row, since: old, to: &runs)
        }
        return runs
    }

    private func appendChanges(of row: Int, since old: CellGrid, to runs: inout [CellRun]) {
        let start = row * self.size.columns
        let end = start + self.size.columns
        var index = start
        while index < end {
            guard self.cells[index] != old.cells[index] else {
                index += 1
                continue
            }
            var first = index
            if self.cells[first].content == .continuation { first -= 1 }
            index += 1
            while index < end, self.cells[index] != old.cells[index] || self.cells[index].content == .continuation {
                index += 1
            }
            runs.append(CellRun(row: row, column: first - start, cells: self.cells[first..<index]))
        }
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        precondition(
            row >= 0 && row < self.size.rows && column >= 0 && column < self.size.columns,
            "row \(row), column \(column) is outside of a grid of \(self.size)"
        )
        return row * self.size.columns + column
    }

    private mutating func update(_ rect: CellRect, _ change: (inout Cell) -> Void) {
        let area = rect.intersection(self.bounds)
        for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn { change(&self.cells[self.index(row, column)]) }
        }
    }

    /// Places a cell that may begin left of the grid; `end` is the column behind the last one it may take.
    private mutating func putClipped(_ cell: Cell, row: Int, column: Int, end: Int) {
        if column >= 0 {
            self.place(cell, row: row, column: column, end: min(end, self.size.columns))
        } else if column + cell.width > 0, self.size.columns > 0 {
            let blank = Cell.blank(role: cell.role, isSelected: cell.isSelected)
            self.place(blank, row: row, column: 0, end: self.size.columns)
        }
    }

    private mutating func place(_ cell: Cell, row: Int, column: Int, end: Int) {
        let index = self.index(row, column)
        switch cell.content {
        case .continuation:
            guard self.cells[index].content == .continuation else { return }
            self.cells[index].role = cell.role
            self.cells[index].isSelected = cell.isSelected
        case .glyph(_, let width) where width >= 2 && column + 1 < end:
            self.clearHalves(at: index, column: column)
            self.clearHalves(at: index + 1, column: column + 1)
            self.cells[index] = cell
            self.cells[index + 1] = Cell(.continuation, role: cell.role, isSelected: cell.isSelected)
        case .glyph(_, let width):
            self.clearHalves(at: index, column: column)
            self.cells[index] = width == 1 ? cell : .blank(role: cell.role, isSelected: cell.isSelected)
        }
    }

    /// Turns the other half of a wide glyph into a space before one half is overwritten.
    private mutating func clearHalves(at index: Int, column: Int) {
        if self.cells[index].content == .continuation, column > 0 {
            self.blank(index - 1)
        } else if column + 1 < self.size.columns, self.cells[index + 1].content == .continuation {
            self.blank(index + 1)
        }
    }

    private mutating func blank(_ index: Int) {
        self.cells[index].content = .glyph(" ", width: 1)
    }
}
