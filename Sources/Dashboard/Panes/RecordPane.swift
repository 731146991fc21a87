// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// Draws the selected record.
    mutating func paintRecord(in rect: CellRect) {
        let document = self.state.recordDocument(for: self.grid.size)
        let changes = document?.changes ?? []
        let current = self.state.view.recordChange.flatMap { changes.indices.contains($0) ? $0 : nil }
        let inside = self.box(
            "\(Pane.record.rawValue) \(Pane.record.title)",
            in: rect,
            isFocused: self.state.view.focus == .record,
            info: self.title(of: document),
            foot: changes.isEmpty ? "" : "~ \(current.map { String($0 + 1) } ?? Figures.unknown)/\(changes.count)"
        )
        guard let document, let entry = self.state.selectedRecord else {
            let reasons =
                self.state.session.records.isEmpty
                ? ["no record delivered yet"] : ["no record is selected", "4 goes to Records"]
            self.paintEmpty(reasons, in: inside)
            return
        }
        guard inside.columns > 2 else { return }
        let (head, body) = inside.splitRows(1)
        self.paintHeading(of: entry, in: head)
        let top = max(0, min(self.state.view.recordTop, document.lines.count - body.rows))
        for row in 0..<body.rows where top + row < document.lines.count {
            let area = body.line(row)
            self.paint(document.lines[top + row], in: area)
            if let current, changes[current] == top + row { self.grid.select(area) }
        }
        let below = document.lines.count - top - body.rows
        if below > 0, rect.columns > 24 {
            let words = CellLine(" \(below) more below ", Roles.dim, policy: self.glyphs.textPolicy)
            self.grid.put(words.cells, row: rect.endRow - 1, column: rect.column + 1)
        }
    }

    private func title(of document: RecordDocument?) -> String {
        let view = self.state.view.difference
        let skipped = self.state.view.recordColumn
        let place = skipped > 0 ? " \(self.glyphs.separator) from column \(skipped + 1)" : ""
        guard let document, view == .changes || view == .typed else { return view.title + place }
        let shape = document.isSideBySide ? "side by side" : "unified"
        let count = document.changeCount.map { "\($0) change\($0 == 1 ? "" : "s")" } ?? "changes unknown"
        return (view == .typed ? "typed, " : "") + "\(shape) \(self.glyphs.separator) \(count)" + place
    }

    private mutating func paintHeading(of entry: RecordEntry, in area: CellRect) {
        let fields = RecordFields(entry: entry, keyNames: self.state.keyNames, glyphs: self.glyphs)
        let event = fields.field("event")
        var line = self.line()
        line.append(" \(event.text)", event.role)
        line.append("  ", Roles.text)
        line.append(fields.keyText, Roles.strong)
        line.append("  \(Figures.clock(entry.record.createdAt))", Roles.dim)
        self.put(line, in: area)
    }

    private mutating func paint(_ line: RecordLine, in area: CellRect) {
        guard let right = line.right else {
            self.paint(line.left, in: area)
            return
        }
        let (first, second) = area.splitColumns((area.columns - 1) / 2)
        self.paint(line.left, in: first)
        let (edge, rest) = second.splitColumns(1)
        self.grid.fill(edge, with: self.glyphs.vertical, role: Roles.border)
        self.paint(right, in: rest)
    }

    private mutating func paint(_ pieces: [RecordLine.Piece], in area: CellRect) {
        var line = self.line()
        let skipped = self.state.view.recordColumn
        // Far more than fits is not even turned into cells.
        for piece in pieces where line.width < skipped + area.columns + 8 {
            line.append(String(piece.text.prefix(skipped + area.columns + 8)), piece.role)
        }
        guard skipped > 0 else {
            self.put(line, in: area)
            return
        }
        // The sign in column one stays.
        var shifted = Array(line.cells.prefix(1))
        shifted += line.cells.dropFirst(1 + skipped).drop { $0.content == .continuation }
        self.grid.put(shifted, in: area, padding: Roles.text, glyphs: self.glyphs)
    }
}
