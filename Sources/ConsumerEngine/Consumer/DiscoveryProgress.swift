// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession

/// What is known of listing shards.
package struct DiscoveryProgress: Hashable, Sendable {
    /// How often a child of an ended shard is looked for in quick succession.
    ///
    /// Source: the Kinesis adapter's consumer of DynamoDB streams.
    package static let eagerTries = 10

    /// The stream's state as last listed; nil before the first list.
    package var status: StreamStatus?
    /// Quick looks made since the newest shard ended.
    package var eagerTries = 0
    /// The service's time at the last list, by which a shard begins at LATEST; nil: it does not tell it.
    package var serviceTime: Timestamp?
    /// When a list last brought a shard, or a shard ended; nil before the first list.
    package var lastChangeAt: Timestamp?
    /// Calls that failed in a row.
    package var failures = 0
    /// Whether it was said that there is nothing to read.
    package var hasToldEmpty = false
    /// Whether it was said that nothing is left to read of a stream that is off.
    package var hasToldEnd = false

    /// Creates the progress before the first list.
    package init() {}
}
