// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// The identity of a row: what the selection follows when rows move.
package enum RowID: Hashable, Sendable {
    case shard(ShardID)
    case batch(BatchID)
    /// A record in the batch that carried it: the same event may come twice.
    case record(EventID, BatchID)
    /// A line of the log.
    case event(UInt64)
}
