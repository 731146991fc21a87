// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import SessionRecording

/// The file in which a session is kept.
struct RecordingTarget: Hashable, Sendable {
    /// The file.
    var path: String
    /// What is left out of it; nil: nothing.
    var redaction: RedactionRule?
    /// The largest size of a part in bytes; nil: there is one file.
    var partBytes: Int?
    /// The largest number of parts that are kept; nil: all.
    var keptParts: Int?
    /// Whether a recording that is there already goes on.
    var appends = false
}
