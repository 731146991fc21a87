// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// The terminal's own 16 colours, whatever a person has made of them.
    ///
    /// Only its darker eight are used for text, as they are readable on most backgrounds, dark or light; badges and the selected
    /// row are reversed, so that their text is in the colour of the page.
    package static let terminal: Theme = {
        var theme = Theme(
            name: "terminal",
            variant: .any,
            author: Self.ours,
            palette: ThemePalette(system: [
                "line": .brightBlack,
                "red": .red, "orange": .yellow, "yellow": .yellow, "green": .green, "teal": .cyan, "blue": .blue,
                "violet": .magenta,
                "deep-green": .green, "deep-blue": .blue, "deep-teal": .cyan, "deep-violet": .magenta,
                "deep-orange": .yellow,
            ])
        )
        for (name, style) in theme.styles where style.mono.contains(.reverse) {
            let colour = ["chip": "teal", "match": "yellow"][name] ?? Self.badges[name]
            theme.styles[name] = RoleStyle(
                foreground: colour.flatMap { theme.palette[$0] },
                attributes: style.attributes.union(.reverse),
                mono: style.mono,
                glyph: style.glyph,
                asciiGlyph: style.asciiGlyph
            )
        }
        return theme
    }()

    /// The colour that a badge is filled with, by role.
    private static let badges = [
        "title.focus": "blue", "tab.active": "blue",
        "mode.live": "green", "mode.paused": "yellow", "mode.frozen": "blue", "mode.offline": "red",
    ]

    /// No colour at all: bold, dim, underlined and reversed text.
    package static let mono: Theme = {
        var theme = Theme(name: "mono", variant: .any, author: Self.ours, palette: ThemePalette([:]))
        for (name, style) in theme.styles { theme.styles[name]?.attributes = style.mono }
        return theme
    }()

    /// Text of at least 7:1 against black, the ratio that WCAG 2.1 calls enhanced, and lines as bright as text.
    package static let highContrast = Theme(
        name: "high-contrast",
        variant: .dark,
        author: Self.ours,
        palette: ThemePalette(hex: [
            "page": ("#000000", .black),
            "background": ("#000000", .black),
            "raised": ("#00265c", .blue),
            "line": ("#ffffff", .brightWhite),
            "faint": ("#d9d9d9", .white),
            "text": ("#ffffff", .brightWhite),
            "bright": ("#ffffff", .brightWhite),
            "red": ("#ff9a9a", .brightRed),
            "orange": ("#ffb86b", .yellow),
            "yellow": ("#ffff00", .brightYellow),
            "green": ("#5cff5c", .brightGreen),
            "teal": ("#00ffff", .brightCyan),
            "blue": ("#a8d1ff", .brightBlue),
            "violet": ("#ffb3ff", .brightMagenta),
            "deep-green": ("#00b300", .green),
            "deep-blue": ("#5c9dff", .blue),
            "deep-teal": ("#00b3b3", .cyan),
            "deep-violet": ("#c980ff", .magenta),
            "deep-orange": ("#e08a2e", .yellow),
        ])
    )

    /// Blues for what is well, oranges for what is not: told apart with every kind of colour vision, on a dark background.
    package static let blueOrangeDark = Theme(
        name: "blue-orange-dark",
        variant: .dark,
        author: Self.ours,
        palette: ThemePalette(hex: [
            "page": ("#10141a", .standard),
            "background": ("#10141a", .black),
            "raised": ("#2d3440", .blue),
            "line": ("#4a5568", .brightBlack),
            "faint": ("#9d9d9d", .white),
            "text": ("#dfe5ec", .standard),
            "bright": ("#ffffff", .brightWhite),
            "red": ("#f08024", .brightRed),
            "orange": ("#ffbb0d", .yellow),
            "yellow": ("#ffe4a0", .brightYellow),
            "green": ("#3cd2ff", .brightCyan),
            "teal": ("#b4f6ff", .cyan),
            "blue": ("#59a1ed", .brightBlue),
            "violet": ("#d9b8e8", .brightMagenta),
            "deep-green": ("#1d7ea3", .cyan),
            "deep-blue": ("#2f5d8c", .blue),
            "deep-teal": ("#4f8f9c", .cyan),
            "deep-violet": ("#7d6a8a", .magenta),
            "deep-orange": ("#8f5a1c", .yellow),
        ])
    )

    /// The same on a light background.
    package static let blueOrangeLight = Theme(
        name: "blue-orange-light",
        variant: .light,
        author: Self.ours,
        palette: ThemePalette(hex: [
            "page": ("#ffffff", .standard),
            "background": ("#ffffff", .brightWhite),
            "raised": ("#e6ebf2", .white),
            "line": ("#a9b4c2", .white),
            "faint": ("#5f6670", .brightBlack),
            "text": ("#1f2328", .standard),
            "bright": ("#000000", .black),
            "red": ("#ad4a00", .red),
            "orange": ("#461002", .yellow),
            "yellow": ("#4f4203", .yellow),
            "green": ("#1657ff", .blue),
            "teal": ("#002f49", .cyan),
            "blue": ("#3208c7", .blue),
            "violet": ("#6a2c75", .magenta),
            "deep-green": ("#7fa2ff", .cyan),
            "deep-blue": ("#9d8fe6", .blue),
            "deep-teal": ("#7d97a5", .cyan),
            "deep-violet": ("#b493bb", .magenta),
            "deep-orange": ("#d9a877", .yellow),
        ])
    )
}
