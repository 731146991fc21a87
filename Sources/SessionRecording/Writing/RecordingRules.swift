// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How often a recording is written out, and how often it holds a whole state.
public struct RecordingRules: Hashable, Sendable {
    /// The longest that an event waits to be written.
    public var flushInterval = Duration.milliseconds(250)
    /// Bytes that are written at once when they are there earlier.
    public var flushBytes = 1 << 20
    /// Session time after which there is a key frame, if ``keyframeShare`` allows one.
    public var keyframeInterval = Duration.seconds(10)
    /// So many times the size of the key frame before is written first: key frames stay a twentieth of a file.
    public var keyframeShare = 20
    /// Bytes of events after which there is a key frame in any case: it bounds what a seek has to read.
    public var keyframeBytes = 2 << 20
    /// Events after which there is a key frame in any case, for sessions of small events.
    public var keyframeEvents = 4096
    /// Events that wait for the writer; with more, what was missed becomes a gap.
    public var waitingEvents = 8192

    /// The largest size of a file in bytes, behind which the recording goes on in another part; nil: no limit.
    ///
    /// A part is larger only if the state it begins with takes half of that.
    public var partBytes: Int?
    /// The largest number of parts that are kept, the newest ones; nil: all.
    public var keptParts: Int?
    /// The largest number of SQLite's pages in a file, which stands in for a full disk in tests; nil: no limit.
    var pageLimit: Int?

    /// Creates the rules.
    public init() {}
}
