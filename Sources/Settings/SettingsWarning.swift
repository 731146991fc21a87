// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Something in a settings file that was left out of account.
package struct SettingsWarning: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package var file: String
    /// Where in it: the path of keys, `roles.text.fgg`.
    package var keyPath: String
    /// What is wrong and what is accepted, for people.
    package var message: String

    package init(file: String, keyPath: String, message: String) {
        self.file = file
        self.keyPath = keyPath
        self.message = message
    }

    /// File, key path, message.
    package var description: String { "\(self.file): \(self.keyPath): \(self.message)" }
}
