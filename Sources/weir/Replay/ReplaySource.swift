// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import SessionRecording
import StreamSession

/// Where records come from that are sent once more.
struct ReplaySource: Sendable {
    /// What the session is about, with the place of the target; nil: not known yet.
    var session: @Sendable () -> SessionDescription?
    /// Finds what is chosen; throws why it cannot be sent.
    var find: @Sendable (ReplaySelection, SessionDescription) throws -> ReplayStream

    /// Records of a session that runs, as they were shown.
    static func live(_ session: @escaping @Sendable () -> SessionState) -> ReplaySource {
        ReplaySource(
            session: { session().description },
            find: { ReplayStream($0, session: $1, lineage: session().shards.map(\.description)) }
        )
    }

    /// Records of a recording, read from its file.
    static func recording(_ recording: ReplayRecording, _ session: SessionDescription) -> ReplaySource {
        ReplaySource(
            session: { session },
            find: { selection, _ in try recording.stream(RecordingSelection(selection)) }
        )
    }
}
