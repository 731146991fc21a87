// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Settings

/// Where themes come from: a folder of the user's, what is built in, and files.
struct ThemeLibrary {
    /// The user's themes: `$XDG_CONFIG_HOME/weir/themes`, or below `~/.config`.
    let folder: String
    /// The files in it; empty if there is no such folder.
    let files: @Sendable (_ folder: String) -> [String]
    /// Reads a file; nil if it cannot be read.
    let read: @Sendable (_ path: String) -> String?

    /// The library of this process.
    static func current(environment: [String: String]) -> ThemeLibrary {
        // The specification wants relative paths ignored.
        let base =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? "\(environment["HOME"] ?? "")/.config"
        return ThemeLibrary(
            folder: "\(base)/weir/themes",
            files: ProcessSurroundings.files(in:),
            read: { try? ProcessSurroundings.readFile($0) }
        )
    }

    /// The names of the user's own themes, in order.
    var ownNames: [String] {
        self.files(self.folder).filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// Finds a theme: one of the user's by its file's name, one that is built in, or a file at a path.
    ///
    /// - Returns: nil if there is none.
    /// - Throws: `SettingsError` if there is a file and it is no TOML.
    func theme(_ name: String) throws(SettingsError) -> ThemeArgument? {
        if !name.contains("/"), let own = try self.file("\(self.folder)/\(name).toml") { return own }
        if let theme = ThemeFile.builtIn(name) { return ThemeArgument(theme: theme, warnings: []) }
        return try self.file(name)
    }

    /// All that can be chosen by name, the user's own first; those that cannot be read are left out.
    var all: [Theme] {
        let own = self.ownNames.compactMap { name in (try? self.theme(name))?.theme }
        let names = Set(own.map(\.name))
        return own + Theme.builtIn.filter { !names.contains($0.name) }
    }

    private func file(_ path: String) throws(SettingsError) -> ThemeArgument? {
        guard let text = self.read(path) else { return nil }
        let file = try ThemeFile(text, file: path)
        return ThemeArgument(theme: file.theme, warnings: file.warnings.map(\.description))
    }
}
