// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What is shown, recorded and sent: a whole state, or what changes it.
public enum SessionFrame: Sendable {
    /// The whole state; takes the place of whatever the reader had.
    case keyframe(SessionState)
    /// One event on top of it.
    case event(SessionEvent)
}
