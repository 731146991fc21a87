// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine

/// What `weir filter test` says of a record.
enum FilterReport {
    /// One line for the verdict and, where no pattern matches, one for each condition that is not met.
    static func lines(_ explanation: FilterExplanation, place: String) -> [String] {
        let verdicts = explanation.verdicts
        guard explanation.isMatch else {
            return ["\(place): does not match"]
                + verdicts.enumerated().flatMap { index, verdict in
                    let number = verdicts.count > 1 ? "pattern \(index + 1): " : ""
                    return verdict.mismatches.map { "  \(number)\($0)" }
                }
        }
        let matching = verdicts.indices.filter { verdicts[$0].mismatches.isEmpty }.map { String($0 + 1) }
        let which = verdicts.count > 1 ? " (pattern \(matching.joined(separator: ", ")))" : ""
        return ["\(place): matches\(which)"]
    }
}
