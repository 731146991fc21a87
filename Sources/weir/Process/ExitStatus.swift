// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The program's exit codes; what a signal ended exits with 128 and its number.
enum ExitStatus {
    /// All went well, or a limit that the user set was reached.
    static let success: Int32 = 0
    /// It failed.
    static let failure: Int32 = 1
    /// Wrong usage, or a terminal that nobody knows.
    static let usage: Int32 = 2
    /// A recording is damaged.
    static let damaged: Int32 = 3
    /// Stream or credentials are not reachable.
    static let unreachable: Int32 = 4
}
