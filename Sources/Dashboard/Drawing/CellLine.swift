// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

/// A line put together from pieces of text with roles of their own.
struct CellLine: Hashable, Sendable {
    /// The cells.
    private(set) var cells: [Cell] = []
    /// How text from outside is made safe.
    let policy: TextPolicy

    /// Creates an empty line.
    init(policy: TextPolicy = .safe) {
        self.policy = policy
    }

    /// Creates a line of one piece.
    init(_ text: String, _ role: StyleRole, policy: TextPolicy = .safe) {
        self.policy = policy
        self.append(text, role)
    }

    /// Number of columns.
    var width: Int { self.cells.columns }

    /// Adds a piece of text.
    mutating func append(_ text: String, _ role: StyleRole) {
        self.cells += displayCells(text, role: role, policy: self.policy)
    }

    /// Adds a piece of text in a fixed number of columns.
    mutating func append(
        _ text: String,
        _ role: StyleRole,
        width: Int,
        alignment: TextAlignment = .leading,
        fit: TextFit = .end,
        ellipsis: String = "…"
    ) {
        let piece = truncate(
            displayCells(text, role: role, policy: self.policy),
            to: width,
            fit: fit,
            ellipsis: ellipsis
        )
        let space = max(0, width - piece.columns)
        let before =
            switch alignment {
            case .leading: 0
            case .center: space / 2
            case .trailing: space
            }
        self.cells += Array(repeating: .blank(role: role), count: before)
        self.cells += piece
        self.cells += Array(repeating: .blank(role: role), count: space - before)
    }

    /// Adds another line.
    mutating func append(_ other: CellLine) {
        self.cells += other.cells
    }
}
