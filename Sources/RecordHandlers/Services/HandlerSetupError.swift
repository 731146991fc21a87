// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a handler or a failure destination cannot be used; found before anything begins.
package struct HandlerSetupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, to match on.
    package enum Code: String, Hashable, Sendable {
        /// There is no such program.
        case programNotFound
        /// There is one, but it may not be run.
        case programNotExecutable
        /// An option's value is not what it should be.
        case invalidSetting
        /// A file cannot be opened.
        case unusableFile
        /// A queue, a topic or a bucket is of a kind that is not supported.
        case unsupportedDestination
    }

    /// What is wrong, to match on.
    package var code: Code
    /// What is wrong and what to do, for people.
    package var description: String

    /// Creates an error.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
