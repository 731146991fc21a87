// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Settings in variables: `WEIR_BATCH_SIZE=500`.
package enum SettingsEnvironment {
    /// Variables that name files with settings.
    package static let files = ["WEIR_CONFIG", "WEIR_MAPPING"]

    /// Reads variables.
    ///
    /// Each name that a setting has is that of a variable. Lists are one text, or a JSON array of texts. An empty variable says nothing. A variable that is near to one of these is an error; others whose name
    /// begins alike belong to somebody else.
    package static func read(_ environment: [String: String]) -> SettingsLayer {
        var layer = SettingsLayer()
        let known = (PipelineSetting.all.flatMap(\.variables) + Self.files).map(Self.withoutPrefix)
        for (name, text) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix(PipelineSetting.variablePrefix) && !Self.files.contains(name) && !text.isEmpty {
            let source = SettingSource.variable(name)
            if let setting = PipelineSetting.all.first(where: { $0.variables.contains(name) }) {
                if let values = Self.values(of: text, as: setting.shape) {
                    layer.add(SettingEntry(setting, values, source: source))
                } else {
                    let accepted = setting.shape == .toggle ? "true or false" : "a text or a JSON array of texts"
                    layer.say(.error, source, "\(setting.key) is '\(text)'; \(accepted) is accepted")
                }
            } else if let key = Self.excludedKey(of: name), let reason = PipelineSetting.excluded[key] {
                layer.say(.error, source, "\(key) is no setting of the environment: \(reason)")
            } else if let near = NearName.of(Self.withoutPrefix(name), among: known) {
                let meant = PipelineSetting.variablePrefix + near
                layer.say(.error, source, "is no variable of a setting; did you mean \(meant)?")
            } else if !Self.foreign.contains(where: { name.hasPrefix($0) }) {
                layer.say(.warning, source, "is no variable of a setting, and is ignored")
            }
        }
        return layer
    }

    // Programs and scripts that call ours may well have a WEIR_VERSION of their own; the others are those of our own tests.
    private static let foreign = ["WEIR_VERSION", "WEIR_TEST_", "WEIR_REQUIRE_", "WEIR_RECORD_"]

    private static func withoutPrefix(_ name: String) -> String {
        String(name.dropFirst(PipelineSetting.variablePrefix.count))
    }

    private static func excludedKey(of name: String) -> String? {
        let key = Self.withoutPrefix(name).lowercased().replacing("_", with: "-")
        return key == "yes" ? key : nil
    }

    private static func values(of text: String, as shape: PipelineSetting.Shape) -> [String]? {
        switch shape {
        case .text, .number, .duration: return [text]
        case .toggle:
            switch text.lowercased() {
            case "true", "1", "yes", "on": return ["true"]
            case "false", "0", "no", "off": return ["false"]
            default: return nil
            }
        case .texts, .names, .words:
            guard text.first == "[" else { return [text] }
            guard let elements = try? SettingsNode(json: text, file: "").elements else { return nil }
            let texts = elements.compactMap(\.text)
            return texts.count == elements.count ? texts : nil
        }
    }
}
