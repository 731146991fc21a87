// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a store could not be opened.
public struct LocalStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, to match on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Base: String {
            case cannotOpen, inUse, notOurs, invalidConfiguration
        }
        private let base: Base

        /// The file cannot be created or opened.
        public static let cannotOpen = Self(base: .cannotOpen)
        /// Another process has the file open.
        public static let inUse = Self(base: .inUse)
        /// The file is no store, or one of a newer version.
        public static let notOurs = Self(base: .notOurs)
        /// A setting is out of its range.
        public static let invalidConfiguration = Self(base: .invalidConfiguration)

        /// The code's name.
        public var description: String { self.base.rawValue }
    }

    /// What went wrong, to match on.
    public let code: Code
    /// What was tried, on what, and what to do.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
