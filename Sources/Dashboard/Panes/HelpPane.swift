// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

extension ScreenPainter {
    /// Draws the help over all panes.
    mutating func paintHelp() {
        let rows = self.layout.message.row - self.layout.tiles.endRow - self.layout.tabs.rows
        let rect = CellRect(
            row: self.layout.tiles.endRow + self.layout.tabs.rows,
            column: 0,
            rows: rows,
            columns: self.grid.size.columns
        )
        let help = HelpText(self.state, width: self.grid.size.columns - 4)
        let search = self.state.view.helpSearch
        let inside = self.box(
            "Help",
            in: rect,
            isFocused: true,
            info: search.isEmpty ? "/ searches" : "/\(search)",
            infoRole: search.isEmpty ? Roles.dim : Roles.chip
        ).inset(columns: 1)
        let top = max(0, min(self.state.view.helpTop, help.lines.count - inside.rows))
        for row in 0..<inside.rows where top + row < help.lines.count {
            var line = self.line()
            switch help.lines[top + row] {
            case .heading(let text): line.append(text, Roles.title)
            case .key(let keys, let text):
                line.append("  ", Roles.text)
                line.append(keys, Roles.key, width: HelpText.nameColumns)
                line.append(" " + text, Roles.text)
            case .note(let word, let text):
                line.append("  ", Roles.text)
                line.append(word, Roles.strong, width: HelpText.nameColumns)
                line.append(" " + text, Roles.text)
            case .blank: break
            }
            self.put(line, in: inside.line(row))
        }
        let below = help.lines.count - top - inside.rows
        if below > 0 {
            let words = CellLine(" \(below) more below ", Roles.dim, policy: self.glyphs.textPolicy)
            let foot = CellRect(row: rect.endRow - 1, column: rect.column + 1, rows: 1, columns: rect.columns - 3)
            self.grid.put(words.cells, row: foot.row, column: foot.endColumn - words.width)
        }
    }
}
