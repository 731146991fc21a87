// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// How far a shard is done.
public enum CheckpointPosition: Hashable, Sendable, Codable {
    /// Nothing yet: reading began at the oldest record, and until this time nothing had come.
    case trimHorizon(quietUntil: Timestamp)
    /// Nothing yet: reading began at LATEST at this moment, and until this time nothing had come.
    case startedAt(StartMoment, quietUntil: Timestamp)
    /// Nothing yet: this record is the first one.
    case before(SequenceNumber)
    /// Up to and including this record.
    case sequenceNumber(SequenceNumber)
    /// Up to this record, behind which records were trimmed; that was told, and until this time nothing more had come.
    case trimmed(SequenceNumber, quietUntil: Timestamp)
    /// To its end.
    case shardEnd

    /// Until when nothing had come, if the next record is not known by its number; nil: reading goes on at a number, and
    /// whether that was trimmed is told by the service.
    public var quietUntil: Timestamp? {
        switch self {
        case .trimHorizon(let time), .startedAt(_, let time), .trimmed(_, let time): time
        case .before, .sequenceNumber, .shardEnd: nil
        }
    }

    /// The same position when still nothing has come; nil: reading goes on at a number.
    public func quiet(until time: Timestamp) -> CheckpointPosition? {
        switch self {
        case .trimHorizon: .trimHorizon(quietUntil: time)
        case .startedAt(let moment, _): .startedAt(moment, quietUntil: time)
        case .trimmed(let number, _): .trimmed(number, quietUntil: time)
        case .before, .sequenceNumber, .shardEnd: nil
        }
    }
}
