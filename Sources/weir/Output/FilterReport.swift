// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine

/// What `weir filter test` says of a record.
enum FilterReport {
    /// One line for the verdict, and one for each pattern that does not match where none does.
    static func lines(_ explanation: FilterExplanation, place: String) -> [String] {
        let verdicts = explanation.verdicts
        guard explanation.isMatch else {
            return ["\(place): does not match"]
                + verdicts.enumerated().map { index, verdict in
                    let number = verdicts.count > 1 ? "pattern \(index + 1): " : ""
                    return "  \(number)\(verdict.mismatch?.description ?? "")"
                }
        }
        let matching = verdicts.indices.filter { verdicts[$0].mismatch == nil }.map { String($0 + 1) }
        let which = verdicts.count > 1 ? " (pattern \(matching.joined(separator: ", ")))" : ""
        return ["\(place): matches\(which)"]
    }
}
