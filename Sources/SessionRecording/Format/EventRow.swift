// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// An event as it is stored.
struct EventRow: Hashable, Sendable {
    /// The event's number in its session.
    var sequence: UInt64
    /// When it happened.
    var at: Timestamp
    /// The name of its kind.
    var kind: String
    /// The shard that it is about.
    var shard: ShardID?
    /// The batch that it is about.
    var batch: BatchID?
    /// How many records it is about.
    var records: Int?
    /// What is not in the other columns, as JSON.
    var payload: [UInt8]
    /// The checksum of the payload.
    var checksum: UInt32
    /// The records of a batch that is formed.
    var content: BatchRow?

    /// About how much room it takes.
    var size: Int { 64 + self.payload.count + (self.content?.data.count ?? 0) }

    /// Whether the payload is what was stored.
    var isWhole: Bool { self.checksum == Compression.checksum(self.payload) }
}
