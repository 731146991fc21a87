// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import TerminalCells

extension DashboardState {
    /// Changes the text being typed; a filter takes effect at once.
    mutating func editPrompt(_ edit: (inout Prompt) -> Void) {
        guard var prompt = self.view.prompt else { return }
        edit(&prompt)
        prompt.keep()
        self.view.prompt = prompt
        switch prompt.purpose {
        case .filter(let pane, _): self.setFilter(prompt.text, of: pane)
        case .helpSearch:
            self.view.helpSearch = prompt.text
            self.view.helpTop = 0
        case .marker, .recording, .seek: break
        }
    }

    /// Takes a key while text is being typed.
    mutating func pressInPrompt(_ key: Key) -> [DashboardEffect] {
        switch key {
        case Key(.enter): return self.acceptPrompt()
        case Key(.escape), .control("g"): self.dropPrompt()
        case Key(.backspace), .control("h"): self.editPrompt { $0.deleteBackward() }
        case Key(.delete), .control("d"): self.editPrompt { $0.deleteForward() }
        case Key(.left), .control("b"): self.editPrompt { $0.move(by: -1) }
        case Key(.right), .control("f"): self.editPrompt { $0.move(by: 1) }
        case Key(.home), .control("a"): self.editPrompt { $0.moveToStart() }
        case Key(.end), .control("e"): self.editPrompt { $0.moveToEnd() }
        case .control("u"): self.editPrompt { $0.deleteToStart() }
        case .control("w"): self.editPrompt { $0.deleteWord() }
        case .control("l"): return [.redrawAll]
        default:
            guard case .character(let character) = key.code, !key.control, !key.alt else { return [] }
            self.editPrompt { $0.insert(String(character)) }
        }
        return []
    }

    private mutating func acceptPrompt() -> [DashboardEffect] {
        guard let prompt = self.view.prompt else { return [] }
        // What is no filter stays to be mended; the line says what is wrong with it, and esc goes back.
        if case .filter(let pane, _) = prompt.purpose, self.view.tables[pane]?.filterError != nil { return [] }
        if prompt.purpose == .seek {
            guard let command = SeekText.command(prompt.text) else {
                self.say("\"\(prompt.text)\" is no place; there are \(SeekText.forms)", isError: true)
                return []
            }
            self.view.prompt = nil
            return [.send(.playback(command))]
        }
        self.view.prompt = nil
        switch prompt.purpose {
        case .filter: return []
        case .marker:
            let text = prompt.text.isEmpty ? "mark" : prompt.text
            self.say("marked: \(text)")
            return [.send(.marker(text))]
        case .recording: return self.startRecording(prompt.text)
        case .helpSearch, .seek: return []
        }
    }

    private mutating func dropPrompt() {
        guard let prompt = self.view.prompt else { return }
        self.view.prompt = nil
        switch prompt.purpose {
        case .filter(let pane, let before): self.setFilter(before, of: pane)
        case .helpSearch: self.view.helpSearch = ""
        case .marker, .recording, .seek: break
        }
    }

    /// Takes a key while the help is open; false if it means what it means elsewhere.
    mutating func pressInHelp(_ key: Key) -> Bool {
        let page = max(1, self.view.size.rows - 7)
        func scroll(_ offset: Int) {
            let limit = max(0, HelpText(self, width: self.view.size.columns - 4).lines.count - page)
            self.view.helpTop = max(0, min(limit, self.view.helpTop + offset))
        }
        switch key {
        case Key(.escape), .character("q"), .character("?"), Key(.function(1)):
            if !self.view.helpSearch.isEmpty, key == Key(.escape) {
                self.view.helpSearch = ""
                self.view.helpTop = 0
            } else {
                self.view.isHelpOpen = false
                self.view.helpSearch = ""
            }
        case .character("/"): self.view.prompt = Prompt(.helpSearch, text: self.view.helpSearch)
        case .character("j"), Key(.down), .character("n"): scroll(1)
        case .character("k"), Key(.up), .character("N"): scroll(-1)
        case Key(.pageDown), .control("f"), .character(" "): scroll(page)
        case Key(.pageUp), .control("b"): scroll(-page)
        case .control("d"): scroll(max(1, page / 2))
        case .control("u"): scroll(-max(1, page / 2))
        case .character("g"), Key(.home): self.view.helpTop = 0
        case .character("G"), Key(.end): scroll(Int.max / 2)
        case .character("Q"), .control("l"), .character("L"): return false
        default: self.say("esc closes the help")
        }
        return true
    }
}
