// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// A unit of input as the screen reads it.
package enum TerminalUnit: Hashable, Sendable {
    /// A Unicode scalar.
    case scalar(Unicode.Scalar)
    /// A key, with the modifiers that the terminal told.
    case key(Key)
    /// Pasted text begins.
    case pasteBegin
    /// Pasted text ends.
    case pasteEnd
}

/// Turns units of input into keys and pasted text.
///
/// Feed it all units that were read in one go: an ESC that is followed by something in the same go is the alt key.
package struct KeyDecoder: Sendable {
    /// The longest pasted text that is kept, in UTF-8 bytes; the rest is dropped.
    package static let pasteLimit = 64 * 1024

    /// The text of a paste that has not ended.
    private var paste: String.UnicodeScalarView?
    private var pasteBytes = 0
    private static let endMark = Array("\u{1B}[201~".unicodeScalars)

    /// Creates a decoder.
    package init() {}

    /// Whether the end of pasted text has yet to come.
    package var isPasting: Bool { self.paste != nil }

    /// Takes what was read in one go.
    package mutating func feed(_ units: [TerminalUnit]) -> [InputEvent] {
        var events: [InputEvent] = []
        var index = 0
        while index < units.count {
            let unit = units[index]
            index += 1
            guard self.paste == nil else {
                if self.appendToPaste(unit) { events.append(contentsOf: self.endPaste()) }
                continue
            }
            switch unit {
            case .pasteBegin:
                self.paste = String.UnicodeScalarView()
                self.pasteBytes = 0
            case .pasteEnd:
                break
            case .key(let key):
                events.append(.key(key))
            case .scalar("\u{1B}"):
                guard index < units.count, let key = Self.altKey(units[index]) else {
                    events.append(.key(Key(.escape)))
                    continue
                }
                events.append(.key(key))
                index += 1
            case .scalar(let scalar):
                if let key = Self.key(for: scalar) { events.append(.key(key)) }
            }
        }
        return events
    }

    /// Ends a paste whose end mark did not come.
    package mutating func endPaste() -> [InputEvent] {
        guard let paste = self.paste else { return [] }
        self.paste = nil
        return [.paste(String(paste))]
    }

    /// Takes one unit of pasted text; true if it is the end.
    private mutating func appendToPaste(_ unit: TerminalUnit) -> Bool {
        switch unit {
        case .pasteEnd:
            return true
        case .pasteBegin, .key:
            return false
        case .scalar(let scalar):
            // The end mark in pieces, when the line was slow.
            if scalar == "~", let paste, paste.suffix(5).elementsEqual(Self.endMark.dropLast()) {
                self.paste?.removeLast(5)
                return true
            }
            self.pasteBytes += UTF8.width(scalar)
            guard self.pasteBytes <= Self.pasteLimit else { return false }
            self.paste?.append(scalar == "\r" ? "\n" : scalar)
            return false
        }
    }

    private static func altKey(_ unit: TerminalUnit) -> Key? {
        var key: Key
        switch unit {
        case .scalar("\u{1B}"), .pasteBegin, .pasteEnd: return nil
        case .scalar(let scalar):
            guard let plain = Self.key(for: scalar) else { return nil }
            key = plain
        case .key(let plain): key = plain
        }
        key.alt = true
        return key
    }

    private static func key(for scalar: Unicode.Scalar) -> Key? {
        switch scalar.value {
        case 0x00: return Key(.character(" "), control: true)
        case 0x09: return Key(.tab)
        case 0x0A, 0x0D: return Key(.enter)
        case 0x08, 0x7F: return Key(.backspace)
        case 0x1B: return Key(.escape)
        case 0x01...0x1A: return Key(.character(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60))), control: true)
        case 0x1C...0x1F: return Key(.character(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40))), control: true)
        case 0x80...0x9F: return nil
        default: return Key(.character(Character(scalar)))
        }
    }
}

extension UTF8 {
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case ..<0x80: 1
        case ..<0x800: 2
        case ..<0x10000: 3
        default: 4
        }
    }
}
