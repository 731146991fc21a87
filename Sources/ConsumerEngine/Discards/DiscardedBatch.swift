// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// Records that are given up: the shard goes on behind them.
public struct DiscardedBatch: Sendable {
    /// Why records are given up.
    public typealias Condition = DiscardCondition

    /// Why.
    public var condition: Condition
    /// The batch they were in.
    public var id: BatchID
    /// The stream.
    public var streamARN: StreamARN
    /// The shard.
    public var shard: ShardID
    /// The records, oldest first, at least one.
    public var records: [StreamRecord]
    /// How often they were tried; 1 if they never were, as Lambda counts.
    public var invokeCount: Int
    /// What the last attempt answered; nil: there was none, or they were too old.
    public var response: FunctionResponse?
    /// When they were given up.
    public var at: Timestamp

    /// Creates the description.
    public init(
        condition: Condition,
        id: BatchID,
        streamARN: StreamARN,
        shard: ShardID,
        records: [StreamRecord],
        invokeCount: Int,
        response: FunctionResponse?,
        at: Timestamp
    ) {
        self.condition = condition
        self.id = id
        self.streamARN = streamARN
        self.shard = shard
        self.records = records
        self.invokeCount = invokeCount
        self.response = response
        self.at = at
    }
}
