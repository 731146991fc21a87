// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why there is no screen.
package struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, to match on.
    package struct Code: Hashable, Sendable {
        private enum Base: Hashable { case notATerminal, noScreen, unknownTerminal, alreadyOpen, system }
        private let base: Base
        /// Output is not a terminal, or there is none to read keys from.
        package static let notATerminal = Self(base: .notATerminal)
        /// TERM is not set or says that the terminal cannot show a screen.
        package static let noScreen = Self(base: .noScreen)
        /// The data base has no entry for TERM, or one that is not enough for a screen.
        package static let unknownTerminal = Self(base: .unknownTerminal)
        /// There is a screen already.
        package static let alreadyOpen = Self(base: .alreadyOpen)
        /// The system refused something.
        package static let system = Self(base: .system)
    }

    /// What went wrong.
    package var code: Code
    /// What went wrong and what to do, for people.
    package var description: String
}
