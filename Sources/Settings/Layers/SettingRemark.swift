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

    /// Where it is, the file named once: `weir.toml:3:1, 4:1`.
    package var places: String {
        var file: String?
        var parts: [String] = []
        for source in self.sources {
            if case .file(let name, let place) = source, name == file {
                parts.append("\(place)")
            } else {
                parts.append("\(source)")
            }
            file = if case .file(let name, _) = source { name } else { nil }
        }
        return parts.joined(separator: ", ")
    }

    /// Places, then the message.
    package var description: String {
        self.sources.isEmpty ? self.message : "\(self.places): \(self.message)"
    }

    /// In the order of the file; what has no place comes last.
    package static func isBefore(_ left: SettingRemark, _ right: SettingRemark) -> Bool {
        guard let first = left.sources.first, let second = right.sources.first else {
            return !left.sources.isEmpty && right.sources.isEmpty
        }
        return SettingSource.isBefore(first, second)
    }
}
