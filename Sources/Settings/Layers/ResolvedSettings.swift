// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The settings that hold, of all that were given.
package struct ResolvedSettings: Hashable, Sendable {
    /// One that is not used, and why.
    package struct SetAside: Hashable, Sendable {
        package var entry: SettingEntry
        package var reason: String
    }

    /// Those that hold, one for each setting that somebody has given, in the order of all settings.
    package private(set) var entries: [SettingEntry] = []
    /// Those that were given and could hold, were it not for others.
    package private(set) var setAside: [SetAside] = []

    /// Lets later layers win over earlier ones.
    ///
    /// - Parameters:
    ///   - layers: What was given, the weakest first.
    ///   - command: The command, whose settings alone count; nil: all.
    package init(_ layers: [[SettingEntry]], command: PipelineSetting.Command?) {
        var winners: [String: (entry: SettingEntry, layer: Int)] = [:]
        for (number, layer) in layers.enumerated() {
            for entry in layer where command.map(entry.setting.commands.contains) ?? true {
                winners[entry.setting.key] = (entry, number)
            }
        }
        let handler = winners["handler"]
        for setting in PipelineSetting.all {
            guard let (entry, layer) = winners[setting.key] else { continue }
            if let other = setting.alternative.flatMap({ winners[$0] }), other.layer > layer {
                self.setAside.append(
                    SetAside(entry: entry, reason: "\(other.entry.name) is set by \(other.entry.source)")
                )
            } else if let reason = Self.reason(against: entry, in: layer, handler: handler) {
                self.setAside.append(SetAside(entry: entry, reason: reason))
            } else {
                self.entries.append(entry)
            }
        }
    }

    /// A setting of another handler than the one that was chosen later, or that nobody chose, is not meant.
    private static func reason(
        against entry: SettingEntry,
        in layer: Int,
        handler: (entry: SettingEntry, layer: Int)?
    ) -> String? {
        let name = handler?.entry.values.first ?? "observe"
        let suits =
            switch entry.setting.owner {
            case .pipeline: true
            case .handler(let owner): owner == name
            case .acting: name != "observe"
            }
        guard !suits, entry.isProposal || layer < handler?.layer ?? 0 else { return nil }
        return handler.map { "the handler is \(name), set by \($0.entry.source)" }
            ?? "no handler is chosen; \(entry.setting.ownerHint) lets it hold, and asks first"
    }

    /// Those that do not hold, as if they did.
    var setAsideAlone: ResolvedSettings {
        var result = ResolvedSettings([], command: nil)
        result.entries = self.setAside.map(\.entry)
        return result
    }

    /// The same without some of them.
    package func without(_ keys: Set<String>) -> ResolvedSettings {
        var result = self
        result.entries.removeAll { keys.contains($0.setting.key) }
        return result
    }

    /// The same with one more.
    package func adding(_ entry: SettingEntry) -> ResolvedSettings {
        var result = self
        result.entries.append(entry)
        return result
    }

    /// The same with another entry for its setting.
    package func replacing(_ entry: SettingEntry) -> ResolvedSettings {
        var result = self
        for index in result.entries.indices where result.entries[index].setting.key == entry.setting.key {
            result.entries[index] = entry
        }
        return result
    }

    /// The one of that name.
    package subscript(key: String) -> SettingEntry? {
        self.entries.first { $0.setting.key == key }
    }

    /// Those that do not come from the command line.
    package var inherited: [SettingEntry] {
        self.entries.filter { entry in
            if case .option = entry.source { false } else { true }
        }
    }
}

extension PipelineSetting {
    /// The setting that says the same in another way.
    var alternative: String? {
        switch self.key {
        case "table": "stream-arn"
        case "stream-arn": "table"
        case "filter": "filter-criteria"
        case "filter-criteria": "filter"
        default: nil
        }
    }

    /// What has to be chosen for the setting to hold, in a file; nil: nothing.
    var choice: String? {
        switch self.owner {
        case .handler(let name): "With handler = \"\(name)\"."
        case .acting: "With a handler other than observe."
        case .pipeline:
            ["stream-arn", "filter-criteria"].contains(self.key) ? self.alternative.map { "Instead of \($0)." } : nil
        }
    }

    /// The option that the setting waits for.
    var ownerHint: String {
        switch self.owner {
        case .pipeline: ""
        case .handler(let name): "--handler \(name)"
        case .acting: "--handler with something other than observe"
        }
    }
}
