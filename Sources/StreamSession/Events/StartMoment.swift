// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// When reading a shard began at LATEST, and by whose clock.
///
/// As long as nothing has come there is no sequence number to go on after: reading then goes on at the oldest record, and
/// this tells which records were there before it began.
public struct StartMoment: Hashable, Sendable {
    /// Who told the time.
    public enum Clock: Hashable, Sendable {
        /// The service, which also tells when records were created.
        case service
        /// The consumer, because the service did not say what time it is.
        case consumer
    }

    /// How far the consumer's clock may be from the service's: DynamoDB refuses signatures that are further off.
    private static let clockTolerance = Duration.seconds(300)

    /// A moment before the position at LATEST was asked for.
    public var time: Timestamp
    /// Who told it.
    public var clock: Clock

    /// Creates a moment.
    public init(_ time: Timestamp, by clock: Clock) {
        self.time = time
        self.clock = clock
    }

    /// Records that were created before this were there before reading began.
    ///
    /// By the service's clock it is the second of ``time``, because creation times have whole seconds: of the records of
    /// that one second nobody knows. By the consumer's clock it is 300 seconds earlier. Either way no record that came
    /// later is older.
    public var oldestRecord: Timestamp {
        switch self.clock {
        case .service: Timestamp(seconds: self.time.epochSecond)
        case .consumer: self.time.advanced(by: .zero - Self.clockTolerance)
        }
    }
}
