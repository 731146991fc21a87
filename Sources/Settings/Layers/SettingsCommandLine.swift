// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Settings on the command line, as far as one has to know which there are.
package enum SettingsCommandLine {
    /// Finds the settings that options name; what is wrong with them the parser says.
    ///
    /// - Parameter arguments: What follows the command.
    /// - Returns: One entry for each setting, in the order of all settings.
    package static func read(_ arguments: [String]) -> [SettingEntry] {
        var entries: [String: SettingEntry] = [:]
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                if let setting = PipelineSetting.all.first(where: { $0.shape == .words }), !rest.isEmpty {
                    entries[setting.key] = SettingEntry(setting, Array(rest), source: .option("--"))
                }
                break
            }
            guard word.hasPrefix("--") else { continue }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let (setting, isInverse) = Self.setting(of: String(parts[0])) else { continue }
            let value: String
            if setting.shape == .toggle {
                value = isInverse ? "false" : "true"
            } else {
                guard let text = parts.count == 2 ? String(parts[1]) : rest.popFirst() else { continue }
                value = text
            }
            let source = SettingSource.option("--\(parts[0])")
            let earlier = setting.shape == .texts ? entries[setting.key]?.values ?? [] : []
            entries[setting.key] = SettingEntry(setting, earlier + [value], source: source)
        }
        return PipelineSetting.all.compactMap { entries[$0.key] }
    }

    /// The value of an option that is no setting; the last one counts.
    package static func value(of option: String, in arguments: [String]) -> String? {
        var found: String?
        var rest = arguments[...]
        while let word = rest.popFirst(), word != "--" {
            if word == "--\(option)" {
                found = rest.popFirst()
            } else if word.hasPrefix("--\(option)=") {
                found = String(word.dropFirst(option.count + 3))
            }
        }
        return found
    }

    private static func setting(of name: String) -> (setting: PipelineSetting, isInverse: Bool)? {
        if let setting = PipelineSetting.named(name), setting.shape != .words { return (setting, false) }
        guard name.hasPrefix("no-"), let setting = PipelineSetting.named(String(name.dropFirst(3))),
            setting.shape == .toggle
        else { return nil }
        return (setting, true)
    }
}
