// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

extension Key {
    /// A key that types a character.
    package static func character(_ character: Character) -> Key {
        Key(.character(character))
    }

    /// A key with control held.
    package static func control(_ character: Character) -> Key {
        Key(.character(character), control: true)
    }

    /// The key's name for people: `space`, `^C`, `S-tab`, `g`.
    package func name(ascii: Bool = false) -> String {
        let base =
            switch self.code {
            case .character(" "): "space"
            case .character(let character):
                self.control ? character.uppercased() : String(character)
            case .enter: "enter"
            case .escape: "esc"
            case .tab: "tab"
            case .backTab: "S-tab"
            case .backspace: "backspace"
            case .delete: "del"
            case .insert: "ins"
            case .up: ascii ? "up" : "↑"
            case .down: ascii ? "down" : "↓"
            case .left: ascii ? "left" : "←"
            case .right: ascii ? "right" : "→"
            case .home: "home"
            case .end: "end"
            case .pageUp: "PgUp"
            case .pageDown: "PgDn"
            case .function(let number): "F\(number)"
            }
        return (self.alt ? "alt-" : "") + (self.shift ? "S-" : "") + (self.control ? "^" : "") + base
    }
}
