// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// The engine's regular figures.
public struct EngineSample: Hashable, Sendable, Codable {
    /// Records read and waiting for their batch or for a batch before them.
    public var waitingRecords: Int
    /// Records in handlers.
    public var inFlightRecords: Int
    /// The oldest record not yet done, by its creation time; nil when nothing waits.
    public var oldestPendingCreatedAt: Timestamp?
    /// The same of each shard in which something waits.
    public var oldestPendingByShard: [ShardID: Timestamp]

    /// Creates a sample.
    public init(
        waitingRecords: Int,
        inFlightRecords: Int,
        oldestPendingCreatedAt: Timestamp?,
        oldestPendingByShard: [ShardID: Timestamp] = [:]
    ) {
        self.waitingRecords = waitingRecords
        self.inFlightRecords = inFlightRecords
        self.oldestPendingCreatedAt = oldestPendingCreatedAt
        self.oldestPendingByShard = oldestPendingByShard
    }
}
