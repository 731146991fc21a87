// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How often a recording is written out, and how often it holds a whole state.
public struct RecordingRules: Hashable, Sendable {
    /// The longest that an event waits to be written.
    public var flushInterval = Duration.milliseconds(250)
    /// Bytes that are written at once when they are there earlier.
    public var flushBytes = 1 << 20
    /// The longest between two key frames, in session time.
    public var keyframeInterval = Duration.seconds(10)
    /// Bytes of events after which there is a key frame earlier: it bounds what a seek has to read.
    public var keyframeBytes = 4 << 20
    /// Events that wait for the writer; with more, what was missed becomes a gap.
    public var waitingEvents = 8192

    /// Creates the rules.
    public init() {}
}
