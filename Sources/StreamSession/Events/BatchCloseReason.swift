// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why a batch was closed.
public enum BatchCloseReason: String, Hashable, Sendable, Codable {
    /// It has as many records as asked for.
    case full
    /// The window ran out, or there is none and one read is over.
    case window
    /// Another record would pass 6 MB.
    case bytes
    /// The next record belongs to another tumbling window, or the window is over.
    case tumblingWindow
    /// The shard has ended.
    case shardEnd
    /// The user stepped.
    case step
    /// The session is ending and what is there is delivered.
    case drain
}
