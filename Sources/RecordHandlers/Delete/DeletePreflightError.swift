// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why deleting may not begin.
package struct DeletePreflightError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong, to match on.
    package enum Code: String, Hashable, Sendable {
        /// A table does not exist.
        case missingTable
        /// A table cannot be described.
        case notReachable
        /// The staging table is the stream's own.
        case sameTable
        /// The key attributes differ.
        case differentKeys
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
