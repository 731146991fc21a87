// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Dashboard

/// A theme read from TOML.
///
/// Every role has a default, that of the built-in theme of the same variant, so a theme may be five lines:
/// ```toml
/// name = "mine"
/// variant = "dark"
/// [palette]
/// sand = "#f0d0a0"
/// [roles]
/// state.open = { fg = "sand" }
/// ```
package struct ThemeFile: Sendable {
    /// The theme.
    package let theme: Theme
    /// The roles that the file itself gives a style.
    package let roles: Set<String>
    /// What was left out of account.
    package let warnings: [SettingsWarning]

    /// Reads a theme.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: The file's name, for messages.
    /// - Throws: ``SettingsError`` if the text is no TOML.
    package init(_ text: String, file: String) throws(SettingsError) {
        let toml = try TOMLText(text, file: file)
        var reader = ThemeReader(file: file)
        self.theme = reader.read(toml.table)
        self.roles = reader.roles
        self.warnings = reader.warnings
    }

    /// A theme that is always there, by its name; nil for any other name.
    package static func builtIn(_ name: String) -> Theme? {
        Theme.builtIn.first { $0.name == name }
    }
}
