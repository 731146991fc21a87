// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A line of text that is being typed.
package struct Prompt: Hashable, Sendable {
    /// What the text is for.
    package enum Purpose: Hashable, Sendable {
        /// A filter of this pane, in force while it is typed; with what to go back to.
        case filter(Pane, before: String)
        /// The name of a marker.
        case marker
        /// The file of a recording.
        case recording
        /// A search in the help.
        case helpSearch
        /// A place in a recorded session.
        case seek
    }

    /// Longest text, in characters.
    static let limit = 400

    package var purpose: Purpose
    package private(set) var characters: [Character]
    /// The place of the cursor, 0 before the first character.
    package private(set) var cursor: Int
    /// Whether the text is a proposal, in whose place comes what is typed.
    package private(set) var isProposal: Bool

    package init(_ purpose: Purpose, text: String = "", isProposal: Bool = false) {
        self.purpose = purpose
        self.isProposal = isProposal
        self.characters = Array(text.prefix(Self.limit))
        self.cursor = self.characters.count
    }

    /// The text.
    package var text: String { String(self.characters) }

    /// Types text; line ends and other control characters become spaces.
    mutating func insert(_ text: String) {
        if self.isProposal {
            self.deleteToStart()
            self.isProposal = false
        }
        let room = max(0, Self.limit - self.characters.count)
        let typed = text.prefix(room).map { character -> Character in
            let isControl = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            return isControl ? " " : character
        }
        self.characters.insert(contentsOf: typed, at: self.cursor)
        self.cursor += typed.count
    }

    /// Makes a proposal the person's own text, to be changed.
    mutating func keep() {
        self.isProposal = false
    }

    mutating func move(by offset: Int) {
        self.cursor = min(max(0, self.cursor + offset), self.characters.count)
    }

    mutating func moveToStart() {
        self.cursor = 0
    }

    mutating func moveToEnd() {
        self.cursor = self.characters.count
    }

    mutating func deleteBackward() {
        guard self.cursor > 0 else { return }
        self.cursor -= 1
        self.characters.remove(at: self.cursor)
    }

    mutating func deleteForward() {
        guard self.cursor < self.characters.count else { return }
        self.characters.remove(at: self.cursor)
    }

    mutating func deleteToStart() {
        self.characters.removeFirst(self.cursor)
        self.cursor = 0
    }

    mutating func deleteWord() {
        while self.cursor > 0, self.characters[self.cursor - 1].isWhitespace { self.deleteBackward() }
        while self.cursor > 0, !self.characters[self.cursor - 1].isWhitespace { self.deleteBackward() }
    }
}
