// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a command was refused.
public struct SessionCommandError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong and what to do, for people.
    public var description: String

    /// Creates a refusal.
    public init(_ description: String) {
        self.description = description
    }
}
