// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// FilterCriteria of an event source mapping as JSON: `{"Filters": [{"Pattern": "{…}"}]}`.
package enum FilterCriteriaText {
    /// What is accepted, for errors.
    package static let form = #"{"Filters": [{"Pattern": "…"}]}"#

    /// The texts of its patterns, in their order.
    ///
    /// - Parameter json: The criteria.
    /// - Returns: The patterns; nil if the text is something else. Empty for criteria without filters.
    package static func patterns(in json: String) -> [String]? {
        guard let node = try? SettingsNode(json: json, file: ""), let members = node.members else { return nil }
        guard let member = members.first else { return [] }
        guard members.count == 1, member.name == "Filters", let filters = member.node.elements else { return nil }
        let patterns = filters.compactMap { filter -> String? in
            guard let members = filter.members, members.count == 1, members[0].name == "Pattern" else { return nil }
            return members[0].node.text
        }
        return patterns.count == filters.count ? patterns : nil
    }
}
