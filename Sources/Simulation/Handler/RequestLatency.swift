// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// How long requests take: one of the times that were measured, drawn anew for each of them, the same way in each run.
package struct RequestLatency: Hashable, Sendable {
    private static let seed: UInt64 = 7

    private let times: [Duration]
    private var draws: UInt64 = 0

    /// Creates a latency; without times requests take none.
    package init(_ times: [Duration] = []) {
        self.times = times
    }

    /// The time of the next request.
    mutating func next() -> Duration {
        guard !self.times.isEmpty else { return .zero }
        self.draws += 1
        let number = SplitMix64.mixed(self.draws &* 0x9E37_79B9_7F4A_7C15 &+ Self.seed)
        return self.times[Int(truncatingIfNeeded: number % UInt64(self.times.count))]
    }
}
