// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Settings as lines of TOML, for `weir config`.
package enum SettingsListing {
    /// All settings with the values that hold, and where each comes from: the text is a settings file itself.
    ///
    /// Values of a program's variables are not shown.
    ///
    /// - Parameters:
    ///   - settings: What holds.
    ///   - remark: What else is said of a setting, behind where it comes from; nil: nothing.
    /// - Returns: The lines.
    package static func effective(
        _ settings: ResolvedSettings,
        remark: (SettingEntry) -> String? = { _ in nil }
    ) -> [String] {
        var lines: [String] = []
        for section in PipelineSetting.sections {
            lines.append("# \(section.title)")
            for setting in section.settings { lines += Self.lines(setting, settings, remark: remark) }
            lines.append("")
        }
        return Array(lines.dropLast())
    }

    /// A file with all settings as comments, each with what it is and an example.
    ///
    /// Without their first mark all lines go together: what needs a choice has two.
    package static func template(name: String) -> [String] {
        var lines = [
            "# A pipeline of Weir: weir monitor --config \(name), or weir run --config \(name)",
            "#",
            "# Take the # away from the lines that you want. A line with ## holds only with a choice that is named above it.",
            "# Options override WEIR_* variables (WEIR_BATCH_SIZE for batch-size), which override this file.",
            "# 'weir config check \(name)' says what is wrong with it, 'weir config show --config \(name)' what holds.",
            "# Durations are seconds or texts such as \"200ms\", \"60s\", \"5m\" and \"1h\". There is no place for secrets here:",
            "# credentials come from the environment or a profile. A handler asks before it does anything, or needs --yes.",
        ]
        for section in PipelineSetting.sections {
            lines += ["", "# --- \(section.title) ---"]
            for setting in section.settings {
                lines += ["", "# \(setting.about)"]
                if let name = MappingParameter.name(of: setting) {
                    lines.append("# In an event source mapping: \(name).")
                }
                if case .described(let text) = setting.standard, text != "none" { lines.append("# Default: \(text).") }
                if let choice = setting.choice { lines.append("# \(choice)") }
                lines.append("\(setting.choice == nil ? "#" : "##")\(setting.key) = \(setting.example)")
            }
        }
        return lines
    }

    private static func lines(
        _ setting: PipelineSetting,
        _ settings: ResolvedSettings,
        remark: (SettingEntry) -> String?
    ) -> [String] {
        var lines: [String] = []
        if let entry = settings[setting.key] {
            lines.append(
                Self.line(
                    "\(setting.key) = \(Self.value(entry))",
                    "\(entry.source)" + (remark(entry).map { "; \($0)" } ?? "")
                )
            )
        } else {
            switch setting.standard {
            case .value(let text):
                let entry = SettingEntry(setting, [text], source: .variable(""))
                lines.append(Self.line("\(setting.key) = \(Self.value(entry))", "default"))
            case .described(let text): lines.append(Self.line("# \(setting.key)", "default: \(text)"))
            }
        }
        for other in settings.setAside where other.entry.setting.key == setting.key {
            let text = "# \(setting.key) = \(Self.value(other.entry))"
            lines.append(Self.line(text, "not used, from \(other.entry.source): \(other.reason)"))
        }
        return lines
    }

    private static func line(_ setting: String, _ remark: String) -> String {
        setting + String(repeating: " ", count: max(1, 44 - setting.count)) + "# \(remark)"
    }

    /// The value in TOML.
    private static func value(_ entry: SettingEntry) -> String {
        let values = entry.setting.key == "handler-env" ? entry.values.map(Self.withoutValue) : entry.values
        switch entry.setting.shape {
        case .toggle: return values.first ?? ""
        case .number, .duration:
            guard let text = values.first, Int(text).map({ "\($0)" }) == text else { return Self.quoted(values) }
            return text
        case .text: return Self.quoted(values)
        case .texts, .names, .words:
            return "[\(values.map(TOMLQuote.quoted).joined(separator: ", "))]"
        }
    }

    private static func quoted(_ values: [String]) -> String { TOMLQuote.quoted(values.first ?? "") }

    private static func withoutValue(_ variable: String) -> String {
        guard let end = variable.firstIndex(of: "=") else { return variable }
        return "\(variable[..<end])=…"
    }
}
