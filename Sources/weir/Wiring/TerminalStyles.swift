// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalDriver

/// Styles of a theme as the terminal takes them.
enum TerminalStyles {
    /// The terminal's form of a style.
    static func style(_ style: RoleStyle) -> TerminalStyle {
        TerminalStyle(
            foreground: style.foreground.map(Self.color),
            background: style.background.map(Self.color),
            attributes: Self.attributes(style.attributes),
            monochromeAttributes: Self.attributes(style.mono)
        )
    }

    private static func color(_ color: ThemeColor) -> TerminalColor {
        if color.isSystem, let number = color.basic.number { return .ansi(number) }
        return .rgb(red: color.red, green: color.green, blue: color.blue, ansi: color.basic.number)
    }

    private static func attributes(_ attributes: TextAttributes) -> TerminalAttributes {
        let pairs: [(TextAttributes, TerminalAttributes)] = [
            (.bold, .bold), (.dim, .dim), (.reverse, .reverse), (.underline, .underline), (.italic, .italic),
        ]
        return pairs.reduce(into: []) { result, pair in
            if attributes.contains(pair.0) { result.formUnion(pair.1) }
        }
    }
}
