// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// The right to work on a shard, and its position.
public struct Lease: Hashable, Sendable {
    /// The shard.
    public var shard: ShardID
    /// Who has it.
    public var owner: String
    /// Grows each time the lease is taken; what an older holder writes is refused.
    public var term: UInt64
    /// Up to where the shard is done, or where it began if nothing is done yet.
    public var position: CheckpointPosition

    /// Creates a lease.
    public init(shard: ShardID, owner: String, term: UInt64, position: CheckpointPosition) {
        self.shard = shard
        self.owner = owner
        self.term = term
        self.position = position
    }
}
