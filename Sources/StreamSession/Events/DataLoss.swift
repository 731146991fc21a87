// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Records that are gone before they could be read.
public struct DataLoss: Hashable, Sendable, Codable {
    /// The shard.
    public var shard: ShardID
    /// The position that is no longer there; nil if the whole shard vanished.
    public var after: SequenceNumber?
    /// What was found, for people.
    public var reason: String

    /// Creates a loss.
    public init(shard: ShardID, after: SequenceNumber?, reason: String) {
        self.shard = shard
        self.after = after
        self.reason = reason
    }
}
