// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension CellGrid {
    /// Puts text from outside into `width` columns of a row: made safe, shortened, aligned, and filled up with spaces.
    ///
    /// - Returns: the number of columns that the text itself took.
    @discardableResult
    package mutating func put(
        _ text: String,
        row: Int,
        column: Int,
        width: Int,
        role: StyleRole,
        isSelected: Bool = false,
        alignment: TextAlignment = .leading,
        fit: TextFit = .end,
        glyphs: GlyphSet = .unicode
    ) -> Int {
        let cells = displayCells(text, role: role, isSelected: isSelected, policy: glyphs.textPolicy)
        return self.put(
            cells,
            in: CellRect(row: row, column: column, rows: 1, columns: width),
            padding: role,
            isSelected: isSelected,
            alignment: alignment,
            fit: fit,
            glyphs: glyphs
        )
    }

    /// Puts cells into the first row of an area: shortened, aligned, and filled up with spaces.
    ///
    /// - Returns: the number of columns that the cells themselves took.
    @discardableResult
    package mutating func put(
        _ cells: [Cell],
        in area: CellRect,
        padding role: StyleRole,
        isSelected: Bool = false,
        alignment: TextAlignment = .leading,
        fit: TextFit = .end,
        glyphs: GlyphSet = .unicode
    ) -> Int {
        guard !area.isEmpty else { return 0 }
        let short = truncate(cells, to: area.columns, fit: fit, ellipsis: glyphs.ellipsis)
        let taken = short.columns
        let space = area.columns - taken
        let before =
            switch alignment {
            case .leading: 0
            case .center: space / 2
            case .trailing: space
            }
        self.fill(area.line(0), role: role, isSelected: isSelected)
        self.put(short, row: area.row, column: area.column + before, width: taken)
        return taken
    }

    /// Puts lines into an area from its top, each shortened at its end; lines that do not fit are left out.
    package mutating func put(
        lines: [String],
        in area: CellRect,
        role: StyleRole,
        alignment: TextAlignment = .leading,
        glyphs: GlyphSet = .unicode
    ) {
        for (index, line) in lines.prefix(area.rows).enumerated() {
            self.put(
                line,
                row: area.row + index,
                column: area.column,
                width: area.columns,
                role: role,
                alignment: alignment,
                glyphs: glyphs
            )
        }
    }
}
