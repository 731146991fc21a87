// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A failed attempt that will be repeated.
public struct BatchRetry: Hashable, Sendable {
    /// The batch.
    public var id: BatchID
    /// Its shard.
    public var shard: ShardID
    /// Number of attempts so far, from 1.
    public var attempt: Int
    /// What went wrong, for people.
    public var reason: String
    /// How long until the next attempt.
    public var delay: Duration

    /// Creates a retry.
    public init(id: BatchID, shard: ShardID, attempt: Int, reason: String, delay: Duration) {
        self.id = id
        self.shard = shard
        self.attempt = attempt
        self.reason = reason
        self.delay = delay
    }
}
