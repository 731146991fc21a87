// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// A grid as text, to compare with a literal or a golden file.
package struct GridLiteral {
    /// The grid.
    package var grid: CellGrid

    /// Creates the texts of a grid.
    package init(_ grid: CellGrid) {
        self.grid = grid
    }

    /// The characters, a line a row, without the spaces at the ends.
    package var text: String {
        self.grid.textLines.joined(separator: "\n")
    }

    /// What each cell means: a line a row with one letter a column, and a legend below.
    ///
    /// Letters are given in order of first appearance; a `*` behind a role's name in the legend says that it is selected.
    /// ```
    /// aabb
    ///
    /// a text
    /// b state.open*
    /// ```
    package var roles: String {
        struct Style: Hashable {
            var role: StyleRole
            var isSelected: Bool
        }
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var numbers: [Style: Int] = [:]
        var legend: [String] = []
        var lines: [String] = []
        for row in 0..<self.grid.size.rows {
            var line = ""
            for cell in self.grid.line(row) {
                let style = Style(role: cell.role, isSelected: cell.isSelected)
                let number = numbers[style] ?? legend.count
                let letter = number < letters.count ? letters[number] : "?"
                if numbers[style] == nil {
                    numbers[style] = number
                    legend.append("\(letter) \(cell.role.name)\(cell.isSelected ? "*" : "")")
                }
                line.append(letter)
            }
            lines.append(line)
        }
        return (lines + [""] + legend).joined(separator: "\n")
    }

    /// Whether every wide glyph has its continuation and every continuation its glyph.
    package var isWhole: Bool {
        for row in 0..<self.grid.size.rows {
            var expected = 0
            for cell in self.grid.line(row) {
                let isContinuation = cell.content == .continuation
                guard isContinuation == (expected > 0) else { return false }
                expected = isContinuation ? 0 : cell.width - 1
            }
            guard expected == 0 else { return false }
        }
        return true
    }
}
