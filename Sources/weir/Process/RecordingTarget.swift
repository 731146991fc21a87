// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import SessionRecording

/// The file in which a session is kept.
struct RecordingTarget: Hashable, Sendable {
    /// The file.
    var path: String
    /// What is left out of it; nil: nothing.
    var redaction: RedactionRule?
}
