// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What there is in a recording.
public struct RecordingExtent: Hashable, Sendable {
    /// Events.
    public var events = 0
    /// The session time of the first state or event; nil if there is nothing.
    public var first: Timestamp?
    /// The session time of the last state or event.
    public var last: Timestamp?
    /// The newest event.
    public var lastSequence: UInt64?
    /// Whether its writer has finished it; otherwise it is being written, or its writer was killed.
    public var isSealed = false
    /// Whether parts of it cannot be read: the rest is what there is.
    public var isDamaged = false
}

/// A place in a recording.
public enum RecordingMoment: Hashable, Sendable {
    /// A session time.
    case time(Timestamp)
    /// An event.
    case sequence(UInt64)
}

/// A way through a recording.
public enum RecordingDirection: Hashable, Sendable {
    /// To its beginning.
    case before
    /// To its end.
    case after
}
