// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Something that happened in a session: the unit that is published, shown, recorded and sent.
public struct SessionEvent: Hashable, Sendable {
    /// Counts the events of a session from 1, without gaps.
    public var sequence: UInt64
    /// Session time: when the engine saw it happen.
    ///
    /// Never earlier than the event before.
    public var at: Timestamp
    /// What happened.
    public var kind: Kind

    /// Creates an event.
    public init(sequence: UInt64, at: Timestamp, kind: Kind) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
    }

    /// What can happen in a session.
    public enum Kind: Hashable, Sendable {
        /// The session began.
        case started(SessionDescription)
        /// The stream's own state became known or changed.
        case streamChanged(StreamStatus)
        /// A shard was listed for the first time, or closed since it was last listed.
        case shardListed(ShardDescription)
        /// A shard's reader changed what it is doing.
        case shardChanged(ShardID, ShardActivity)
        /// The session, or a shard, is in another state of an event source mapping.
        case stateChanged(StateChange)
        /// GetRecords answered.
        case read(ReadSummary)
        /// A call failed, of the engine or of a handler.
        case callFailed(CallFailure)
        /// A batch was formed and goes to the handler for the first time.
        case batchFormed(BatchDescription)
        /// One attempt of a batch did not end well, and something of the batch comes again.
        case batchRetried(BatchRetry)
        /// Records of a batch are done while the rest of it is not.
        case batchAdvanced(BatchAdvance)
        /// The handler has worked on a batch that is not over; told once a second.
        case batchWorked(BatchWork)
        /// Records were given up.
        case discarded(RecordDiscard)
        /// A batch left the engine, done or given up.
        case batchFinished(BatchOutcome)
        /// The position up to which a shard is done was stored.
        case checkpoint(ShardID, CheckpointPosition)
        /// A repeated eventID was recognised; it is delivered all the same.
        case duplicate(ShardID, EventID)
        /// Records are gone before they could be read.
        case dataLost(DataLoss)
        /// The handler's bound on its own writes has changed.
        case paced(WritePace)
        /// Holding began, ended, or let something through.
        case hold(HoldChange)
        /// A call of the service failed, or a notice for people.
        case notice(Notice)
        /// The engine's regular figures, one a second; closes the second for charts.
        case sample(EngineSample)
        /// A person marked this moment.
        case marker(String)
        /// Somebody had records sent to a handler once more.
        case replayed(SessionReplay)
        /// So many events are missing here.
        case gap(Int)
        /// A recording goes on with another run of the same pipeline; nothing was recorded since that time.
        case resumed(Timestamp)
        /// The session ended in an orderly way.
        case ended(String)
    }
}
