// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession
import Synchronization

/// A clock on which a sleep moves the time and returns: for code that waits, in tests that do not care how long.
package final class ImmediateClock: SessionClock {
    private let time: Mutex<Timestamp>
    private let slept = Mutex<[Duration]>([])

    /// Creates a clock that stands at a moment.
    package init(now: Timestamp = Timestamp(seconds: 1_700_000_000)) {
        self.time = Mutex(now)
    }

    /// Where the sleeps so far have moved the time.
    package var now: Timestamp {
        self.time.withLock { $0 }
    }

    /// The sleeps so far, in order.
    package var sleeps: [Duration] {
        self.slept.withLock { $0 }
    }

    /// Moves the time and returns after giving others a turn.
    package func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        self.slept.withLock { $0.append(duration) }
        self.time.withLock { $0 = $0.advanced(by: max(duration, .zero)) }
        await Task.yield()
        try Task.checkCancellation()
    }

    /// Moves the time without a sleep.
    package func advance(by duration: Duration) {
        self.time.withLock { $0 = $0.advanced(by: duration) }
    }
}
