// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import StreamSession

/// A handler that takes its time and finds every batch done.
struct TimedHandler: RecordHandler {
    /// What it does with a batch; nil: nothing.
    var inner: (any RecordHandler)?
    /// The time of a batch, beside what it does.
    var time: @Sendable (Int) -> Duration
    var clock: any SessionClock

    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let outcome = try await self.inner?.handle(batch, meter: meter) ?? .done
        let time = self.time(batch.records.count)
        if time > .zero { try await self.clock.sleep(for: time) }
        return outcome
    }
}
