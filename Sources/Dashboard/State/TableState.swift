// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// How one table is seen: selection, scroll, order, filter.
package struct TableState: Hashable, Sendable {
    /// The selected row; nil in an empty table.
    package var selection: RowID?
    /// Where the selected row stands among ``rows``.
    package var position = 0
    /// The first row on the screen.
    package var top = 0
    /// Whether the newest row is selected as it comes.
    package var isFollowing: Bool
    /// The column to sort by; nil for the table's own order.
    package var sortColumn: String?
    /// Whether the sort is turned around.
    package var isReversed = false
    /// What was typed as a filter.
    package var filterText = ""
    /// The filter in force: the last good one.
    package var filter: Filter?
    /// Why what was typed is no filter.
    package var filterError: FilterError?
    /// Places of the shown rows in the session's own list, in the order shown.
    package var rows: [Int] = []
    /// Number of rows without the filter.
    package var total = 0
    /// Until when a sorted order stays as it is, because a person is moving in it.
    package var orderHeldUntil: Timestamp?
    /// The order that is held.
    package var heldOrder: [RowID] = []

    package init(isFollowing: Bool) {
        self.isFollowing = isFollowing
    }
}
