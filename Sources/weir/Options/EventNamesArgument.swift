// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DynamoDBModel

/// Event names with commas between them, in any case.
enum EventNamesArgument {
    /// Reads names; each at most once, at least one.
    @Sendable static func parse(_ text: String) throws -> Set<ChangeKind> {
        var kinds: Set<ChangeKind> = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = ChangeKind(rawValue: name.uppercased()) else {
                throw ValidationError(
                    "a list of INSERT, MODIFY and REMOVE is accepted, with commas and no spaces between them"
                )
            }
            kinds.insert(kind)
        }
        return kinds
    }
}
