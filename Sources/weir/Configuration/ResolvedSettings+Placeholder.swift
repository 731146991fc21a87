// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Settings

extension ResolvedSettings {
    /// Whether they name a stream.
    var isComplete: Bool { self["table"] != nil || self["stream-arn"] != nil }

    /// The same with a table, if no stream is named, for looking at settings that are not complete yet.
    var withPlaceholder: ResolvedSettings {
        guard !self.isComplete, let table = PipelineSetting.named("table") else { return self }
        return self.adding(SettingEntry(table, ["table"], source: .variable(table.variable)))
    }
}
