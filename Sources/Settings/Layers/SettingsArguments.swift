// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Builds the command line that says what files and variables say.
package struct SettingsArguments: Hashable, Sendable {
    /// The words up to the command, `run`.
    package var command: [String]
    /// The words behind it, as they were given.
    package var given: [String]

    package init(command: [String], given: [String]) {
        self.command = command
        self.given = given
    }

    /// The whole: inherited settings first, so that what was given wins.
    package func all(with inherited: [SettingEntry]) -> [String] {
        let words = inherited.first { $0.setting.shape == .words }?.values ?? []
        let trailing = words.isEmpty || self.given.contains("--") ? [] : ["--"] + words
        return self.command + inherited.flatMap(\.arguments) + self.given + trailing
    }
}
