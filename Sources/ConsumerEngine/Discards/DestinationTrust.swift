// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

/// Decides how long a failure destination may hold a shard up for the next message.
///
/// As long as it takes messages it gets time to repeat what fails; once it has not taken one, each further message is
/// tried once and for a moment, until one is taken. So no message is dropped untried, and a destination that is away
/// costs a shard one long wait and then a short one for each message.
package struct DestinationTrust: Hashable, Sendable {
    /// One message's chance.
    package struct Chance: Hashable, Sendable {
        /// How long it may take; then it is cancelled.
        package let limit: Duration
        /// Whether the destination may repeat what fails.
        package let mayRepeat: Bool

        /// What is said if there was no answer in that time.
        package var silence: String {
            "no answer within \(self.limit.components.seconds) s. Check that the destination's endpoint can be reached from "
                + "this machine."
        }
    }

    /// How long a message may take while the destination takes messages: 10 s.
    package static let limit = Duration.seconds(10)
    /// How long a message may take after one that was not taken: 1 s.
    package static let shortLimit = Duration.seconds(1)

    private var hasFailed = false

    /// Creates the trust in a destination that has not been told anything.
    package init() {}

    /// The next message's chance.
    package var chance: Chance {
        self.hasFailed
            ? Chance(limit: Self.shortLimit, mayRepeat: false) : Chance(limit: Self.limit, mayRepeat: true)
    }

    /// A message was taken or not.
    package mutating func ended(_ fate: RecordDiscard.MessageFate) {
        switch fate {
        case .none: break
        case .delivered: self.hasFailed = false
        case .dropped: self.hasFailed = true
        }
    }
}
