// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Records that were given up: the shard goes on behind them.
public struct RecordDiscard: Hashable, Sendable, Codable {
    /// The batch they were in.
    public var id: BatchID
    /// Its shard.
    public var shard: ShardID
    /// Why.
    public var condition: DiscardCondition
    /// Number of records, at least 1.
    public var records: Int
    /// The first of them.
    public var first: SequenceNumber
    /// The last of them.
    public var last: SequenceNumber
    /// How often they were tried; 1 if they never were, as Lambda counts.
    public var invokeCount: Int
    /// The newest failure, for people; nil: there was none.
    public var reason: String?
    /// What became of the message to the failure destination.
    public var message: MessageFate

    /// What became of the message to the failure destination.
    public enum MessageFate: Hashable, Sendable, Codable {
        /// There is no destination.
        case none
        /// The destination has it.
        case delivered
        /// The destination failed, and the message is dropped; the reason is for people.
        case dropped(reason: String)
    }

    /// Creates a description.
    public init(
        id: BatchID,
        shard: ShardID,
        condition: DiscardCondition,
        records: Int,
        first: SequenceNumber,
        last: SequenceNumber,
        invokeCount: Int,
        reason: String?,
        message: MessageFate
    ) {
        self.id = id
        self.shard = shard
        self.condition = condition
        self.records = records
        self.first = first
        self.last = last
        self.invokeCount = invokeCount
        self.reason = reason
        self.message = message
    }
}
