// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TOMLKit
import TerminalCells

/// Reads a theme's tables and notes what it cannot use.
struct ThemeReader {
    private static let roleKeys: Set<String> = ["fg", "bg", "attrs", "mono", "glyph", "ascii"]

    private static let basicNames = BasicColor.allCases.map(\.rawValue).joined(separator: ", ")

    let file: String
    private(set) var roles: Set<String> = []
    private(set) var warnings: [SettingsWarning] = []
    /// The colours by name; nil for the terminal's own.
    private var palette: [String: ThemeColor?] = [:]

    init(file: String) {
        self.file = file
    }

    mutating func read(_ table: TOMLTable) -> Theme {
        for key in table.keys where !["name", "variant", "author", "palette", "ansi", "roles"].contains(key) {
            self.warn(key, "unknown key; known are name, variant, author, palette, ansi, roles")
        }
        let variantName = self.string(table["variant"], "variant")
        let variant = variantName.flatMap(Theme.Variant.init(rawValue:))
        if variantName != nil, variant == nil { self.warn("variant", "must be dark, light or any") }
        let base = variant == .light ? Theme.light : Theme.dark
        var palette = base.palette
        self.readPalette(table, into: &palette)
        var theme = Theme(
            name: self.string(table["name"], "name") ?? self.file,
            variant: variant ?? .dark,
            author: self.string(table["author"], "author") ?? "",
            palette: palette
        )
        if let roles = self.table(table["roles"], "roles") { self.readRoles(roles, under: "", into: &theme) }
        return theme
    }

    /// Reads colours; those that have names of the default palette change the styles that are made of them.
    private mutating func readPalette(_ table: TOMLTable, into defaults: inout ThemePalette) {
        var basics: [String: BasicColor] = [:]
        let palette = self.table(table["palette"], "palette")
        if let ansi = self.table(table["ansi"], "ansi") {
            for key in ansi.keys {
                guard let name = self.string(ansi[key], "ansi.\(key)") else { continue }
                if palette?.keys.contains(key) != true { self.warn("ansi.\(key)", "the palette has no such colour") }
                if let basic = BasicColor(rawValue: name) {
                    basics[key] = basic
                } else {
                    self.warn("ansi.\(key)", "\(name) is none of \(Self.basicNames)")
                }
            }
        }
        for key in palette?.keys ?? [] {
            guard let text = self.string(palette?[key], "palette.\(key)") else { continue }
            let basic = basics[key] ?? defaults[key]?.basic ?? .standard
            if let color = ThemeColor(hex: text, basic: basic) {
                self.palette.updateValue(color, forKey: key)
            } else if let basic = BasicColor(rawValue: text) {
                self.palette.updateValue(ThemeColor(system: basic), forKey: key)
            } else {
                self.warn("palette.\(key)", "\(text) is neither of the form #rrggbb nor one of \(Self.basicNames)")
            }
        }
        for name in ThemePalette.names {
            if let color = self.palette[name] {
                defaults[name] = color
            } else {
                self.palette.updateValue(defaults[name], forKey: name)
            }
        }
    }

    /// Reads styles; a table with none of a style's keys holds the roles below it.
    private mutating func readRoles(_ table: TOMLTable, under prefix: String, into theme: inout Theme) {
        for key in table.keys {
            let name = prefix.isEmpty ? key : "\(prefix).\(key)"
            guard let inner = table[key]?.table else {
                self.warn("roles.\(name)", "must be a table such as { fg = \"text\" }")
                continue
            }
            let styleKeys = inner.keys.filter { Self.roleKeys.contains($0) || inner[$0]?.table == nil }
            if !styleKeys.isEmpty { self.readStyle(inner, name, into: &theme) }
            let deeper = TOMLTable()
            for key in inner.keys where !styleKeys.contains(key) {
                if let value = inner[key]?.table { deeper[key] = value }
            }
            self.readRoles(deeper, under: name, into: &theme)
        }
    }

    private mutating func readStyle(_ table: TOMLTable, _ name: String, into theme: inout Theme) {
        let path = "roles.\(name)"
        if !Self.isKnown(name) { self.warn(path, "no part of the screen has this role") }
        var style = RoleStyle()
        for key in table.keys {
            let keyPath = "\(path).\(key)"
            switch key {
            case "fg": style.foreground = self.color(table[key], keyPath)
            case "bg": style.background = self.color(table[key], keyPath)
            case "attrs": style.attributes = self.attributes(table[key], keyPath)
            case "mono": break
            case "glyph": style.glyph = self.string(table[key], keyPath)
            case "ascii": style.asciiGlyph = self.string(table[key], keyPath)
            default:
                guard table[key]?.table == nil else { continue }
                self.warn(keyPath, "unknown key; known are fg, bg, attrs, mono, glyph, ascii")
            }
        }
        style.mono = table["mono"] == nil ? style.attributes : self.attributes(table["mono"], "\(path).mono")
        self.roles.insert(name)
        theme.styles[name] = style
    }

    private static func isKnown(_ name: String) -> Bool {
        Roles.all.contains { $0.name == name || $0.name.hasPrefix(name + ".") }
    }

    /// A colour by its name in the palette or as `#rrggbb`; nil for `default`.
    ///
    /// The default palette's names count as well where the file leaves them as they are.
    private mutating func color(_ value: (any TOMLValueConvertible)?, _ path: String) -> ThemeColor? {
        guard let text = self.string(value, path), text != "default" else { return nil }
        if let color = self.palette[text] { return color }
        if let color = ThemeColor(hex: text, basic: .standard) { return color }
        self.warn(path, "\(text) is neither in the palette, nor default, nor of the form #rrggbb")
        return nil
    }

    private mutating func attributes(_ value: (any TOMLValueConvertible)?, _ path: String) -> TextAttributes {
        guard let value else { return [] }
        guard let array = value.array else {
            self.warn(path, "must be a list such as [\"bold\"]")
            return []
        }
        var attributes: TextAttributes = []
        for element in array {
            let name = element.string ?? ""
            if let known = TextAttributes.named.first(where: { $0.name == name }) {
                attributes.insert(known.attribute)
            } else {
                let known = TextAttributes.named.map(\.name).joined(separator: ", ")
                self.warn(path, "\(name.isEmpty ? "an element" : name) is none of \(known)")
            }
        }
        return attributes
    }

    private mutating func string(_ value: (any TOMLValueConvertible)?, _ path: String) -> String? {
        guard let value else { return nil }
        if let text = value.string { return text }
        self.warn(path, "must be a text in quotes")
        return nil
    }

    private mutating func table(_ value: (any TOMLValueConvertible)?, _ path: String) -> TOMLTable? {
        guard let value else { return nil }
        if let table = value.table { return table }
        self.warn(path, "must be a table")
        return nil
    }

    private mutating func warn(_ path: String, _ message: String) {
        self.warnings.append(SettingsWarning(file: self.file, keyPath: path, message: message))
    }
}
