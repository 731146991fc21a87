// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Records of a batch that are done while the rest of it is not.
public struct BatchAdvance: Hashable, Sendable, Codable {
    /// The batch.
    public var id: BatchID
    /// Its shard.
    public var shard: ShardID
    /// Number of records that are done now.
    public var records: Int

    /// Creates a description.
    public init(id: BatchID, shard: ShardID, records: Int) {
        self.id = id
        self.shard = shard
        self.records = records
    }
}
