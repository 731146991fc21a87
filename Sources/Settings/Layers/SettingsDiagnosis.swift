// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Finds everything that is wrong with settings, with the help of a parser that names one thing at a time.
package struct SettingsDiagnosis: Hashable, Sendable {
    /// What is wrong with what files and variables say.
    package private(set) var remarks: [SettingRemark] = []
    /// What is wrong with the rest; nil: nothing, as far as one can tell.
    package private(set) var ownFailure: String?

    /// Parses again and again, each time without what the last message was about.
    ///
    /// A message counts for the settings whose options it names: it is a rule that each names all that it is about. One that
    /// names something taken out before is taken for its consequence, and is not told.
    ///
    /// - Parameters:
    ///   - settings: What holds.
    ///   - unread: Keys of settings whose values could not be read, which has been said.
    ///   - failure: Parses inherited settings together with what was given; returns what the parser says, nil if it is content.
    package init(of settings: ResolvedSettings, unread: Set<String> = [], failure: ([SettingEntry]) -> String?) {
        self.init(of: settings, without: unread, valuesAlone: false, failure: failure)
    }

    /// Looks in the same way at the values that do not hold; what they do not go together with does not matter then.
    ///
    /// - Parameters:
    ///   - settings: What holds, and what does not.
    ///   - failure: As above.
    package init(ofSetAside settings: ResolvedSettings, failure: ([SettingEntry]) -> String?) {
        self.init(of: settings.setAsideAlone, without: [], valuesAlone: true, failure: failure)
    }

    private init(
        of settings: ResolvedSettings,
        without unread: Set<String>,
        valuesAlone: Bool,
        failure: ([SettingEntry]) -> String?
    ) {
        let names = Dictionary(uniqueKeysWithValues: settings.inherited.map { ($0.setting.key, $0.name) })
        guard !valuesAlone || !settings.entries.isEmpty else { return }
        var left = settings
        var removed = unread
        while let message = failure(left.inherited) {
            let complaint = ParserComplaint(message, names: names)
            guard complaint.value != nil || !valuesAlone else { return }
            let known = Set(left.inherited.map(\.setting.key))
            let culprits = complaint.keys.filter(known.contains)
            let isConsequence = complaint.keys.contains(where: removed.contains)
            guard !culprits.isEmpty else {
                if !isConsequence { self.ownFailure = message }
                return
            }
            if !isConsequence {
                let sources = culprits.compactMap { left[$0]?.source(of: complaint.value ?? "") }
                self.remarks.append(SettingRemark(.error, sources.sorted(by: SettingSource.isBefore), complaint.text))
            }
            if let value = complaint.value, let rest = left[culprits[0]]?.without(value) {
                left = left.replacing(rest)
            } else {
                removed.formUnion(culprits)
                left = left.without(Set(culprits))
            }
        }
    }
}
