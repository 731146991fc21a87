// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import Settings
import TerminalCells
import TerminalDriver

/// How the dashboard looks.
struct ScreenArguments: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Theme: dark (the default), light, or a theme file such as mine.toml.", valueName: "name"),
        transform: ScreenArguments.theme
    )
    var theme = ThemeArgument(theme: .dark, warnings: [])

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Colors: never, 16, 256, truecolor or always.",
            discussion: "Default: none if NO_COLOR is set, else what the terminal has.",
            valueName: "level"
        ),
        transform: ScreenArguments.color
    )
    var color: ColorOption?

    @Option(name: .long, help: "Characters to draw with.")
    var glyphs = GlyphsArgument.auto

    /// The characters for a terminal.
    ///
    /// - Parameters:
    ///   - isUTF8: Whether the locale can show more than ASCII.
    ///   - terminalName: TERM.
    /// - Returns: What was asked for, or what suits.
    func glyphSet(isUTF8: Bool, terminalName: String) -> GlyphSet {
        switch self.glyphs {
        case .braille: .unicode
        case .block: .block
        case .ascii: .ascii
        case .auto: !isUTF8 ? .ascii : terminalName == "linux" ? .block : .unicode
        }
    }

    @Sendable private static func theme(_ text: String) throws -> ThemeArgument {
        if let theme = ThemeFile.builtIn(text) { return ThemeArgument(theme: theme, warnings: []) }
        guard let content = try? ProcessSurroundings.readFile(text) else {
            let names = Theme.builtIn.map(\.name).joined(separator: ", ")
            throw ValidationError("\(names) and the path of a theme file are accepted, and there is no such file")
        }
        do throws(SettingsError) {
            let file = try ThemeFile(content, file: text)
            return ThemeArgument(theme: file.theme, warnings: file.warnings.map(\.description))
        } catch {
            throw ValidationError(error.description)
        }
    }

    @Sendable private static func color(_ text: String) throws -> ColorOption {
        guard let option = ColorOption(rawValue: text.lowercased()) else {
            throw ValidationError("\(ColorOption.allCases.map(\.rawValue).joined(separator: ", ")) are accepted")
        }
        return option
    }
}

/// A theme, and what its file was warned for.
struct ThemeArgument: Sendable {
    var theme: Theme
    var warnings: [String]
}

/// Which characters the screen is drawn with.
enum GlyphsArgument: String, CaseIterable, ExpressibleByArgument {
    case auto, braille, block, ascii
}
