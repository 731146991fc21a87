// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// Creates a theme in which every role has the style that its kind has in all themes, in these colours.
    package init(name: String, variant: Variant, author: String, palette: ThemePalette) {
        var styles = Self.textStyles(palette)
        styles.merge(Self.stateStyles(palette)) { $1 }
        styles.merge(Self.changeStyles(palette)) { $1 }
        styles.merge(Self.chartStyles(palette)) { $1 }
        self.init(name: name, variant: variant, author: author, palette: palette, styles: styles)
    }

    private static func style(
        _ foreground: ThemeColor? = nil,
        on background: ThemeColor? = nil,
        _ attributes: TextAttributes = [],
        mono: TextAttributes? = nil,
        glyph: String? = nil,
        ascii: String? = nil
    ) -> RoleStyle {
        RoleStyle(
            foreground: foreground,
            background: background,
            attributes: attributes,
            mono: mono,
            glyph: glyph,
            asciiGlyph: ascii
        )
    }

    private static func textStyles(_ palette: ThemePalette) -> [String: RoleStyle] {
        [
            "text": self.style(palette["text"], on: palette["page"]),
            "dim": self.style(palette["faint"], mono: []),
            "strong": self.style(palette["bright"], .bold),
            "title": self.style(palette["text"], .bold),
            "title.focus": self.style(palette["background"], on: palette["blue"], .bold, mono: [.bold, .reverse]),
            "border": self.style(palette["line"], mono: .dim),
            "border.focus": self.style(palette["blue"], mono: .bold),
            "header": self.style(palette["faint"], mono: .underline),
            "good": self.style(palette["green"], mono: .bold),
            "warn": self.style(palette["yellow"], mono: .bold),
            "error": self.style(palette["red"], .bold, mono: [.bold, .underline]),
            "message": self.style(palette["bright"]),
            "key": self.style(palette["blue"], .bold),
            "key.label": self.style(palette["faint"], mono: []),
            "tab": self.style(palette["faint"], mono: []),
            "tab.active": self.style(palette["background"], on: palette["blue"], .bold, mono: [.bold, .reverse]),
            "chip": self.style(palette["background"], on: palette["teal"], mono: .reverse),
            "match": self.style(palette["background"], on: palette["yellow"], mono: .reverse),
            "input.error": self.style(palette["red"], .underline, mono: [.bold, .underline]),
            "input.cursor": self.style(palette["background"], on: palette["bright"], mono: .reverse),
            "selection": self.style(on: palette["raised"], mono: .reverse),
            "accent.profile": self.style(palette["violet"], .bold),
        ]
    }

    private static func stateStyles(_ palette: ThemePalette) -> [String: RoleStyle] {
        let badge: TextAttributes = [.bold, .reverse]
        return [
            "mode.live": self.style(palette["background"], on: palette["green"], .bold, mono: badge),
            "mode.paused": self.style(palette["background"], on: palette["yellow"], .bold, mono: badge),
            "mode.frozen": self.style(palette["background"], on: palette["blue"], .bold, mono: badge),
            "mode.ended": self.style(palette["background"], on: palette["faint"], .bold, mono: badge),
            "mode.offline": self.style(palette["background"], on: palette["red"], .bold, mono: badge),
            "state.open": self.style(palette["green"], glyph: "●", ascii: "o"),
            "state.draining": self.style(palette["teal"], glyph: "◐", ascii: "v"),
            "state.waiting": self.style(palette["blue"], glyph: "○", ascii: "w"),
            "state.held": self.style(palette["yellow"], mono: .bold, glyph: "‖", ascii: "="),
            "state.backoff": self.style(palette["orange"], mono: .bold, glyph: "↻", ascii: "r"),
            "state.closed": self.style(palette["faint"], mono: [], glyph: "◌", ascii: "."),
            "state.error": self.style(palette["red"], .bold, mono: [.bold, .underline], glyph: "✗", ascii: "x"),
        ]
    }

    private static func changeStyles(_ palette: ThemePalette) -> [String: RoleStyle] {
        [
            "diff.add": self.style(palette["green"], glyph: "+"),
            "diff.del": self.style(palette["red"], glyph: "-"),
            "diff.mod": self.style(palette["yellow"], glyph: "~"),
            "diff.add.mark": self.style(palette["green"], [.bold, .underline]),
            "diff.del.mark": self.style(palette["red"], [.bold, .underline]),
            "diff.name": self.style(palette["text"], .bold),
            "diff.key": self.style(palette["blue"], .bold),
            "value.type": self.style(palette["violet"], mono: []),
            "event.insert": self.style(palette["green"]),
            "event.modify": self.style(palette["yellow"]),
            "event.remove": self.style(palette["red"]),
            "event.ttl": self.style(palette["orange"], mono: .bold),
        ]
    }

    private static func chartStyles(_ palette: ThemePalette) -> [String: RoleStyle] {
        [
            "chart.axis": self.style(palette["faint"], mono: []),
            "chart.limit": self.style(palette["red"]),
            "chart.held": self.style(palette["line"], mono: .dim),
            "chart.gap": self.style(palette["faint"], mono: .dim),
            "chart.late": self.style(palette["yellow"], mono: .bold),
            "chart.rate.low": self.style(palette["deep-teal"]),
            "chart.rate.mid": self.style(palette["teal"]),
            "chart.rate.high": self.style(palette["blue"]),
            "chart.deletes.low": self.style(palette["deep-green"]),
            "chart.deletes.mid": self.style(palette["green"]),
            "chart.deletes.high": self.style(palette["yellow"]),
            "chart.capacity.low": self.style(palette["deep-violet"]),
            "chart.capacity.mid": self.style(palette["violet"]),
            "chart.capacity.high": self.style(palette["red"]),
            "chart.lag.low": self.style(palette["deep-orange"]),
            "chart.lag.mid": self.style(palette["orange"]),
            "chart.lag.high": self.style(palette["red"]),
            "chart.batch.low": self.style(palette["deep-blue"]),
            "chart.batch.mid": self.style(palette["blue"]),
            "chart.batch.high": self.style(palette["blue"]),
            "chart.spent": self.style(palette["faint"], mono: []),
            "chart.saved": self.style(palette["green"], .bold),
        ]
    }
}
