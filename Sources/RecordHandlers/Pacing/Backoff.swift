// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Pauses that double from attempt to attempt, with jitter: between half of the pause and all of it.
final class Backoff: Sendable {
    private let range: ClosedRange<Duration>
    private let generator: Mutex<SplitMix64>

    init(range: ClosedRange<Duration>, seed: UInt64) {
        self.range = range
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    /// How long to wait after an attempt that failed.
    ///
    /// - Parameter attempt: Number of attempts so far, from 1.
    /// - Returns: A pause within the range, or down to half of its lower bound.
    func pause(after attempt: Int) -> Duration {
        let doublings = min(max(attempt - 1, 0), 20)
        let whole = min(self.range.lowerBound * (1 << doublings), self.range.upperBound)
        let share = self.generator.withLock { Double.random(in: 0.5...1, using: &$0) }
        return whole * share
    }
}
