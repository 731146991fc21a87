// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// A lane of a shard: the records of some partition keys, one batch at a time.
package struct LaneID: Hashable, Sendable {
    /// The shard.
    package let shard: ShardID
    /// Its number, from 0.
    package let number: Int

    /// Names a lane.
    package init(_ shard: ShardID, _ number: Int = 0) {
        self.shard = shard
        self.number = number
    }
}
