// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A setting with a value and the place it comes from.
package struct SettingEntry: Hashable, Sendable {
    package var setting: PipelineSetting
    /// The setting's name as it was written, for messages: `batch-size`, `batch-window`, `BatchSize`.
    package var name: String
    /// The values as the option takes them, one for all but lists; `true` or `false` for toggles.
    package var values: [String]
    package var source: SettingSource
    /// Where each of the values stands, if they come from a file.
    package var places: [TextPlace] = []
    /// Whether it holds only if the handler suits that somebody else names: a file that describes a mapping starts nothing.
    package var isProposal = false

    /// Creates an entry; without a name, the setting's own is taken.
    package init(
        _ setting: PipelineSetting,
        name: String? = nil,
        _ values: [String],
        source: SettingSource,
        isProposal: Bool = false
    ) {
        self.setting = setting
        self.name = name ?? setting.key
        self.values = values
        self.source = source
        self.isProposal = isProposal
    }

    /// Where the value comes from: more precise than ``source``, if that is a file.
    package func source(of value: String) -> SettingSource {
        guard case .file(let file, _) = self.source, let index = self.values.firstIndex(of: value),
            self.places.indices.contains(index)
        else { return self.source }
        return .file(file, self.places[index])
    }

    /// The same without that value of a list; nil if nothing is left.
    package func without(_ value: String) -> SettingEntry? {
        guard self.setting.shape == .texts, self.values.count > 1, let index = self.values.firstIndex(of: value) else {
            return nil
        }
        var rest = self
        rest.values.remove(at: index)
        if rest.places.indices.contains(index) { rest.places.remove(at: index) }
        return rest
    }

    /// What stands for it on a command line; nothing for words behind two dashes.
    package var arguments: [String] {
        switch self.setting.shape {
        case .text, .number, .duration: self.values.map { "\(self.setting.option)=\($0)" }
        case .toggle: [self.values == ["true"] ? self.setting.option : "--no-\(self.setting.key)"]
        case .texts: self.values.map { "\(self.setting.option)=\($0)" }
        case .names: self.values.isEmpty ? [] : ["\(self.setting.option)=\(self.values.joined(separator: ","))"]
        case .words: []
        }
    }
}
