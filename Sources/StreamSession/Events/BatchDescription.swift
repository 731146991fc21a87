// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A batch as it goes to the handler.
public struct BatchDescription: Hashable, Sendable, Codable {
    /// The batch.
    public var id: BatchID
    /// Its shard; a batch never spans two.
    public var shard: ShardID
    /// The lane of the shard it comes from, from 0; more than one with a parallelization factor.
    public var lane: Int
    /// Its records, oldest first; at least one, but for the last invocation of a tumbling window.
    public var records: [StreamRecord] = []
    /// When its first record was read; of a batch without records, when it was formed.
    public var firstReadAt: Timestamp
    /// Why it was closed.
    public var reason: BatchCloseReason

    // Records are kept beside, not within.
    private enum CodingKeys: String, CodingKey {
        case id, shard, lane, firstReadAt, reason
    }

    /// Creates a description.
    public init(
        id: BatchID,
        shard: ShardID,
        records: [StreamRecord],
        firstReadAt: Timestamp,
        reason: BatchCloseReason,
        lane: Int = 0
    ) {
        self.id = id
        self.shard = shard
        self.records = records
        self.firstReadAt = firstReadAt
        self.reason = reason
        self.lane = lane
    }
}
