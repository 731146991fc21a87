// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Dashboard
import TerminalCells

/// Writes a theme as a file that ``ThemeFile`` reads: all colours, and the roles that are not what these colours make of them.
package struct ThemeFileWriter {
    private let theme: Theme

    /// Creates a writer.
    package init(_ theme: Theme) {
        self.theme = theme
    }

    /// The file's text.
    package var text: String { self.lines.map { $0 + "\n" }.joined() }

    /// The file's lines.
    package var lines: [String] {
        var lines = [
            "name = \(Self.quoted(self.theme.name))",
            "variant = \(Self.quoted(self.theme.variant.rawValue))",
            "author = \(Self.quoted(self.theme.author))",
            "",
            "[palette]",
        ]
        var basics: [String] = []
        for name in ThemePalette.names {
            lines.append("\(name) = \(Self.quoted(Self.value(self.theme.palette[name])))")
            guard let color = self.theme.palette[name], !color.isSystem else { continue }
            basics.append("\(name) = \(Self.quoted(color.basic.rawValue))")
        }
        if !basics.isEmpty {
            lines += ["", "# What each colour becomes on a terminal with 16 of them.", "[ansi]"] + basics
        }
        let usual = Theme(name: "", variant: self.theme.variant, author: "", palette: self.theme.palette).styles
        let roles = Roles.all.map(\.name).filter { self.theme.styles[$0] != usual[$0] }
        if !roles.isEmpty {
            lines += ["", "[roles]"]
            for name in roles { lines.append("\(Self.quoted(name)) = \(self.table(self.theme.styles[name]))") }
        }
        return lines
    }

    private func table(_ style: RoleStyle?) -> String {
        let style = style ?? RoleStyle()
        var members: [String] = []
        if let color = style.foreground { members.append("fg = \(Self.quoted(self.name(of: color)))") }
        if let color = style.background { members.append("bg = \(Self.quoted(self.name(of: color)))") }
        if !style.attributes.isEmpty { members.append("attrs = \(Self.list(style.attributes))") }
        if style.mono != style.attributes { members.append("mono = \(Self.list(style.mono))") }
        if let glyph = style.glyph { members.append("glyph = \(Self.quoted(glyph))") }
        if let glyph = style.asciiGlyph { members.append("ascii = \(Self.quoted(glyph))") }
        return "{ \(members.joined(separator: ", ")) }"
    }

    /// The palette's name for a colour, or its value.
    private func name(of color: ThemeColor) -> String {
        ThemePalette.names.first { self.theme.palette[$0] == color } ?? Self.value(color)
    }

    private static func value(_ color: ThemeColor?) -> String {
        guard let color else { return BasicColor.standard.rawValue }
        return color.isSystem ? color.basic.rawValue : color.hex
    }

    private static func list(_ attributes: TextAttributes) -> String {
        let names = TextAttributes.named.filter { attributes.contains($0.attribute) }.map { Self.quoted($0.name) }
        return "[\(names.joined(separator: ", "))]"
    }

    private static func quoted(_ text: String) -> String { TOMLQuote.quoted(text) }
}
