// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// Draws the dashboard: nothing but its arguments decides what comes out.
package func render(_ state: DashboardState, theme: Theme, size: ScreenSize) -> CellGrid {
    var painter = ScreenPainter(state: state, theme: theme, size: size)
    painter.paint()
    return painter.grid
}

/// Draws one frame.
struct ScreenPainter {
    let state: DashboardState
    let theme: Theme
    let glyphs: GlyphSet
    let layout: DashboardLayout
    var grid: CellGrid

    init(state: DashboardState, theme: Theme, size: ScreenSize) {
        self.state = state
        self.theme = theme
        self.glyphs = state.options.glyphs
        self.layout = state.layout(for: size)
        self.grid = CellGrid(size: size, fill: Roles.text)
    }

    mutating func paint() {
        guard self.layout.sizeClass != .tooSmall else {
            self.paintTooSmall()
            return
        }
        self.paintHead()
        self.paintTiles()
        self.paintTabs()
        if self.state.view.isHelpOpen {
            self.paintHelp()
        } else {
            for pane in Pane.allCases {
                guard let rect = self.layout.panes[pane], !rect.isEmpty else { continue }
                self.paint(pane, in: rect)
            }
        }
        if let proposal = self.state.openProposal { self.paintProposal(proposal) }
        self.paintMessage()
        self.paintTimeline()
        self.paintKeyBar()
    }

    private mutating func paint(_ pane: Pane, in rect: CellRect) {
        switch pane {
        case .overview: self.paintOverview(in: rect)
        case .shards, .batches, .records, .events: self.paintTable(pane, in: rect)
        case .record: self.paintRecord(in: rect)
        }
    }

    /// Draws the box of a pane and returns its inside.
    mutating func box(
        _ title: String,
        in rect: CellRect,
        isFocused: Bool,
        info: String = "",
        infoRole: StyleRole = Roles.dim,
        foot: String = "",
        footLeading: String = "",
        footLeadingRole: StyleRole = Roles.dim
    ) -> CellRect {
        self.grid.drawBox(
            rect,
            role: isFocused ? Roles.borderFocus : Roles.border,
            captions: [
                BoxCaption(title, role: isFocused ? Roles.titleFocus : Roles.title),
                BoxCaption(info, role: infoRole, place: .topTrailing),
                BoxCaption(footLeading, role: footLeadingRole, place: .bottomLeading),
                BoxCaption(foot, role: Roles.dim, place: .bottomTrailing),
            ],
            glyphs: self.glyphs
        )
    }

    /// A new line for pieces of text.
    func line() -> CellLine {
        CellLine(policy: self.glyphs.textPolicy)
    }

    /// Puts a line into a row of an area, shortened at its end.
    mutating func put(
        _ line: CellLine,
        in area: CellRect,
        _ alignment: TextAlignment = .leading,
        role: StyleRole = Roles.text
    ) {
        self.grid.put(line.cells, in: area, padding: role, alignment: alignment, glyphs: self.glyphs)
    }

    /// Words in the middle of an empty pane: why it is empty, and what to do.
    mutating func paintEmpty(_ lines: [String], in area: CellRect) {
        let top = max(0, (area.rows - lines.count) / 2)
        for (index, text) in lines.enumerated() {
            guard index < area.rows else { return }
            let role = index == 0 ? Roles.text : Roles.dim
            self.put(CellLine(text, role, policy: self.glyphs.textPolicy), in: area.line(top + index), .center)
        }
    }

    private mutating func paintTooSmall() {
        let size = self.grid.size
        let needed = DashboardLayout.minimum
        let lines =
            size.columns >= 26
            ? ["the screen is too small", "it is \(size), weir needs \(needed)", "reading goes on; q quits"]
            : ["\(size)", "needs", "\(needed)"]
        guard size.columns > 1 || size.rows > 1 else { return }
        let shown = lines.prefix(size.rows)
        let top = (size.rows - shown.count) / 2
        for (index, text) in shown.enumerated() {
            self.put(
                CellLine(text, index == 0 ? Roles.strong : Roles.text, policy: self.glyphs.textPolicy),
                in: self.grid.bounds.line(top + index),
                .center
            )
        }
    }
}
