// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a viewer can ask of a session.
public enum SessionCommand: Hashable, Sendable {
    /// Stop reading and handing out; positions stay.
    case hold
    /// Go on.
    case resume
    /// While held: let one batch through, of one shard or of the one with the oldest waiting record.
    case stepBatch
    /// While held: let one record through as a batch of one.
    case stepRecord
    /// Mark this moment.
    case marker(String)
    /// Keep the session from now on in this file; nil: no longer.
    case record(to: String?)
    /// Move through a recorded session, or back in what is kept of a running one.
    case playback(PlaybackCommand)
    /// Send records to a handler once more.
    case replay(ReplayRequest)
}
