// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// One answer of GetRecords.
public struct ReadSummary: Hashable, Sendable, Codable {
    /// The shard.
    public var shard: ShardID
    /// Records in the answer.
    public var records: Int
    /// Of these, not wanted (event name or filter); they move the checkpoint.
    public var filteredOut: Int
    /// Bytes of the records, by their own `SizeBytes`.
    public var size: ByteCount
    /// The youngest record's creation time; nil for an empty answer.
    public var newestCreatedAt: Timestamp?
    /// How long the call took.
    public var duration: Duration

    /// Creates a summary.
    public init(
        shard: ShardID,
        records: Int,
        filteredOut: Int,
        size: ByteCount,
        newestCreatedAt: Timestamp?,
        duration: Duration
    ) {
        self.shard = shard
        self.records = records
        self.filteredOut = filteredOut
        self.size = size
        self.newestCreatedAt = newestCreatedAt
        self.duration = duration
    }
}
