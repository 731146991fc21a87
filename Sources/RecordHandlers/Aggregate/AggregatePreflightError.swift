// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why adding up may not begin.
package struct AggregatePreflightError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong, to match on.
    package enum Code: String, Hashable, Sendable {
        /// The table does not exist.
        case missingTable
        /// The table cannot be described or read.
        case notReachable
        /// The table is the stream's own.
        case sameTable
        /// The table's key is not one text.
        case unfitKey
        /// A value would be kept in the key's attribute.
        case unfitName
        /// The table keeps another aggregate.
        case otherDefinition
    }

    /// What was wrong, to match on.
    package var code: Code
    /// What was wrong and what to do, for people.
    package var description: String

    /// Creates a refusal.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
