// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

extension KeyRegistry {
    /// The keys as they come.
    package static let standard = KeyRegistry(
        actions: Self.sessionActions + Self.timeActions + Self.replayActions + Self.movementActions + Self.viewActions
            + Self.programActions
    )

    /// The keys for a recorded session: they move through its time, and nothing steers what is over.
    package static let playback = KeyRegistry(
        actions: Self.playbackActions
            + (Self.replayActions + Self.movementActions + Self.viewActions + Self.programActions).compactMap(
                Self.besidePlayback
            )
    )

    /// What is left of an action beside those of the playback; nil: nothing.
    private static func besidePlayback(_ action: Action) -> Action? {
        guard action.id != .freeze else { return nil }
        var action = action
        switch action.id {
        // Panes are told by alt and a digit, which works everywhere.
        case .goToOverview, .goToShards, .goToBatches, .goToRecords, .goToRecord, .goToEvents:
            action.keys = action.keys.map { Key($0.code, alt: true) }
        default:
            action.keys.removeAll { key in self.playbackActions.contains { $0.keys.contains(key) } }
        }
        return action
    }

    private static let tables = Set(Pane.tables)
    private static let lists = Set(Pane.tables + [.record])

    private static let sessionActions = [
        Action(
            .hold,
            [.character(" ")],
            label: "hold",
            bar: 10,
            help: "Hold: stop reading from the stream, positions stay where they are; again: resume"
        ),
        Action(
            .stepRecord,
            [.character(".")],
            label: "step",
            bar: 20,
            help: "While held: let the oldest waiting record through, as a batch of one"
        ),
        Action(
            .stepBatch,
            [.character("}")],
            label: "batch",
            bar: 21,
            help: "While held: let one batch through"
        ),
        Action(
            .freeze,
            [.character("F")],
            label: "freeze",
            bar: 70,
            help: "Freeze the view; the session goes on behind it; again: back to now"
        ),
        Action(
            .marker,
            [.character("m")],
            label: "mark",
            bar: 75,
            help: "Mark this moment with a name; it appears in Events"
        ),
        Action(
            .record,
            [.character("w")],
            label: "record",
            bar: 76,
            help: "Keep the session from now on in a file, for weir play; again: no longer"
        ),
    ]

    private static let timeActions = [
        Action(
            .jumpBack,
            [Key(.left)],
            label: "back 5 s",
            bar: 77,
            help: "The session as it was 5 seconds earlier, in every pane; it goes on meanwhile. esc or G: back to now"
        ),
        Action(.jumpForward, [Key(.right)], label: "on 5 s", help: "In the past: 5 seconds on, up to now"),
        Action(
            .leapBack,
            [Key(.left, shift: true)],
            label: "back 60 s",
            help: "The session as it was a minute earlier"
        ),
        Action(.leapForward, [Key(.right, shift: true)], label: "on 60 s", help: "In the past: a minute on, up to now"),
        Action(
            .now,
            [.character("G"), Key(.end)],
            in: [.overview],
            label: "now",
            help: "Back to now, from the past"
        ),
    ]

    private static let replayActions = [
        Action(
            .replay,
            [.character("r")],
            label: "replay",
            bar: 66,
            help:
                "Send the batch, the record or the chosen rows to the handler again: shows what would be sent, then asks"
        ),
        Action(
            .replayBatch,
            [.character("R")],
            in: [.records, .record],
            label: "replay batch",
            help: "The same for the whole batch that the record came with"
        ),
        Action(
            .choose,
            [.character("v")],
            in: [.batches, .records],
            label: "choose",
            help: "Choose the row for r, or no longer, and go to the next one; esc forgets all"
        ),
    ]

    private static let movementActions = [
        Action(.down, [.character("j"), Key(.down)], in: Self.lists, label: "down", help: "Next row or line"),
        Action(.up, [.character("k"), Key(.up)], in: Self.lists, label: "up", help: "Previous row or line"),
        Action(.first, [.character("g"), Key(.home)], in: Self.lists, label: "first", help: "First row or line"),
        Action(.last, [.character("G"), Key(.end)], in: Self.lists, label: "last", help: "Last row or line"),
        Action(.pageDown, [Key(.pageDown), .control("f")], in: Self.lists, label: "page", help: "A page down"),
        Action(.pageUp, [Key(.pageUp), .control("b")], in: Self.lists, label: "page", help: "A page up"),
        Action(.halfPageDown, [.control("d")], in: Self.lists, label: "half", help: "Half a page down"),
        Action(.halfPageUp, [.control("u")], in: Self.lists, label: "half", help: "Half a page up"),
        Action(
            .scrollLeft,
            [.character("h")],
            in: [.record],
            label: "left",
            help: "Scroll long lines to the left"
        ),
        Action(
            .scrollRight,
            [.character("l")],
            in: [.record],
            label: "right",
            help: "Scroll long lines to the right"
        ),
        Action(
            .open,
            [Key(.enter)],
            in: [.shards, .batches, .records, .events],
            label: "open",
            bar: 40,
            help: "Open: a shard's batches, a batch's records, a record, the shard an event is about"
        ),
        Action(
            .enlarge,
            [Key(.enter)],
            in: [.overview],
            label: "zoom",
            help: "Show all charts on the whole screen; again: back"
        ),
        Action(
            .nextRecord,
            [.character("J"), .character("]")],
            in: [.record],
            label: "next record",
            bar: 40,
            help: "The next record of Records, a newer one unless it is sorted"
        ),
        Action(
            .previousRecord,
            [.character("K"), .character("[")],
            in: [.record],
            label: "previous",
            bar: 43,
            help: "The previous record of Records"
        ),
        Action(.nextPane, [Key(.tab)], label: "pane", bar: 50, help: "Next pane"),
        Action(.previousPane, [Key(.backTab)], label: "pane", help: "Previous pane"),
        Action(.goToOverview, [.character("1")], label: "overview", help: "Go to Overview"),
        Action(.goToShards, [.character("2")], label: "shards", help: "Go to Shards"),
        Action(.goToBatches, [.character("3")], label: "batches", help: "Go to Batches"),
        Action(.goToRecords, [.character("4")], label: "records", help: "Go to Records"),
        Action(.goToRecord, [.character("5")], label: "record", help: "Go to Record"),
        Action(.goToEvents, [.character("6")], label: "events", help: "Go to Events"),
    ]

    private static let viewActions = [
        Action(
            .filter,
            [.character("/")],
            in: Self.tables,
            label: "filter",
            bar: 30,
            help:
                "Filter the rows: word, column:value, column>figure, /expression/, !not, a|b; in Records also new.status:x, "
                + "event:REMOVE"
        ),
        Action(
            .nextMatch,
            [.character("n")],
            in: Self.lists,
            label: "next",
            bar: 61,
            help: "Next row of the filter; in Record the next change"
        ),
        Action(
            .previousMatch,
            [.character("N")],
            in: Self.lists,
            label: "previous",
            help: "Previous row of the filter; in Record the previous change"
        ),
        Action(
            .follow,
            [.character("f")],
            in: [.batches, .records, .events],
            label: "follow",
            bar: 45,
            help: "Follow the newest row; moving turns it off"
        ),
        Action(
            .sort,
            [.character("o")],
            in: Self.tables,
            label: "sort",
            bar: 35,
            help: "Sort by the next column; after the last one the table's own order"
        ),
        Action(.reverseSort, [.character("O")], in: Self.tables, label: "reverse", help: "Turn the sort around"),
        Action(
            .differenceView,
            [.character("d")],
            in: [.records, .record],
            label: "diff view",
            bar: 42,
            help: "Show the record as changes, with types, as DynamoDB JSON, as plain JSON"
        ),
        Action(
            .unfold,
            [.character("u"), Key(.enter)],
            in: [.record],
            label: "unfold",
            bar: 41,
            help: "Show or fold the attributes that did not change"
        ),
        Action(.zoom, [.character("z")], label: "zoom", bar: 55, help: "Give this pane the whole screen; again: back"),
        Action(
            .copy,
            [.character("y")],
            in: Self.lists,
            label: "copy",
            bar: 65,
            help: "Send the selected row to the terminal's clipboard (OSC 52)"
        ),
        Action(
            .theme,
            [.character("T")],
            label: "theme",
            help: "Show everything in the next theme; weir themes lists them"
        ),
    ]

    private static let programActions = [
        Action(.help, [.character("?"), Key(.function(1))], label: "help", help: "This page; / searches in it"),
        Action(
            .cancel,
            [Key(.escape)],
            label: "back",
            help: "Close, clear the filter, or go back; never quits"
        ),
        Action(.back, [.character("q")], label: "quit", bar: 90, help: "One level back; at the top: quit"),
        Action(.quit, [.character("Q")], label: "quit", help: "Quit now, in order"),
        Action(.interrupt, [.control("c")], label: "quit", help: "Quit now, in order; the exit code says interrupted"),
        Action(
            .suspend,
            [.control("z")],
            label: "suspend",
            help: "Back to the shell; fg returns; consumption stops meanwhile"
        ),
        Action(.redraw, [.control("l"), .character("L")], label: "redraw", help: "Draw everything again"),
    ]
}
