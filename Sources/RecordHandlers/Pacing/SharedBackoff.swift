// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Synchronization

/// The engine's pauses between attempts, for requests that run side by side.
final class SharedBackoff: Sendable {
    private let backoff: Backoff
    private let generator: Mutex<SplitMix64>

    init(range: ClosedRange<Duration>, seed: UInt64) {
        self.backoff = Backoff(range)
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    /// How long to wait after an attempt that failed.
    ///
    /// - Parameter attempt: Number of attempts so far, from 1.
    /// - Returns: From half of the doubled pause to all of it; at least a millisecond.
    func pause(after attempt: Int) -> Duration {
        self.generator.withLock { self.backoff.pause(after: attempt, using: &$0) }
    }
}
