// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// What the person at the screen has chosen: all that is not the session.
package struct ViewState: Hashable, Sendable {
    /// The screen's size.
    package var size = ScreenSize(columns: 80, rows: 24)
    /// The pane in focus.
    package var focus = Pane.overview
    /// Panes to which `esc` and `q` go back, the newest last.
    package var history: [HistoryEntry] = []
    /// Which of Record and Events has the place that both share.
    package var corner = Pane.record
    /// Whether the pane in focus has the room of all.
    package var isZoomed = false
    /// The tables.
    package var tables: [Pane: TableState] = Dictionary(
        uniqueKeysWithValues: Pane.tables.map { ($0, TableState(isFollowing: $0 != .shards)) }
    )
    /// Short-lived signs before rows.
    package var marks: [RowID: RowMark] = [:]
    /// Generations above each shard, by its place in the session.
    package var shardDepths: [Int] = []
    /// Which records match the filter of Records, as far as they were looked at.
    package var recordMatches: [RowID: Bool] = [:]
    /// The message line.
    package var message: StatusMessage?
    /// The text being typed.
    package var prompt: Prompt?
    /// Whether the help is on the screen.
    package var isHelpOpen = false
    /// What is looked for in the help.
    package var helpSearch = ""
    /// The first line of the help on the screen.
    package var helpTop = 0
    /// How the Record pane shows a change.
    package var difference = DifferenceView.changes
    /// Whether unchanged attributes are shown too.
    package var isUnfolded = false
    /// The first line of the Record pane on the screen.
    package var recordTop = 0
    /// The change that was gone to, counted from 0; nil before any.
    package var recordChange: Int?
    /// Columns that are scrolled out on the left.
    package var recordColumn = 0
    /// The record that the places above are of.
    package var recordShown: RowID?
    /// Which of the themes everything is drawn in.
    package var theme = 0
    /// Errors counted when the Events pane was last in focus.
    package var seenErrors = 0
    /// The newest error of the log that was brought up as a message.
    package var lastSeenError: UInt64 = 0
    /// The newest news of recordings that were said.
    package var seenRecordingNews = 0
    /// Rows that are chosen for a replay.
    package var chosen: Set<RowID> = []
    /// The newest proposal of a replay that came.
    package var seenProposal = 0
    /// The newest proposal of a replay that was answered.
    package var answeredProposal = 0
    /// The newest news of replays that were said.
    package var seenReplayNews = 0

    package init() {}
}
