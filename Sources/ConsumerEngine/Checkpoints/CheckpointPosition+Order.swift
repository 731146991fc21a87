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
        switch (self, other) {
        case (.trimHorizon, .trimHorizon), (.trimHorizon, .startedAt), (.startedAt, .trimHorizon): false
        case (.startedAt, .startedAt): false
        case (.trimHorizon, _), (.startedAt, _): true
        case (.sequenceNumber, .trimHorizon), (.sequenceNumber, .startedAt): false
        case (.sequenceNumber(let own), .sequenceNumber(let other)): own < other
        case (.sequenceNumber, .shardEnd): true
        case (.shardEnd, _): false
        }
    }

    /// The position as text: the number, `TRIM_HORIZON`, `SHARD_END`, or milliseconds since 1970 behind `STARTED_AT_SERVICE_TIME`, or
    /// behind `STARTED_AT` if they are by the consumer's clock.
    package var text: String {
        switch self {
        case .trimHorizon: "TRIM_HORIZON"
        case .startedAt(let moment): "\(Self.word(moment.clock)) \(moment.time.milliseconds)"
        case .sequenceNumber(let number): number.text
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
