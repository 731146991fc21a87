// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import TerminalCells

extension ScreenPainter {
    /// Columns of the names in front of the facts, where a fact goes on that is longer than its line.
    private static var indent: Int { 15 }

    /// Draws, over the panes, what would be sent where, and the question whether to.
    mutating func paintProposal(_ proposal: ReplayStatus.Proposal) {
        let top = self.layout.tiles.endRow + self.layout.tabs.rows
        let room = self.layout.message.row - top
        let columns = min(self.grid.size.columns - 2, 100)
        let width = columns - 4
        let question = Self.wrapped(proposal.question, width: width, indent: 0)
        let facts = proposal.lines.flatMap { Self.wrapped($0, width: width, indent: Self.indent) }
        // The question stands first: whatever there is no room for, it is seen.
        let lines = question.map { ($0, Roles.strong) } + [("", Roles.text)] + facts.map { ($0, Roles.text) }
        let rows = min(room, lines.count + 2)
        let rect = CellRect(
            row: top + (room - rows) / 2,
            column: (self.grid.size.columns - columns) / 2,
            rows: rows,
            columns: columns
        )
        self.grid.fill(rect, role: Roles.text)
        let hidden = max(0, lines.count + 2 - rows)
        let inside = self.box(
            "Send again",
            in: rect,
            isFocused: true,
            foot: hidden > 0 ? "\(hidden) more lines on a larger screen" : "",
            footLeading: "y sends, any other key does not",
            footLeadingRole: Roles.strong
        ).inset(columns: 1)
        for (row, line) in lines.prefix(inside.rows).enumerated() {
            self.put(CellLine(line.0, line.1, policy: self.glyphs.textPolicy), in: inside.line(row))
        }
    }

    /// A text in lines, cut at spaces where there are some; those behind the first begin further in.
    private static func wrapped(_ text: String, width: Int, indent: Int) -> [String] {
        guard text.count > width, width > indent + 8 else { return [text] }
        var lines: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let lead = lines.isEmpty ? 0 : indent
            guard rest.count > width - lead else {
                lines.append(String(repeating: " ", count: lead) + rest)
                break
            }
            let head = rest.prefix(width - lead)
            let space = head.dropFirst(lines.isEmpty ? indent : 1).lastIndex(of: " ")
            let cut = space ?? head.endIndex
            lines.append(String(repeating: " ", count: lead) + rest[..<cut])
            rest = rest[cut...].drop { $0 == " " }
        }
        return lines
    }
}
