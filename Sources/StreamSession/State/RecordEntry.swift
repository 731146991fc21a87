// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A record in the list of the newest.
public struct RecordEntry: Hashable, Sendable {
    /// The record.
    public var record: StreamRecord
    /// Its shard.
    public var shard: ShardID
    /// The batch that carried it.
    public var batch: BatchID
    /// When that batch was formed.
    public var deliveredAt: Timestamp
    /// Whether its eventID was seen before.
    public var isDuplicate: Bool

    /// Creates an entry.
    public init(record: StreamRecord, shard: ShardID, batch: BatchID, deliveredAt: Timestamp, isDuplicate: Bool) {
        self.record = record
        self.shard = shard
        self.batch = batch
        self.deliveredAt = deliveredAt
        self.isDuplicate = isDuplicate
    }
}
