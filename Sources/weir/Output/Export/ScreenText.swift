// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells

/// Screens as the text that a terminal with 24-bit colours draws them from.
struct ScreenText {
    private let theme: Theme
    private var shown: CellGrid?

    /// Creates a writer for a terminal on which nothing is yet.
    init(theme: Theme) {
        self.theme = theme
    }

    /// What turns the screen before into this one; empty if they are the same.
    mutating func text(for grid: CellGrid) -> String {
        var text = ""
        if self.shown?.size != grid.size {
            self.shown = nil
            text = "\u{1B}[0m\u{1B}[2J\u{1B}[?25l"
        }
        let runs =
            self.shown.map { grid.changes(since: $0) }
            ?? (0..<grid.size.rows).map { CellRun(row: $0, column: 0, cells: grid.line($0)) }
        self.shown = grid
        guard !runs.isEmpty else { return text }
        var style: String?
        for run in runs {
            text += "\u{1B}[\(run.row + 1);\(run.column + 1)H"
            for cell in run.cells where cell.width > 0 {
                let wanted = self.sequence(self.theme.style(of: cell.role, isSelected: cell.isSelected))
                if wanted != style { text += wanted }
                style = wanted
                text += cell.text
            }
        }
        return text + "\u{1B}[0m"
    }

    private func sequence(_ style: RoleStyle) -> String {
        var codes = ["0"]
        let attributes: [(TextAttributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        codes += attributes.filter { style.attributes.contains($0.0) }.map(\.1)
        if let color = style.foreground { codes.append("38;2;\(color.red);\(color.green);\(color.blue)") }
        if let color = style.background { codes.append("48;2;\(color.red);\(color.green);\(color.blue)") }
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}
