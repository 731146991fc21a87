// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells
import TerminalDriver

/// What the probe shows: a box, the newest events, and samples of text and colors.
struct ProbePicture {
    /// Which colors are shown; each page has many pairs.
    var colorPage = 0
    private var events: [String] = []
    private let facts: String
    private let glyphs: GlyphSet

    init(screen: NcursesScreen) {
        self.facts = "\(screen.terminalName) \(screen.color.level): \(screen.color.reason)"
        self.glyphs = screen.isUTF8 ? .unicode : .ascii
    }

    /// Keeps an event.
    mutating func note(_ event: InputEvent) {
        self.events.append(Self.text(event))
        if self.events.count > 8 { self.events.removeFirst() }
    }

    /// Draws everything.
    func draw(size: ScreenSize) -> CellGrid {
        var grid = CellGrid(size: size)
        guard size.columns >= 20, size.rows >= 6 else {
            grid.put("too small \(size)", row: 0, column: 0, width: size.columns, role: .plain)
            return grid
        }
        let inside = grid.drawBox(
            grid.bounds,
            role: StyleRole("border"),
            captions: [
                BoxCaption("Probe \(size)", role: StyleRole("title"), isSelected: true),
                BoxCaption("ready", role: .escape, place: .bottomTrailing),
            ],
            glyphs: self.glyphs
        )
        var lines = [self.facts, "漢字 한글 e\u{301} ▁▂▃ ⣿ \u{202E}rtl\u{1B}[31m 👍🏽 👨‍👩‍👧"]
        lines += self.events.map { "event \($0)" }
        grid.put(lines: lines, in: inside, role: .plain, glyphs: self.glyphs)
        for row in 0..<min(4, inside.rows) {
            for column in 0..<min(32, inside.columns) {
                let role = StyleRole("color.\(self.colorPage * 128 + row * 32 + column)")
                grid.put(
                    [Cell(.glyph("x", width: 1), role: role)],
                    row: inside.endRow - 1 - row,
                    column: inside.column + column
                )
            }
        }
        return grid
    }

    /// What a role looks like.
    static func style(_ role: StyleRole, isSelected: Bool) -> TerminalStyle {
        var style = TerminalStyle()
        switch role.name {
        case "border": style.foreground = .rgb(red: 0x5F, green: 0x87, blue: 0xAF, ansi: 4)
        case "title": style.attributes = [.bold]
        case "dim": style.attributes = [.dim]
        default:
            guard role.name.hasPrefix("color."), let number = Int(role.name.dropFirst(6)) else { break }
            style.foreground = .rgb(
                red: UInt8(truncatingIfNeeded: number * 37),
                green: UInt8(truncatingIfNeeded: number * 11),
                blue: UInt8(truncatingIfNeeded: 255 - number),
                ansi: number % 16
            )
            style.background = .rgb(
                red: UInt8(truncatingIfNeeded: number * 5),
                green: 0,
                blue: UInt8(truncatingIfNeeded: number * 3),
                ansi: number / 8 % 8
            )
        }
        if isSelected { style.attributes.insert(.reverse) }
        return style
    }

    private static func text(_ event: InputEvent) -> String {
        switch event {
        case .key(let key):
            let modifiers = (key.control ? "ctrl-" : "") + (key.alt ? "alt-" : "") + (key.shift ? "shift-" : "")
            if case .character(let character) = key.code { return "key \(modifiers)\(character)" }
            return "key \(modifiers)\(key.code)"
        case .paste(let text): return "paste \(text.utf8.count) \(text.prefix(40))"
        case .resized(let size): return "resized \(size)"
        case .redraw: return "redraw"
        case .wake: return "wake"
        case .terminated(let reason): return "terminated \(reason)"
        }
    }
}
