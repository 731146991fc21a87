// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How a recording came to its end.
public enum RecordingCompleteness: String, Hashable, Sendable {
    /// Its writer has finished it.
    case complete
    /// It is being written.
    case growing
    /// Its writer was ended before it could finish: what was written before is there.
    case cutOff = "cut-off"
}
