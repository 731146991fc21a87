// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// The themes that are always there; the files in `themes/` say the same.
    package static let builtIn = [Theme.dark, Theme.light]

    /// For terminals with a dark background.
    package static let dark = Theme(
        name: "dark",
        variant: .dark,
        author: "the Weir project authors",
        palette: Palette(
            page: .init("#11151c", .standard),
            background: .init("#11151c", .black),
            raised: .init("#2b3a4d", .blue),
            line: .init("#46536a", .brightBlack),
            faint: .init("#9aa8bd", .white),
            text: .init("#cfd8e3", .standard),
            bright: .init("#f4f7fb", .brightWhite),
            red: .init("#ff7b85", .brightRed),
            orange: .init("#f5a66b", .yellow),
            yellow: .init("#f0cf72", .brightYellow),
            green: .init("#8fd694", .brightGreen),
            teal: .init("#5fd0c5", .brightCyan),
            blue: .init("#79b8ff", .brightBlue),
            violet: .init("#c4a1f5", .brightMagenta),
            deepGreen: .init("#2f6b4f", .green),
            deepBlue: .init("#2f5d8c", .blue),
            deepTeal: .init("#237a75", .cyan),
            deepViolet: .init("#6a4e9c", .magenta),
            deepOrange: .init("#94572b", .yellow)
        )
    )

    /// For terminals with a light background.
    package static let light = Theme(
        name: "light",
        variant: .light,
        author: "the Weir project authors",
        palette: Palette(
            page: .init("#ffffff", .standard),
            background: .init("#ffffff", .brightWhite),
            raised: .init("#d5e3f4", .white),
            line: .init("#a9b4c2", .white),
            faint: .init("#59636f", .brightBlack),
            text: .init("#24292f", .standard),
            bright: .init("#0a0c10", .black),
            red: .init("#a81626", .red),
            orange: .init("#8a4300", .yellow),
            yellow: .init("#6e5200", .yellow),
            green: .init("#116329", .green),
            teal: .init("#04605b", .cyan),
            blue: .init("#0550ae", .blue),
            violet: .init("#6639ba", .magenta),
            deepGreen: .init("#5fae7b", .green),
            deepBlue: .init("#78a9e0", .blue),
            deepTeal: .init("#55aea8", .cyan),
            deepViolet: .init("#a98be0", .magenta),
            deepOrange: .init("#d39a5f", .yellow)
        )
    )
}

/// The colours from which a built-in theme is made.
private struct Palette {
    struct Entry {
        var color: ThemeColor

        init(_ hex: StaticString, _ basic: BasicColor) {
            guard let color = ThemeColor(hex: hex.description, basic: basic) else {
                preconditionFailure("\(hex) is not a colour")
            }
            self.color = color
        }
    }

    /// Behind everything; with 16 colours it is the terminal's own, as nobody knows how its white and black look.
    var page: Entry
    var background, raised, line, faint, text, bright: Entry
    var red, orange, yellow, green, teal, blue, violet: Entry
    var deepGreen, deepBlue, deepTeal, deepViolet, deepOrange: Entry
}

extension Theme {
    private init(name: String, variant: Variant, author: String, palette: Palette) {
        var styles = Self.textStyles(palette)
        styles.merge(Self.stateStyles(palette)) { $1 }
        styles.merge(Self.changeStyles(palette)) { $1 }
        styles.merge(Self.chartStyles(palette)) { $1 }
        self.init(name: name, variant: variant, author: author, styles: styles)
    }

    private static func style(
        _ foreground: Palette.Entry? = nil,
        on background: Palette.Entry? = nil,
        _ attributes: TextAttributes = [],
        mono: TextAttributes? = nil,
        glyph: String? = nil,
        ascii: String? = nil
    ) -> RoleStyle {
        RoleStyle(
            foreground: foreground?.color,
            background: background?.color,
            attributes: attributes,
            mono: mono,
            glyph: glyph,
            asciiGlyph: ascii
        )
    }

    private static func textStyles(_ palette: Palette) -> [String: RoleStyle] {
        [
            "text": self.style(palette.text, on: palette.page),
            "dim": self.style(palette.faint, mono: []),
            "strong": self.style(palette.bright, .bold),
            "title": self.style(palette.text, .bold),
            "title.focus": self.style(palette.background, on: palette.blue, .bold, mono: [.bold, .reverse]),
            "border": self.style(palette.line, mono: .dim),
            "border.focus": self.style(palette.blue, mono: .bold),
            "header": self.style(palette.faint, mono: .underline),
            "good": self.style(palette.green, mono: .bold),
            "warn": self.style(palette.yellow, mono: .bold),
            "error": self.style(palette.red, .bold, mono: [.bold, .underline]),
            "message": self.style(palette.bright),
            "key": self.style(palette.blue, .bold),
            "key.label": self.style(palette.faint, mono: []),
            "tab": self.style(palette.faint, mono: []),
            "tab.active": self.style(palette.background, on: palette.blue, .bold, mono: [.bold, .reverse]),
            "chip": self.style(palette.background, on: palette.teal, mono: .reverse),
            "match": self.style(palette.background, on: palette.yellow, mono: .reverse),
            "input.error": self.style(palette.red, .underline, mono: [.bold, .underline]),
            "input.cursor": self.style(palette.background, on: palette.bright, mono: .reverse),
            "selection": self.style(on: palette.raised, mono: .reverse),
            "accent.profile": self.style(palette.violet, .bold),
        ]
    }

    private static func stateStyles(_ palette: Palette) -> [String: RoleStyle] {
        let badge: TextAttributes = [.bold, .reverse]
        return [
            "mode.live": self.style(palette.background, on: palette.green, .bold, mono: badge),
            "mode.paused": self.style(palette.background, on: palette.yellow, .bold, mono: badge),
            "mode.frozen": self.style(palette.background, on: palette.blue, .bold, mono: badge),
            "mode.ended": self.style(palette.background, on: palette.faint, .bold, mono: badge),
            "mode.offline": self.style(palette.background, on: palette.red, .bold, mono: badge),
            "state.open": self.style(palette.green, glyph: "●", ascii: "o"),
            "state.draining": self.style(palette.teal, glyph: "◐", ascii: "v"),
            "state.waiting": self.style(palette.blue, glyph: "○", ascii: "w"),
            "state.held": self.style(palette.yellow, mono: .bold, glyph: "‖", ascii: "="),
            "state.backoff": self.style(palette.orange, mono: .bold, glyph: "↻", ascii: "r"),
            "state.closed": self.style(palette.faint, mono: [], glyph: "◌", ascii: "."),
            "state.error": self.style(palette.red, .bold, mono: [.bold, .underline], glyph: "✗", ascii: "x"),
        ]
    }

    private static func changeStyles(_ palette: Palette) -> [String: RoleStyle] {
        [
            "diff.add": self.style(palette.green, glyph: "+"),
            "diff.del": self.style(palette.red, glyph: "-"),
            "diff.mod": self.style(palette.yellow, glyph: "~"),
            "diff.add.mark": self.style(palette.green, [.bold, .underline]),
            "diff.del.mark": self.style(palette.red, [.bold, .underline]),
            "diff.name": self.style(palette.text, .bold),
            "diff.key": self.style(palette.blue, .bold),
            "value.type": self.style(palette.violet, mono: []),
            "event.insert": self.style(palette.green),
            "event.modify": self.style(palette.yellow),
            "event.remove": self.style(palette.red),
            "event.ttl": self.style(palette.orange, mono: .bold),
        ]
    }

    private static func chartStyles(_ palette: Palette) -> [String: RoleStyle] {
        [
            "chart.axis": self.style(palette.faint, mono: []),
            "chart.limit": self.style(palette.red),
            "chart.held": self.style(palette.line, mono: .dim),
            "chart.gap": self.style(palette.faint, mono: .dim),
            "chart.late": self.style(palette.yellow, mono: .bold),
            "chart.rate.low": self.style(palette.deepTeal),
            "chart.rate.mid": self.style(palette.teal),
            "chart.rate.high": self.style(palette.blue),
            "chart.deletes.low": self.style(palette.deepGreen),
            "chart.deletes.mid": self.style(palette.green),
            "chart.deletes.high": self.style(palette.yellow),
            "chart.capacity.low": self.style(palette.deepViolet),
            "chart.capacity.mid": self.style(palette.violet),
            "chart.capacity.high": self.style(palette.red),
            "chart.lag.low": self.style(palette.deepOrange),
            "chart.lag.mid": self.style(palette.orange),
            "chart.lag.high": self.style(palette.red),
            "chart.batch.low": self.style(palette.deepBlue),
            "chart.batch.mid": self.style(palette.blue),
            "chart.batch.high": self.style(palette.blue),
            "chart.spent": self.style(palette.faint, mono: []),
            "chart.saved": self.style(palette.green, .bold),
        ]
    }
}
