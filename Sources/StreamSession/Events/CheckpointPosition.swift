// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// How far a shard is done.
public enum CheckpointPosition: Hashable, Sendable, Codable {
    /// Nothing yet: reading began at the oldest record.
    case trimHorizon
    /// Nothing yet: reading began at LATEST at this moment.
    case startedAt(StartMoment)
    /// Up to and including this record.
    case sequenceNumber(SequenceNumber)
    /// To its end.
    case shardEnd
}
