// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// Draws a table: headings, the rows that fit, what is selected; says why it is empty.
    mutating func paintTable(_ pane: Pane, in rect: CellRect) {
        guard let table = self.state.view.tables[pane] else { return }
        let inside = self.box(
            "\(pane.rawValue) \(pane.title)",
            in: rect,
            isFocused: self.state.view.focus == pane,
            info: self.info(of: pane, table),
            infoRole: table.filterError != nil ? Roles.error : table.filter != nil ? Roles.chip : Roles.dim,
            foot: table.rows.isEmpty
                ? "" : "\(Figures.grouped(table.position + 1))/\(Figures.grouped(table.rows.count))",
            footLeading: self.dropped(pane)
        )
        guard inside.rows > 0, inside.columns > 3 else { return }
        // Two columns for cursor and mark; what ends at the edge would touch it.
        let layout = TableLayout(self.state.columns(pane), width: inside.columns - 3)
        let (head, body) = inside.splitRows(1)
        self.paintHeadings(layout, table, in: head)
        guard !table.rows.isEmpty else {
            self.paintEmpty(self.reasons(pane, table), in: body)
            return
        }
        let (rows, below) = body.splitRows(body.rows - self.detailRows(pane, table, layout, in: body))
        self.paintDetail(pane, table, in: below)
        self.paintRows(pane, table, layout, in: rows)
    }

    private mutating func paintRows(_ pane: Pane, _ table: TableState, _ layout: TableLayout, in body: CellRect) {
        let top = DashboardState.top(of: table, visible: body.rows)
        for row in 0..<body.rows {
            let position = top + row
            guard position < table.rows.count else { break }
            self.paintRow(pane, table, position, layout, in: body.line(row))
        }
    }

    private mutating func paintHeadings(_ layout: TableLayout, _ table: TableState, in area: CellRect) {
        var line = self.line()
        line.append("  ", Roles.header)
        for (index, (column, width)) in layout.columns.enumerated() {
            if index > 0 { line.append(String(repeating: " ", count: layout.gap), Roles.header) }
            var title = column.title
            if column.id == table.sortColumn {
                let isDescending = column.sortsDescending != table.isReversed
                title += isDescending ? self.glyphs.arrowDown : self.glyphs.arrowUp
            }
            line.append(title, Roles.header, width: width, alignment: column.alignment, fit: .clip)
        }
        self.put(line, in: area, role: Roles.header)
    }

    private mutating func paintRow(
        _ pane: Pane,
        _ table: TableState,
        _ position: Int,
        _ layout: TableLayout,
        in area: CellRect
    ) {
        let index = table.rows[position]
        let isSelected = position == table.position
        var line = self.line()
        line.append(isSelected ? self.glyphs.cursor : " ", isSelected ? Roles.strong : Roles.text)
        let id = self.state.rowID(pane, index)
        if self.state.view.chosen.contains(id) {
            line.append("*", Roles.strong)
        } else if let mark = self.state.view.marks[id] {
            let ascii = mark.glyph == "×" ? "x" : mark.glyph
            line.append(self.glyphs.isASCII ? ascii : mark.glyph, mark.kind == .new ? Roles.good : Roles.warn)
        } else {
            line.append(" ", Roles.text)
        }
        for (place, (column, width)) in layout.columns.enumerated() {
            if place > 0 { line.append(String(repeating: " ", count: layout.gap), Roles.text) }
            let field = self.state.field(pane, index, column.id)
            var text = field.text
            if self.glyphs.isASCII, field.isFigure {
                text = String(text.map { $0 == "µ" ? "u" : $0 == "≤" ? "<" : $0 })
            }
            if pane == .events, column.id == "message", !layout.columns.contains(where: { $0.column.id == "shard" }) {
                // Without its column the shard is named before the message: lines of several shards would look the same.
                let name = self.state.field(pane, index, "shard")
                text = [name.shorter.last ?? name.text, text].filter { !$0.isEmpty }.joined(separator: " ")
            }
            if !field.shorter.isEmpty, self.width(of: text) > width {
                text = field.shorter.first { self.width(of: $0) <= width } ?? text
            }
            if let sign = field.sign { text = self.theme.glyph(sign, ascii: self.glyphs.isASCII) + " " + text }
            line.append(
                text,
                field.role,
                width: width,
                alignment: column.alignment,
                fit: column.fit,
                ellipsis: self.glyphs.ellipsis
            )
        }
        self.put(line, in: area)
        // One highlighted row on the screen: the one that keys act upon.
        if isSelected, self.state.view.focus == pane { self.grid.select(area) }
    }

    /// Columns that a text takes.
    func width(of text: String) -> Int {
        CellLine(text, Roles.text, policy: self.glyphs.textPolicy).width
    }

    /// What the upper edge says: the filter with its count, else the order.
    private func info(of pane: Pane, _ table: TableState) -> String {
        let chosen = self.state.chosen(in: pane).count
        if chosen > 0 { return "\(Figures.grouped(chosen)) chosen" }
        if !table.filterText.isEmpty {
            let count = "\(Figures.grouped(table.rows.count))/\(Figures.grouped(table.total))"
            return table.filterError == nil ? "\(table.filterText) \(count)" : "\(table.filterText) ? \(count)"
        }
        if let column = table.sortColumn, let title = pane.columns.first(where: { $0.id == column })?.title {
            return "sort \(title.lowercased())"
        }
        switch pane {
        case .shards:
            let open = "\(self.state.session.openShardCount) of \(self.state.session.shards.count) open"
            return "\(open) \(self.glyphs.separator) /s over \(ShardFields.rateSeconds) s"
        case .batches: return table.isFollowing ? "newest first" : "newest first, not following"
        default: return table.isFollowing ? "follow" : "not following"
        }
    }

    private func dropped(_ pane: Pane) -> String {
        let count = self.state.droppedCount(pane)
        return count == 0 ? "" : "\(self.glyphs.ellipsis) \(Figures.grouped(count)) older not kept"
    }

    /// Why a table is empty, and what to do about it.
    private func reasons(_ pane: Pane, _ table: TableState) -> [String] {
        let session = self.state.session
        if table.total > 0 { return ["the filter hides all \(Figures.grouped(table.total)) rows", "esc clears it"] }
        guard session.asOf != nil else { return ["waiting for the session to begin"] }
        let table = session.description?.tableName ?? "the table"
        let hold = session.hold == nil ? nil : "held: space resumes, . lets one record through"
        let end = session.endedBecause.map { "the session has ended: \($0)" }
        switch pane {
        case .shards:
            if session.streamStatus == .disabled {
                return ["the stream is disabled", "enable a stream on \(table) to see new records"]
            }
            return ["no shard known yet", end ?? "the engine is asking the service for the stream's shards"]
        case .batches, .records:
            let from = session.description.map { "reading from \($0.startingPosition)" }
            let what = pane == .batches ? "no batch yet" : "no record delivered yet"
            let wanted = session.description.flatMap { description in
                description.eventNames.isEmpty
                    ? nil : "only \(description.eventNames.map(\.rawValue).joined(separator: ", ")) is handled"
            }
            return [what]
                + [
                    end ?? hold ?? from, end == nil ? wanted : nil,
                    end == nil && hold == nil ? "write to \(table) to see something here" : nil,
                ].compactMap(\.self)
        default: return ["nothing happened yet"]
        }
    }
}
