// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import StreamSession
import Synchronization

/// Keeps all requests of a handler within one budget, those of all batches, shards and lanes together.
final class WritePacer: Sendable {
    private let budget: Mutex<WriteBudget>
    private let clock: any SessionClock

    init(budget: WriteBudget, clock: any SessionClock) {
        self.budget = Mutex(budget)
        self.clock = clock
    }

    /// Waits until a request of up to so many keys may be sent; it has to be settled.
    ///
    /// - Throws: `CancellationError`.
    func admit(upTo keys: Int) async throws -> WriteBudget.Grant {
        while true {
            let now = self.clock.now
            switch self.budget.withLock({ $0.admit(upTo: keys, now: now) }) {
            case .go(let grant): return grant
            case .wait(let pause): try await self.clock.sleep(for: pause)
            }
        }
    }

    /// Takes in how a request ended, and tells the meter of a new pace.
    func settle(_ grant: WriteBudget.Grant, _ receipt: WriteBudget.Receipt, meter: WorkMeter) {
        let now = self.clock.now
        if let pace = self.budget.withLock({ $0.settle(grant, receipt, now: now) }) { meter.tell(pace) }
    }
}
