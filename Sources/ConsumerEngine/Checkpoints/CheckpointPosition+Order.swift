// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession

extension CheckpointPosition {
    /// Whether this position is further back in its shard than another.
    ///
    /// The beginning is before all sequence numbers, and the end behind them. A beginning that is stored stays: what came
    /// after it may not be handled yet.
    package func isBefore(_ other: CheckpointPosition) -> Bool {
        let (own, others) = (self.place, other.place)
        guard own.region == others.region, let number = own.number, let otherNumber = others.number else {
            return own.region < others.region
        }
        return number == otherNumber ? own.isBehind < others.isBehind : number < otherNumber
    }

    /// Where it is: the beginning (0), a record (1) with the side of it, or the end (2).
    ///
    /// What was trimmed behind a record is behind that one and before the next.
    private var place: (region: Int, number: SequenceNumber?, isBehind: Int) {
        switch self {
        case .trimHorizon, .startedAt: (0, nil, 0)
        case .before(let number): (1, number, 0)
        case .sequenceNumber(let number): (1, number, 1)
        case .trimmed(let number, _): (1, number, 2)
        case .shardEnd: (2, nil, 0)
        }
    }

    /// The position as text: the number, `BEFORE` or `TRIMMED` and a number, `SHARD_END`, `TRIM_HORIZON`, or the moment of LATEST
    /// behind `STARTED_AT_SERVICE_TIME`, or behind `STARTED_AT` if it is by the consumer's clock; times are milliseconds since 1970,
    /// and the last one is ``quietUntil``.
    package var text: String {
        switch self {
        case .trimHorizon(let time): "TRIM_HORIZON \(time.milliseconds)"
        case .startedAt(let moment, let time):
            "\(Self.word(moment.clock)) \(moment.time.milliseconds) \(time.milliseconds)"
        case .before(let number): "BEFORE \(number.text)"
        case .sequenceNumber(let number): number.text
        case .trimmed(let number, let time): "TRIMMED \(number.text) \(time.milliseconds)"
        case .shardEnd: "SHARD_END"
        }
    }

    /// What a beginning by such a clock is called in ``text``.
    package static func word(_ clock: StartMoment.Clock) -> String {
        switch clock {
        case .service: "STARTED_AT_SERVICE_TIME"
        case .consumer: "STARTED_AT"
        }
    }
}
