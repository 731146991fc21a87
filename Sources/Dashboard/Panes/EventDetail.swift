// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// Rows below the Events table for the selected line in full; 0 where the table shows all of it.
    func detailRows(_ pane: Pane, _ table: TableState, _ layout: TableLayout, in body: CellRect) -> Int {
        guard pane == .events, self.state.view.focus == pane, table.rows.indices.contains(table.position),
            let width = layout.columns.first(where: { $0.column.id == "message" })?.width
        else { return 0 }
        let index = table.rows[table.position]
        let message = self.state.field(pane, index, "message").text
        let isShortened = message.contains(self.glyphs.ellipsis) || self.isShardHidden(index, layout)
        guard isShortened || CellLine(message, Roles.text, policy: self.glyphs.textPolicy).width > width else {
            return 0
        }
        // Half of the pane stays with the table.
        return min(self.detail(index, width: body.columns - 2).count + 1, body.rows / 2)
    }

    /// Draws the selected line of the Events table in full.
    mutating func paintDetail(_ pane: Pane, _ table: TableState, in area: CellRect) {
        guard pane == .events, area.rows > 1, table.rows.indices.contains(table.position) else { return }
        let (edge, body) = area.splitRows(1)
        self.grid.fill(edge, with: self.glyphs.horizontal, role: Roles.border)
        for (row, text) in self.detail(table.rows[table.position], width: area.columns - 2).prefix(body.rows)
            .enumerated()
        {
            self.put(CellLine(" " + text, Roles.text, policy: self.glyphs.textPolicy), in: body.line(row))
        }
    }

    private func isShardHidden(_ index: Int, _ layout: TableLayout) -> Bool {
        self.state.session.log[index].shard != nil && !layout.columns.contains { $0.column.id == "shard" }
    }

    /// What a line of the log says, in lines of so many columns, cut at spaces where there are some.
    private func detail(_ index: Int, width: Int) -> [String] {
        let entry = self.state.session.log[index]
        var text = "\(entry.level.rawValue) \(entry.code)"
        if let shard = entry.shard { text += " \(shard.text)" }
        text += ": \(entry.message)"
        var lines = [""]
        for word in text.split(separator: " ") {
            var word = String(word)
            if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + word.count + 1 > width {
                lines.append("")
            }
            while word.count > width, width > 0 {
                lines[lines.count - 1] += word.prefix(width)
                word = String(word.dropFirst(width))
                lines.append("")
            }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines
    }
}
