// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Something that is said about settings.
package struct SettingRemark: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    package enum Level: Hashable, Sendable {
        /// Nothing starts.
        case error
        /// It is left out of account.
        case warning
        /// Worth knowing.
        case note
    }

    package var level: Level
    /// What it is about.
    package var sources: [SettingSource]
    /// What is wrong and what is accepted, for people.
    package var message: String

    package init(_ level: Level, _ sources: [SettingSource], _ message: String) {
        self.level = level
        self.sources = sources
        self.message = message
    }

    /// Places, then the message.
    package var description: String {
        let places = self.sources.map(\.description).joined(separator: ", ")
        return places.isEmpty ? self.message : "\(places): \(self.message)"
    }
}
