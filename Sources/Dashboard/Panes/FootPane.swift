// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TerminalCells

extension ScreenPainter {
    /// Draws the message line: what is being typed, else a message, else how a hold goes on, else what is wrong with
    /// the selected row.
    mutating func paintMessage() {
        let area = self.layout.message
        if let prompt = self.state.view.prompt, self.state.view.message?.isError != true || prompt.purpose != .seek {
            self.paintPrompt(prompt, in: area)
        } else if let message = self.state.view.message {
            self.put(
                CellLine(
                    " " + message.text,
                    message.isError ? Roles.error : Roles.message,
                    policy: self.glyphs.textPolicy
                ),
                in: area
            )
        } else if let past = self.state.past, let distance = self.state.pastDistance {
            let keys = self.glyphs.isASCII ? "left and right" : "← →"
            let text =
                " \(Figures.clock(past)), \(Figures.wholeSeconds(distance)) ago; \(keys) move, esc goes back to now"
            self.put(CellLine(text, Roles.warn, policy: self.glyphs.textPolicy), in: area)
        } else if let message = self.state.session.playback?.message {
            self.put(CellLine(" " + message, Roles.message, policy: self.glyphs.textPolicy), in: area)
        } else if self.state.newest.hold != nil, self.state.refusal(of: .hold, "") == nil {
            let step = self.state.refusal(of: .step, "") == nil ? ", . lets one record through" : ""
            self.put(
                CellLine(" held: nothing is read, positions stay; space resumes\(step)", Roles.message),
                in: area
            )
        } else if let ended = self.state.newest.endedBecause {
            self.put(
                CellLine(" the session has ended: \(ended); q quits", Roles.message, policy: self.glyphs.textPolicy),
                in: area
            )
        } else if let problem = self.problem {
            self.put(CellLine(" " + problem, Roles.warn, policy: self.glyphs.textPolicy), in: area)
        }
    }

    /// What is wrong with the selected row; nil if nothing is.
    private var problem: String? {
        let pane = self.state.view.focus
        guard let index = self.state.selectedIndex(pane) else { return nil }
        switch pane {
        case .shards:
            let shard = self.state.session.shards[index]
            if case .waiting(let parents) = shard.activity, !parents.isEmpty {
                return "waits until \(parents.map(\.text).joined(separator: ", ")) is done"
            }
            return shard.lastProblem
        case .batches:
            let batch = self.state.session.batches[index]
            if case .abandoned(let reason) = batch.outcome?.result { return reason }
            return batch.lastFailure
        case .events:
            // The whole message, which the table may have no room for.
            let entry = self.state.session.log[index]
            return entry.level == .info ? nil : entry.message
        default: return nil
        }
    }

    private mutating func paintPrompt(_ prompt: Prompt, in area: CellRect) {
        let label: String
        var error: FilterError?
        var count = ""
        switch prompt.purpose {
        case .filter(let pane, _):
            label = " \(pane.title.lowercased()) / "
            if let table = self.state.view.tables[pane] {
                error = table.filterError
                count = "\(Figures.grouped(table.rows.count))/\(Figures.grouped(table.total))"
            }
        case .marker: label = " marker: "
        case .recording: label = " record to: "
        case .helpSearch: label = " help / "
        case .seek: label = " go to: "
        }
        var line = self.line()
        line.append(label, Roles.key)
        for (index, character) in prompt.characters.enumerated() {
            let isBad = error?.range.contains(index) == true
            let typed = prompt.isProposal ? Roles.dim : Roles.message
            let role = index == prompt.cursor ? Roles.cursor : isBad ? Roles.badInput : typed
            line.append(String(character), role)
        }
        if prompt.cursor == prompt.characters.count { line.append(" ", Roles.cursor) }
        if let error { line.append("  " + error.message, Roles.error) }
        // A text longer than the screen shows its end, where typing happens.
        let room = max(0, area.columns - count.count - 2)
        if line.width > room, prompt.cursor == prompt.characters.count, error == nil {
            self.grid.put(
                line.cells,
                in: area.splitColumns(room).first,
                padding: Roles.text,
                fit: .start,
                glyphs: self.glyphs
            )
        } else {
            self.put(line, in: area.splitColumns(room).first)
        }
        self.put(CellLine(count + " ", Roles.dim), in: area.splitColumns(room).rest, .trailing)
    }

    /// Draws the key bar: the pane's most useful keys, as many as fit, and always the help.
    mutating func paintKeyBar() {
        let area = self.layout.keyBar
        var line = self.line()
        let registry = self.state.registry
        if let prompt = self.state.view.prompt {
            let editing = prompt.isProposal ? [("a letter", "another name")] : [("^U", "clear"), ("^W", "word")]
            self.append(
                [("enter", "accept"), ("esc", "cancel")] + editing,
                to: &line,
                within: area.columns
            )
            self.put(line, in: area)
            return
        }
        if self.state.view.isHelpOpen {
            self.append([("esc", "close"), ("/", "search"), ("j k", "scroll")], to: &line, within: area.columns)
            self.put(line, in: area)
            return
        }
        if self.state.openProposal != nil {
            self.append([("y", "send"), ("any other key", "no")], to: &line, within: area.columns)
            self.put(line, in: area)
            return
        }
        let isHeld = self.state.newest.hold != nil
        var keys: [(String, String)] = []
        let actions = registry.bar(for: self.state.view.focus)
        // A view that stands still says first how it goes on.
        let freeze = self.state.isFrozen ? actions.filter { $0.id == .freeze } : []
        for action in freeze + actions.filter({ !self.state.isFrozen || $0.id != .freeze }) {
            guard let key = action.keys.first?.name(ascii: self.glyphs.isASCII) else { continue }
            switch action.id {
            // Keys that can do nothing now would only be noise.
            case .hold where self.state.refusal(of: .hold, "") != nil: continue
            case .freeze where self.state.isFrozen: keys.append((key, "unfreeze"))
            case .hold: keys.append((key, isHeld ? "resume" : action.label))
            case .play: keys.append((key, self.state.session.playback?.isPlaying == true ? "stop" : action.label))
            case .stepRecord, .stepBatch:
                if isHeld, self.state.refusal(of: .step, "") == nil { keys.append((key, action.label)) }
            case .marker where self.state.refusal(of: .mark, "") != nil: continue
            case .record where self.state.recordingRefusal != nil: continue
            case .replay where self.state.replayRefusal != nil: continue
            case .jumpBack where self.state.options.capabilities.isDisjoint(with: [.past, .play]): continue
            case .record: keys.append((key, self.state.isRecorded ? "stop rec" : action.label))
            case .nextMatch where self.state.view.focus.isTable:
                if self.state.view.tables[self.state.view.focus]?.filter != nil { keys.append((key, action.label)) }
            case .back:
                keys.append((key, self.state.view.history.isEmpty && !self.state.view.isZoomed ? "quit" : "back"))
            default: keys.append((key, action.label))
            }
        }
        let help = registry[.help]
        let helpKey = (help?.keys.first?.name() ?? "?", help?.label ?? "help")
        self.append(keys, to: &line, within: area.columns - helpKey.0.count - helpKey.1.count - 4)
        self.append([helpKey], to: &line, within: area.columns)
        self.put(line, in: area)
    }

    private func append(_ keys: [(String, String)], to line: inout CellLine, within width: Int) {
        for (key, label) in keys {
            guard line.width + key.count + label.count + 3 <= width else { return }
            line.append(line.width == 0 ? " " : "  ", Roles.text)
            line.append(key, Roles.key)
            line.append(" " + label, Roles.keyLabel)
        }
    }
}
