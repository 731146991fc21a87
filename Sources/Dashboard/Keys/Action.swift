// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// Something that a key can do: key bar, help and tests are made from these.
package struct Action: Hashable, Sendable {
    /// The action's name.
    package var id: ActionID
    /// The keys that do it, the first one is shown.
    package var keys: [Key]
    /// The panes in which they do.
    package var panes: Set<Pane>
    /// Its name in the key bar.
    package var label: String
    /// What it does, for people.
    package var help: String
    /// Its weight in the key bar, the smallest first; nil: only in the help.
    package var barOrder: Int?

    package init(
        _ id: ActionID,
        _ keys: [Key],
        in panes: Set<Pane> = Set(Pane.allCases),
        label: String,
        bar barOrder: Int? = nil,
        help: String
    ) {
        self.id = id
        self.keys = keys
        self.panes = panes
        self.label = label
        self.help = help
        self.barOrder = barOrder
    }
}
