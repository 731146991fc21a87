// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Ends the program with a message on standard error.
struct ProgramFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The exit code.
    var status: Int32
    /// What went wrong and what to do; nil: everything is said already.
    var message: String?
    /// Lines behind the message, such as a command to be copied.
    var details: [String]

    /// Creates a failure.
    init(status: Int32, message: String?, details: [String] = []) {
        self.status = status
        self.message = message
        self.details = details
    }

    /// What is said of it; no line: everything is said already.
    var lines: [String] { self.message.map { ["weir: \($0)"] + self.details } ?? [] }

    /// The message.
    var description: String { self.message ?? "exit code \(self.status)" }
}
