// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// Themes in the published colours of palettes that are used in many programs.
    package static let ported = [Theme.catppuccinMocha, .dracula, .gruvboxDark, .tokyoNight]

    /// The colours of Catppuccin, flavour Mocha.
    package static let catppuccinMocha = Theme(
        ported: "catppuccin-mocha",
        colours: "Catppuccin",
        palette: ThemePalette(hex: [
            "page": ("#1e1e2e", .standard),
            "background": ("#1e1e2e", .black),
            "raised": ("#45475a", .blue),
            "line": ("#585b70", .brightBlack),
            "faint": ("#a6adc8", .white),
            "text": ("#cdd6f4", .standard),
            "bright": ("#f5e0dc", .brightWhite),
            "red": ("#f38ba8", .brightRed),
            "orange": ("#fab387", .yellow),
            "yellow": ("#f9e2af", .brightYellow),
            "green": ("#a6e3a1", .brightGreen),
            "teal": ("#94e2d5", .brightCyan),
            "blue": ("#89b4fa", .brightBlue),
            "violet": ("#cba6f7", .brightMagenta),
            "deep-green": ("#7f849c", .green),
            "deep-blue": ("#74c7ec", .blue),
            "deep-teal": ("#6c7086", .cyan),
            "deep-violet": ("#b4befe", .magenta),
            "deep-orange": ("#eba0ac", .yellow),
        ])
    )

    /// The colours of Dracula.
    package static let dracula = Theme(
        ported: "dracula",
        colours: "Dracula",
        palette: ThemePalette(hex: [
            "page": ("#282a36", .standard),
            "background": ("#282a36", .black),
            "raised": ("#44475a", .blue),
            "line": ("#6272a4", .brightBlack),
            "faint": ("#f8f8f2", .white),
            "text": ("#f8f8f2", .standard),
            "bright": ("#f8f8f2", .brightWhite),
            "red": ("#ff5555", .brightRed),
            "orange": ("#ffb86c", .yellow),
            "yellow": ("#f1fa8c", .brightYellow),
            "green": ("#50fa7b", .brightGreen),
            "teal": ("#8be9fd", .brightCyan),
            "blue": ("#bd93f9", .brightBlue),
            "violet": ("#ff79c6", .brightMagenta),
            "deep-green": ("#6272a4", .green),
            "deep-blue": ("#6272a4", .blue),
            "deep-teal": ("#6272a4", .cyan),
            "deep-violet": ("#6272a4", .magenta),
            "deep-orange": ("#6272a4", .yellow),
        ])
    )

    /// The colours of gruvbox, dark mode, hard contrast.
    package static let gruvboxDark = Theme(
        ported: "gruvbox-dark",
        colours: "gruvbox",
        palette: ThemePalette(hex: [
            "page": ("#1d2021", .standard),
            "background": ("#1d2021", .black),
            "raised": ("#3c3836", .blue),
            "line": ("#665c54", .brightBlack),
            "faint": ("#a89984", .white),
            "text": ("#ebdbb2", .standard),
            "bright": ("#fbf1c7", .brightWhite),
            "red": ("#fb4934", .brightRed),
            "orange": ("#fe8019", .yellow),
            "yellow": ("#fabd2f", .brightYellow),
            "green": ("#b8bb26", .brightGreen),
            "teal": ("#8ec07c", .brightCyan),
            "blue": ("#83a598", .brightBlue),
            "violet": ("#d3869b", .brightMagenta),
            "deep-green": ("#98971a", .green),
            "deep-blue": ("#458588", .blue),
            "deep-teal": ("#689d6a", .cyan),
            "deep-violet": ("#b16286", .magenta),
            "deep-orange": ("#d65d0e", .yellow),
        ])
    )

    /// The colours of Tokyo Night.
    package static let tokyoNight = Theme(
        ported: "tokyo-night",
        colours: "Tokyo Night",
        palette: ThemePalette(hex: [
            "page": ("#1a1b26", .standard),
            "background": ("#1a1b26", .black),
            "raised": ("#292e42", .blue),
            "line": ("#414868", .brightBlack),
            "faint": ("#a9b1d6", .white),
            "text": ("#c0caf5", .standard),
            "bright": ("#c0caf5", .brightWhite),
            "red": ("#f7768e", .brightRed),
            "orange": ("#ff9e64", .yellow),
            "yellow": ("#e0af68", .brightYellow),
            "green": ("#9ece6a", .brightGreen),
            "teal": ("#73daca", .brightCyan),
            "blue": ("#7aa2f7", .brightBlue),
            "violet": ("#bb9af7", .brightMagenta),
            "deep-green": ("#41a6b5", .green),
            "deep-blue": ("#3d59a1", .blue),
            "deep-teal": ("#41a6b5", .cyan),
            "deep-violet": ("#9d7cd8", .magenta),
            "deep-orange": ("#db4b4b", .yellow),
        ])
    )

    /// Creates a theme in somebody else's colours.
    ///
    /// The selected row has one colour of text, as these palettes were not made for the others on their selection's background.
    private init(ported name: String, colours: String, palette: ThemePalette) {
        self.init(name: name, variant: .dark, author: "\(Self.ours), in the colours of \(colours)", palette: palette)
        self.styles["selection"] = RoleStyle(
            foreground: palette["bright"],
            background: palette["raised"],
            mono: .reverse
        )
    }
}
