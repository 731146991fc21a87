// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension DashboardState {
    /// The lines of the Record pane for a screen of the given size; nil while no record is selected.
    func recordDocument(for size: ScreenSize) -> RecordDocument? {
        guard let entry = self.selectedRecord else { return nil }
        let rect = self.layout(for: size).panes[.record]
        return RecordDocument(
            entry,
            keyNames: self.keyNames,
            view: self.view.difference,
            isUnfolded: self.view.isUnfolded,
            columns: max(0, (rect?.columns ?? size.columns) - 3),
            screenColumns: size.columns,
            glyphs: self.options.glyphs
        )
    }

    /// Lines of the Record pane below its heading.
    var visibleRecordLines: Int { max(1, self.visibleRows(.record) - 1) }

    /// Goes back to the beginning of the Record pane, for another record.
    mutating func resetRecordScroll() {
        self.view.recordTop = 0
        self.view.recordColumn = 0
        self.view.recordChange = nil
    }

    /// Shows the record that stands some rows further in Records.
    mutating func moveToRecord(_ offset: Int) {
        guard let table = self.view.tables[.records], table.rows.indices.contains(table.position + offset) else {
            self.say(offset > 0 ? "this is the last record of Records" : "this is the first record of Records")
            return
        }
        self.select(position: table.position + offset, of: .records)
    }

    /// Scrolls the Record pane to the side, as far as its longest line goes.
    mutating func scrollRecordSideways(by offset: Int) {
        guard let document = self.recordDocument(for: self.view.size),
            let columns = self.layout(for: self.view.size).panes[.record]?.interior.columns
        else { return }
        let limit = document.hiddenColumns(in: columns, policy: self.options.glyphs.textPolicy)
        let column = max(0, min(limit, self.view.recordColumn + offset))
        if offset != 0, column == self.view.recordColumn {
            self.say(offset > 0 ? "this is the end of the longest line" : "this is the beginning of the lines")
        }
        self.view.recordColumn = column
    }

    /// Begins anew with a record that was not shown before.
    mutating func noticeRecord() {
        let shown = self.view.tables[.records]?.selection
        guard shown != self.view.recordShown else { return }
        self.view.recordShown = shown
        self.resetRecordScroll()
    }

    /// Scrolls the Record pane by some lines.
    mutating func scrollRecord(by offset: Int) {
        let count = self.recordDocument(for: self.view.size)?.lines.count ?? 0
        let limit = max(0, count - self.visibleRecordLines)
        self.view.recordTop = max(0, min(limit, min(self.view.recordTop, limit) + offset))
    }

    /// Goes to the next or previous change of the record, around the end.
    mutating func moveToChange(_ offset: Int) {
        guard let document = self.recordDocument(for: self.view.size) else {
            self.say("no record is selected")
            return
        }
        let changes = document.changes
        guard !changes.isEmpty else {
            self.say(self.view.difference == .changes ? "no change to go to" : "d shows the changes")
            return
        }
        let next = self.view.recordChange.map { $0 + offset } ?? (offset > 0 ? 0 : changes.count - 1)
        let change = (next % changes.count + changes.count) % changes.count
        self.view.recordChange = change
        let line = changes[change]
        let visible = self.visibleRecordLines
        if line < self.view.recordTop || line >= self.view.recordTop + visible {
            self.view.recordTop = max(0, line - visible / 3)
        }
        self.scrollRecord(by: 0)
    }
}
