// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings

extension SettingsLayer {
    /// The values by the settings' names.
    var values: [String: [String]] {
        Dictionary(self.entries.map { ($0.setting.key, $0.values) }) { first, _ in first }
    }

    /// What is said, a line each.
    var lines: [String] { self.remarks.map(\.description) }

    func entry(_ key: String) -> SettingEntry? { self.entries.first { $0.setting.key == key } }
}

/// A setting that a test relies on.
func setting(_ key: String) -> PipelineSetting {
    guard let setting = PipelineSetting.named(key) else { preconditionFailure("no setting \(key)") }
    return setting
}

/// A value from a place in a file.
func entry(_ key: String, _ values: String..., line: Int = 1, isProposal: Bool = false) -> SettingEntry {
    let source = SettingSource.file("weir.toml", TextPlace(line: line, column: 1))
    return SettingEntry(setting(key), values, source: source, isProposal: isProposal)
}
