// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

/// The help page: made from the key registry, plus the words that the screen uses.
struct HelpText: Sendable {
    /// One line.
    enum Line: Hashable, Sendable {
        case heading(String)
        case key(String, String)
        case note(String, String)
        case blank
    }

    /// The lines that match the search.
    let lines: [Line]

    /// Columns of the keys and words before the text.
    static let nameColumns = 11

    /// Makes the page for a pane `width` columns wide inside.
    init(_ state: DashboardState, width: Int) {
        let isASCII = state.options.glyphs.isASCII
        let search = state.view.helpSearch
        let pane = state.view.focus
        var lines: [Line] = []
        func section(_ title: String, _ content: [Line]) {
            let found = search.isEmpty ? content : content.filter { Self.matches($0, search) }
            guard !found.isEmpty else { return }
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(title))
            lines += found.flatMap { Self.wrapped($0, width: max(16, width - Self.nameColumns - 3)) }
        }
        let actions = state.registry.actions
        let everywhere = Set(Pane.allCases)
        func line(_ action: Action) -> Line {
            .key(action.keys.map { $0.name(ascii: isASCII) }.joined(separator: " "), action.help)
        }
        section("In \(pane.title)", actions.filter { $0.panes != everywhere && $0.panes.contains(pane) }.map(line))
        section("Everywhere", actions.filter { $0.panes == everywhere }.map(line))
        section("In other panes", actions.filter { $0.panes != everywhere && !$0.panes.contains(pane) }.map(line))
        section("Words", Self.words.map { .note($0.0, $0.1) })
        self.lines = lines.isEmpty ? [.note("nothing found", "esc shows the whole help again")] : lines
    }

    /// A line whose text is longer than the width goes on below, at whole words.
    private static func wrapped(_ line: Line, width: Int) -> [Line] {
        func parts(_ text: String) -> [String] {
            var parts: [String] = []
            var part = ""
            for word in text.split(separator: " ") {
                if !part.isEmpty, part.count + word.count + 1 > width {
                    parts.append(part)
                    part = ""
                }
                part += (part.isEmpty ? "" : " ") + word
            }
            return parts + [part]
        }
        switch line {
        case .key(let key, let text):
            return parts(text).enumerated().map { .key($0.offset == 0 ? key : "", $0.element) }
        case .note(let word, let text):
            return parts(text).enumerated().map { .note($0.offset == 0 ? word : "", $0.element) }
        case .heading, .blank: return [line]
        }
    }

    private static func matches(_ line: Line, _ search: String) -> Bool {
        switch line {
        case .key(let key, let text), .note(let key, let text):
            Filter.contains(key + " " + text, search, isCaseSensitive: search.contains(where: \.isUppercase))
        case .heading, .blank: false
        }
    }

    private static let words: [(String, String)] = [
        ("hold", "Stops reading from the stream; no position moves; records wait, and expire after 24 hours"),
        ("freeze", "Stops only the picture; reading and handling go on"),
        (
            "lag",
            "Age of the oldest record that is not done, of a shard or of all; 0 when all that was read is done and the "
                + "newest read brought nothing; a less-than sign says that it is at most so much, as nothing was read since; creation times are "
                + "whole seconds, so it is off by up to 1 s"
        ),
        (
            "rates",
            "in, del and cap in the second line are of the newest whole second; REC/S, DEL/S and CAP/S of a shard are the "
                + "means of its newest \(ShardFields.rateSeconds) seconds"
        ),
        (
            "stale",
            "The service is asked and has not answered for so long: what was written since is not known; OFFLINE from "
                + "10 s on"
        ),
        (
            "behind",
            "Age of the oldest record that waits while the session is held; the number beside it counts what was read "
                + "before, so there are at least so many"
        ),
        (
            "slowed",
            "The table throttles the handler, which writes more slowly until the table takes everything again; no record is "
                + "lost"
        ),
        ("batch sizes", "How many batches had how many records: a bar is of up to the figure below it"),
        (
            "deletes",
            "Keys whose deletion the service accepted; it does not say whether there was still an item with that key"
        ),
        ("saved", "Requests that deleting one by one would have made, divided by requests made"),
        (
            "checkpoint",
            "Up to where a shard is done; stored after the action, so nothing is skipped and some may come twice"
        ),
        ("charts", "A dim point is a missing sample, shading a hold, ! a late sample; 0 is drawn as a thin line"),
        ("- and blank", "- is not known, blank does not apply, 0 is zero"),
        ("TTL", "The item was deleted by the service because its time to live was over"),
    ]
}
