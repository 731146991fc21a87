// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A session, or a shard of it, is in another state.
public struct StateChange: Hashable, Sendable, Codable {
    /// The shard; nil: the whole session.
    public var shard: ShardID?
    /// The state before; nil: this is the first one.
    public var from: MappingState?
    /// The state now.
    public var to: MappingState

    /// Creates a change.
    public init(shard: ShardID? = nil, from: MappingState?, to: MappingState) {
        self.shard = shard
        self.from = from
        self.to = to
    }
}
