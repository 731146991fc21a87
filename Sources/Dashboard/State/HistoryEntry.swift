// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where to go back to, and the filter that was there before something was opened.
package struct HistoryEntry: Hashable, Sendable {
    package var pane: Pane
    /// The pane whose filter was replaced; nil if none was.
    package var filteredPane: Pane?
    package var filterText: String

    package init(pane: Pane, filteredPane: Pane? = nil, filterText: String = "") {
        self.pane = pane
        self.filteredPane = filteredPane
        self.filterText = filterText
    }
}
