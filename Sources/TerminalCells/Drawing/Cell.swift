// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// One place on the screen.
package struct Cell: Hashable, Sendable {
    /// What stands in a cell.
    package enum Content: Hashable, Sendable {
        /// One base scalar of width 1 or 2 with at most four combining marks.
        case glyph(String, width: Int)
        /// The right half of the wide glyph to the left.
        case continuation
    }

    /// What stands here.
    package var content: Content
    /// What it means.
    package var role: StyleRole
    /// Whether the row under the cursor is drawn here: the theme's selection is laid over the role.
    package var isSelected: Bool

    /// Creates a cell.
    package init(_ content: Content, role: StyleRole, isSelected: Bool = false) {
        self.content = content
        self.role = role
        self.isSelected = isSelected
    }

    /// A space.
    package static func blank(role: StyleRole, isSelected: Bool = false) -> Cell {
        Cell(.glyph(" ", width: 1), role: role, isSelected: isSelected)
    }

    /// Number of columns that belong to this cell's glyph: 0 for a continuation.
    package var width: Int {
        switch self.content {
        case .glyph(_, let width): width
        case .continuation: 0
        }
    }

    /// The glyph, empty for a continuation.
    package var text: String {
        switch self.content {
        case .glyph(let text, _): text
        case .continuation: ""
        }
    }
}
