// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// How far a shard is done.
public enum CheckpointPosition: Hashable, Sendable, Codable {
    /// Nothing yet, and nothing has come: reading began at the oldest record, at this time.
    case trimHorizon(Timestamp)
    /// Nothing yet, and nothing has come: reading began at LATEST at this moment.
    case startedAt(StartMoment)
    /// Nothing yet: this record is the first one.
    case before(SequenceNumber)
    /// Up to and including this record.
    case sequenceNumber(SequenceNumber)
    /// To its end.
    case shardEnd

    /// When reading began, if no record is known; nil: one is, and whether it was trimmed can be told.
    public var beganAt: Timestamp? {
        switch self {
        case .trimHorizon(let time): time
        case .startedAt(let moment): moment.time
        case .before, .sequenceNumber, .shardEnd: nil
        }
    }
}
