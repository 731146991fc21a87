// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A settings file that cannot be read at all.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package var file: String
    /// The line, from 1; nil if it is about the whole file.
    package var line: Int?
    /// What is wrong, for people.
    package var message: String

    package init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// File, line, message.
    package var description: String {
        self.file + (self.line.map { ":\($0)" } ?? "") + ": " + self.message
    }
}
