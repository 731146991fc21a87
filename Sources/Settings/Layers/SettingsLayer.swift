// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What one place says: a file, the environment, or the command line.
package struct SettingsLayer: Hashable, Sendable {
    /// At most one for each setting.
    package var entries: [SettingEntry]
    /// What is said about it.
    package var remarks: [SettingRemark]
    /// Settings, by their keys, that are there with a value that cannot be read.
    package var unread: Set<String> = []

    package init(entries: [SettingEntry] = [], remarks: [SettingRemark] = []) {
        self.entries = entries
        self.remarks = remarks
    }

    /// Whether nothing can start with it.
    package var isWrong: Bool { self.remarks.contains { $0.level == .error } }

    mutating func say(_ level: SettingRemark.Level, _ source: SettingSource, _ message: String) {
        self.remarks.append(SettingRemark(level, [source], message))
    }

    /// Adds an entry; a second one for the same setting is an error.
    mutating func add(_ entry: SettingEntry) {
        if let first = self.entries.first(where: { $0.setting.key == entry.setting.key }) {
            guard first.values != entry.values else { return }
            self.remarks.append(
                SettingRemark(
                    .error,
                    [entry.source],
                    "\(entry.name) is set twice, at \(first.source) to something else"
                )
            )
        } else {
            self.entries.append(entry)
        }
    }
}
