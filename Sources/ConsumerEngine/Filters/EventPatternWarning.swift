// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Something about a valid pattern that its author should know.
public struct EventPatternWarning: Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Works here and on EventBridge; whether Lambda takes it is not known.
        case lambdaMayReject
        /// A condition that no record of a DynamoDB stream fulfils.
        case neverMatches
        /// A condition that every record fulfils.
        case alwaysMatches
    }

    /// What kind of thing.
    public var kind: Kind
    /// Which condition, as in ``EventPatternError/path``.
    public var path: String
    /// What to know, and what to write instead.
    public var message: String

    /// Creates a warning.
    public init(kind: Kind, path: String, message: String) {
        self.kind = kind
        self.path = path
        self.message = message
    }

    /// Place and message.
    public var description: String { "\(self.path): \(self.message)" }
}
