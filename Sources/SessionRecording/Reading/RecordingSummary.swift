// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// What there is in a recording, as far as it can be read without going through it.
public struct RecordingSummary: Hashable, Sendable {
    /// What the file says of itself.
    public var header: RecordingHeader
    /// The version of its format, `2.0`.
    public var format: String
    /// How it came to its end.
    public var completeness: RecordingCompleteness
    /// What the session was about; nil if the file does not tell.
    public var description: SessionDescription?
    /// Why the session ended; nil if that is not recorded.
    public var endedBecause: String?
    /// The session time of the first state or event.
    public var first: Timestamp?
    /// The session time of the last one.
    public var last: Timestamp?
    /// Events.
    public var events = 0
    /// Batches that were formed.
    public var batches = 0
    /// Their records.
    public var records = 0
    /// Whole states.
    public var keyframes = 0
    /// Moments that somebody marked.
    public var markers = 0
    /// Places at which the recorder could not follow.
    public var gaps = 0
    /// Events that are missing there.
    public var missingEvents = 0
    /// Times that another run went on in the file.
    public var resumptions = 0
    /// Times that reading was held.
    public var holds = 0
    /// Losses of records that the session has told of.
    public var losses = 0
    /// Bytes of the file, what is not yet in its main part included.
    public var size = ByteCount(0)
    /// Whether the session goes on in another part.
    public var isContinued = false
    /// Files beside it that hold other parts of the session.
    public var otherParts: [RecordingPart] = []
    /// What a report says beside its session.
    package var facts: [RecordingFact] = []
    /// Whether something of this could not be read.
    public var isDamaged = false
}
