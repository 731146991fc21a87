// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// Colours, attributes and signs by role.
package struct Theme: Hashable, Sendable, CustomStringConvertible {
    /// What kind of background a theme is made for.
    package enum Variant: String, Hashable, Sendable {
        case dark, light, any
    }

    /// The name by which it is chosen.
    package var name: String
    /// The background it is made for.
    package var variant: Variant
    /// Who made it.
    package var author: String
    /// The colours by name, for files that are made of it.
    package var palette: ThemePalette
    /// Styles by role name.
    package var styles: [String: RoleStyle]

    /// The name.
    package var description: String { self.name }

    /// Creates a theme.
    package init(
        name: String,
        variant: Variant,
        author: String,
        palette: ThemePalette = ThemePalette([:]),
        styles: [String: RoleStyle]
    ) {
        self.name = name
        self.variant = variant
        self.author = author
        self.palette = palette
        self.styles = styles
    }

    /// The style of a role: its own, else that of the nearest role above it (`state` for `state.open`), else `text`; a colour
    /// that it does not name is that of `text`.
    package func style(of role: StyleRole) -> RoleStyle {
        let text = self.styles["text"] ?? RoleStyle()
        guard var style = self.ownStyle(of: role) else { return text }
        style.foreground = style.foreground ?? text.foreground
        style.background = style.background ?? text.background
        return style
    }

    /// The style to draw with; a selected row lays the selection's background and attributes over the role.
    package func style(of role: StyleRole, isSelected: Bool) -> RoleStyle {
        var style = self.style(of: role)
        guard isSelected, let selection = self.ownStyle(of: Roles.selection) else { return style }
        style.background = selection.background ?? style.background
        style.foreground = selection.foreground ?? style.foreground
        style.attributes.formUnion(selection.attributes)
        style.mono.formUnion(selection.mono)
        return style
    }

    private func ownStyle(of role: StyleRole) -> RoleStyle? {
        var name = role.name[...]
        while true {
            if let style = self.styles[String(name)] { return style }
            guard let dot = name.lastIndex(of: ".") else { return nil }
            name = name[..<dot]
        }
    }

    /// A role's sign; empty if it has none.
    package func glyph(_ role: StyleRole, ascii: Bool) -> String {
        let style = self.style(of: role)
        return (ascii ? style.asciiGlyph ?? style.glyph.map { $0.utf8.count == 1 ? $0 : "*" } : style.glyph) ?? ""
    }
}
