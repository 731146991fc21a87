// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// What a handler has done for a batch that is not over, since that was last told.
public struct BatchWork: Hashable, Sendable, Codable {
    /// The batch.
    public var id: BatchID
    /// Its shard.
    public var shard: ShardID
    /// What was done.
    public var work: HandlerWork

    /// Creates a description.
    public init(id: BatchID, shard: ShardID, work: HandlerWork) {
        self.id = id
        self.shard = shard
        self.work = work
    }
}
