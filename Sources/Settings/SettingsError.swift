// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A settings file that cannot be read at all.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package var file: String
    /// Where in it; nil if it is about the whole file.
    package var place: TextPlace?
    /// What is wrong, for people.
    package var message: String

    package init(file: String, place: TextPlace? = nil, message: String) {
        self.file = file
        self.place = place
        self.message = message
    }

    /// File, line, column, message.
    package var description: String {
        self.file + (self.place.map { ":\($0)" } ?? "") + ": " + self.message
    }
}
