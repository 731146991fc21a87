// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// The themes that are always there; the files in `themes/` say the same.
    package static let builtIn =
        [Theme.dark, .light, .terminal, .mono, .highContrast, .blueOrangeDark, .blueOrangeLight] + Theme.ported

    /// For terminals with a dark background.
    package static let dark = Theme(
        name: "dark",
        variant: .dark,
        author: Self.ours,
        palette: ThemePalette(hex: [
            "page": ("#11151c", .standard),
            "background": ("#11151c", .black),
            "raised": ("#2b3a4d", .blue),
            "line": ("#46536a", .brightBlack),
            "faint": ("#9aa8bd", .white),
            "text": ("#cfd8e3", .standard),
            "bright": ("#f4f7fb", .brightWhite),
            "red": ("#ff7b85", .brightRed),
            "orange": ("#f5a66b", .yellow),
            "yellow": ("#f0cf72", .brightYellow),
            "green": ("#8fd694", .brightGreen),
            "teal": ("#5fd0c5", .brightCyan),
            "blue": ("#79b8ff", .brightBlue),
            "violet": ("#c4a1f5", .brightMagenta),
            "deep-green": ("#2f6b4f", .green),
            "deep-blue": ("#2f5d8c", .blue),
            "deep-teal": ("#237a75", .cyan),
            "deep-violet": ("#6a4e9c", .magenta),
            "deep-orange": ("#94572b", .yellow),
        ])
    )

    /// For terminals with a light background.
    package static let light = Theme(
        name: "light",
        variant: .light,
        author: Self.ours,
        palette: ThemePalette(hex: [
            "page": ("#ffffff", .standard),
            "background": ("#ffffff", .brightWhite),
            "raised": ("#d5e3f4", .white),
            "line": ("#a9b4c2", .white),
            "faint": ("#59636f", .brightBlack),
            "text": ("#24292f", .standard),
            "bright": ("#0a0c10", .black),
            "red": ("#a81626", .red),
            "orange": ("#8a4300", .yellow),
            "yellow": ("#6e5200", .yellow),
            "green": ("#116329", .green),
            "teal": ("#04605b", .cyan),
            "blue": ("#0550ae", .blue),
            "violet": ("#6639ba", .magenta),
            "deep-green": ("#5fae7b", .green),
            "deep-blue": ("#78a9e0", .blue),
            "deep-teal": ("#55aea8", .cyan),
            "deep-violet": ("#a98be0", .magenta),
            "deep-orange": ("#d39a5f", .yellow),
        ])
    )

    /// Who made the themes that are nobody else's palette.
    static let ours = "the Weir project authors"
}
