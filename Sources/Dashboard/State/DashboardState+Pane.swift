// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension DashboardState {
    /// Brings a pane into focus and gives it the room of all.
    package mutating func zoom(into pane: Pane) {
        self.view.focus = pane
        self.view.isZoomed = true
        for table in Pane.tables { self.fitScroll(table) }
    }
}
