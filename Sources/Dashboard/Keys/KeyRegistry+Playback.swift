// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

extension KeyRegistry {
    static let playbackActions = [
        Action(.play, [.character(" ")], label: "play", bar: 10, help: "Play, or stand still; at the end: play again"),
        Action(.nextRecordInTime, [.character(".")], label: "record", bar: 20, help: "One record on"),
        Action(.previousRecordInTime, [.character(",")], label: "back", help: "One record back"),
        Action(.nextBatch, [.character("}")], label: "batch", bar: 21, help: "One batch on"),
        Action(.previousBatch, [.character("{")], label: "back", help: "One batch back"),
        Action(.jumpBack, [Key(.left)], label: "5 s", bar: 22, help: "5 seconds back"),
        Action(.jumpForward, [Key(.right)], label: "5 s", bar: 23, help: "5 seconds on"),
        Action(.leapBack, [Key(.left, shift: true)], label: "60 s", help: "A minute back"),
        Action(.leapForward, [Key(.right, shift: true)], label: "60 s", help: "A minute on"),
        Action(.slower, [.character("<")], label: "slower", bar: 24, help: "Slower, down to a tenth"),
        Action(
            .faster,
            [.character(">")],
            label: "faster",
            bar: 25,
            help: "Faster, up to 64 times; no event is left out"
        ),
        Action(
            .seekTenth,
            (0...9).map { .character(Character(String($0))) },
            label: "tenth",
            help: "To so many tenths of the session"
        ),
        Action(.sessionStart, [.character("g")], label: "begin", help: "The beginning of the session"),
        Action(.sessionEnd, [.character("G")], label: "end", help: "Its end; of one that is still recorded: now"),
        Action(.nextMarker, [.character("'")], label: "marker", bar: 31, help: "The next marker"),
        Action(.previousMarker, [.character("\"")], label: "marker", help: "The marker before"),
        Action(
            .seek,
            [.character(":")],
            label: "seek",
            bar: 30,
            help: "To a place: 12:31 from the beginning, -90s from here, 40%, @2026-01-02T03:04Z, batch 812"
        ),
        Action(.loop, [.character("b")], label: "loop", help: "Begin a loop here; again: end it here; again: no loop"),
        Action(
            .skipIdle,
            [.character("I")],
            label: "idle",
            help: "Pass, or play, time over 2 s in which nothing happens"
        ),
    ]
}
