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
        help: ArgumentHelp(
            "Theme: dark (the default), light, another of 'weir themes', or a file such as mine.toml.",
            valueName: "name"
        ),
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
        let library = ThemeLibrary.current(environment: ProcessSurroundings.environment)
        do throws(SettingsError) {
            if let theme = try library.theme(text) { return theme }
        } catch {
            throw ValidationError(error.description)
        }
        let names = library.all.map(\.name).joined(separator: ", ")
        throw ValidationError("\(names) and the path of a theme file are accepted, and there is no such file")
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
