// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Ends the program with a message on standard error.
struct ProgramFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The exit code.
    var status: Int32
    /// What went wrong and what to do; nil: everything is said already.
    var message: String?

    /// Creates a failure.
    init(status: Int32, message: String?) {
        self.status = status
        self.message = message
    }

    /// The message.
    var description: String { self.message ?? "exit code \(self.status)" }
}
