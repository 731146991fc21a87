// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why the endpoint could not start.
public struct LocalEndpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, to match on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Base: String {
            case portInUse, cannotListen
        }
        private let base: Base

        /// Something listens on the port already.
        public static let portInUse = Self(base: .portInUse)
        /// The address or port cannot be used for another reason.
        public static let cannotListen = Self(base: .cannotListen)

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
