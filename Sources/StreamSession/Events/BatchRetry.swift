// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// An attempt that did not end well, after which something of the batch comes again.
public struct BatchRetry: Hashable, Sendable, Codable {
    /// What comes again.
    public enum Change: Hashable, Sendable, Codable {
        /// The same records: one attempt is used up.
        case again
        /// The same records: the handler was throttled or out of reach, and no attempt is used up.
        case notInvoked
        /// The halves, one after the other.
        case split(first: Int, second: Int)
        /// What is left behind the records that are done; attempts are counted anew.
        case rest(done: Int, left: Int)
    }

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
    /// What comes again.
    public var change: Change

    /// Creates a retry.
    public init(
        id: BatchID,
        shard: ShardID,
        attempt: Int,
        reason: String,
        delay: Duration,
        change: Change = .again
    ) {
        self.id = id
        self.shard = shard
        self.attempt = attempt
        self.reason = reason
        self.delay = delay
        self.change = change
    }
}
