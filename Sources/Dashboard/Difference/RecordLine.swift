// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// One line of the Record pane.
package struct RecordLine: Hashable, Sendable {
    /// A piece of text with what it means.
    package struct Piece: Hashable, Sendable {
        package var text: String
        package var role: StyleRole

        package init(_ text: String, _ role: StyleRole) {
            self.text = text
            self.role = role
        }
    }

    /// The line, or its half about the old image.
    package var left: [Piece]
    /// The half about the new image; nil for a line across both.
    package var right: [Piece]?
    /// Whether a change begins here.
    package var isChange: Bool

    package init(_ left: [Piece], right: [Piece]? = nil, isChange: Bool = false) {
        self.left = left
        self.right = right
        self.isChange = isChange
    }

    package init(_ text: String, _ role: StyleRole) {
        self.init([Piece(text, role)])
    }
}
