// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A failure of a checkpoint store.
public struct CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, to match on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Base: String { case backwards, leaseLost, storage, heldElsewhere }
        private let base: Base
        /// The position would move back.
        public static let backwards = Code(base: .backwards)
        /// Another worker has the shard now; stop at once and do not store.
        public static let leaseLost = Code(base: .leaseLost)
        /// The store cannot be read or written.
        public static let storage = Code(base: .storage)
        /// Another process works with the same identity.
        public static let heldElsewhere = Code(base: .heldElsewhere)
        /// The code's name.
        public var description: String { self.base.rawValue }
    }

    /// What went wrong, to match on.
    public var code: Code
    /// What was tried, on what, and what to do.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { self.message }
}
