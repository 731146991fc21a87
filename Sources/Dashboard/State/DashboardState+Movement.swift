// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension DashboardState {
    /// Rows of a pane that fit on the screen, headings left out.
    func visibleRows(_ pane: Pane) -> Int {
        guard let rect = self.layout(for: self.view.size).panes[pane] else { return 10 }
        return max(1, rect.interior.rows - (pane.isTable ? 1 : 0))
    }

    /// Scrolls a table so that its selected row is on the screen.
    mutating func fitScroll(_ pane: Pane) {
        guard var table = self.view.tables[pane] else { return }
        table.top = Self.top(of: table, visible: self.visibleRows(pane))
        self.view.tables[pane] = table
    }

    /// The first row on the screen so that the selected one is on it too.
    static func top(of table: TableState, visible: Int) -> Int {
        var top = min(table.top, table.position)
        top = max(top, table.position - visible + 1)
        return max(0, min(top, table.rows.count - visible))
    }

    /// Moves within the pane in focus by some rows or lines.
    mutating func move(by offset: Int) {
        guard self.view.focus.isTable else {
            self.scrollRecord(by: offset)
            return
        }
        guard let table = self.view.tables[self.view.focus] else { return }
        self.select(position: table.position + offset)
    }

    /// Selects the row at a place among those shown.
    mutating func select(position: Int, of pane: Pane? = nil) {
        let pane = pane ?? self.view.focus
        guard var table = self.view.tables[pane], !table.rows.isEmpty else { return }
        table.isFollowing = false
        table.position = min(max(0, position), table.rows.count - 1)
        table.selection = self.rowID(pane, table.rows[table.position])
        if table.sortColumn != nil {
            // A row must not run away from under the cursor.
            table.heldOrder = table.rows.map { self.rowID(pane, $0) }
            table.orderHeldUntil = self.session.asOf?.advanced(by: .seconds(2))
        }
        self.view.tables[pane] = table
        self.fitScroll(pane)
        if pane == .records { self.noticeRecord() }
    }

    /// Selects the next or previous row that matches the filter, around the end.
    mutating func moveToMatch(_ offset: Int) {
        guard self.view.focus.isTable, let table = self.view.tables[self.view.focus] else {
            self.moveToChange(offset)
            return
        }
        guard table.filter != nil else {
            self.say("no filter here; / sets one")
            return
        }
        guard !table.rows.isEmpty else { return }
        self.select(position: (table.position + offset + table.rows.count) % table.rows.count)
    }

    /// Goes to the first or last row or line.
    mutating func moveToEnd(_ isLast: Bool) {
        guard self.view.focus.isTable else {
            self.view.recordTop = isLast ? Int.max / 2 : 0
            self.scrollRecord(by: 0)
            return
        }
        self.select(position: isLast ? Int.max / 2 : 0)
    }

    /// Puts another pane into focus.
    mutating func focus(_ pane: Pane) {
        if self.view.focus == .events { self.view.seenErrors = self.session.totals.errors }
        self.view.focus = pane
        if pane == .record || pane == .events { self.view.corner = pane }
        for table in Pane.tables { self.fitScroll(table) }
    }

    /// Goes to another pane from which to go back, with a filter for it.
    mutating func open(_ pane: Pane, filter: String? = nil) {
        var entry = HistoryEntry(pane: self.view.focus)
        if let filter {
            entry.filteredPane = pane
            entry.filterText = self.view.tables[pane]?.filterText ?? ""
            self.setFilter(filter, of: pane)
        }
        self.view.history.append(entry)
        self.focus(pane)
    }

    /// Goes back to where something was opened; false if there is nowhere.
    mutating func goBack() -> Bool {
        guard let entry = self.view.history.popLast() else { return false }
        if let pane = entry.filteredPane { self.setFilter(entry.filterText, of: pane) }
        self.focus(entry.pane)
        return true
    }

    /// Puts a filter in force; while what is typed cannot be understood, the one from before the typing is.
    mutating func setFilter(_ text: String, of pane: Pane) {
        guard var table = self.view.tables[pane] else { return }
        table.filterText = text
        do throws(FilterError) {
            let filter = try self.filter(text, of: pane)
            table.filterError = nil
            if filter != table.filter, pane == .records { self.view.recordMatches = [:] }
            table.filter = filter
        } catch {
            table.filterError = error
            // A beginning of it may be a filter too, one that nobody meant.
            if case .filter(pane, let before) = self.view.prompt?.purpose {
                let filter = (try? self.filter(before, of: pane)) ?? nil
                if filter != table.filter, pane == .records { self.view.recordMatches = [:] }
                table.filter = filter
            }
        }
        self.view.tables[pane] = table
        self.refreshTable(pane)
    }

    private func filter(_ text: String, of pane: Pane) throws(FilterError) -> Filter? {
        try Filter.parse(text, columns: pane.columns.map(\.asFilterColumn), hasImages: pane == .records)
    }

    /// Sorts the table in focus by the next column, after the last one in its own order.
    mutating func sortByNextColumn() {
        let pane = self.view.focus
        guard var table = self.view.tables[pane] else { return }
        let columns = self.columns(pane)
        let next = columns.firstIndex { $0.id == table.sortColumn }.map { $0 + 1 } ?? 0
        table.sortColumn = columns.indices.contains(next) ? columns[next].id : nil
        table.isReversed = false
        table.isFollowing = table.isFollowing && table.sortColumn == nil
        table.orderHeldUntil = nil
        self.view.tables[pane] = table
        self.refreshTable(pane)
        let title = columns.indices.contains(next) ? columns[next].title : nil
        self.say(title.map { "sorted by \($0)" } ?? "in the table's own order")
    }

    /// Turns the order of the table in focus around.
    mutating func reverseSort() {
        let pane = self.view.focus
        guard var table = self.view.tables[pane] else { return }
        guard table.sortColumn != nil else {
            self.say("not sorted; o chooses a column")
            return
        }
        table.isReversed.toggle()
        table.orderHeldUntil = nil
        self.view.tables[pane] = table
        self.refreshTable(pane)
    }

    /// Starts or stops following the newest row of the table in focus.
    mutating func toggleFollow() {
        let pane = self.view.focus
        guard var table = self.view.tables[pane] else { return }
        table.isFollowing.toggle()
        if table.isFollowing { table.sortColumn = nil }
        self.view.tables[pane] = table
        self.refreshTable(pane)
        self.say(table.isFollowing ? "following the newest row" : "not following")
    }
}
