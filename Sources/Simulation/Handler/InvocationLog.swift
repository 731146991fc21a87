// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// Hands batches on, and notes of each how many records it has, how long it takes, and how long its records were under way.
final class InvocationLog: RecordHandler {
    private struct State: Sendable {
        var running = 0
        var mostRunning = 0
        var sizes: [UInt32] = []
        /// Milliseconds, of each record.
        var delays: [UInt32] = []
        var handlerTime = Duration.zero
        var work = HandlerWork()
        var lastEnd: Timestamp?
        var invocations = 0
    }

    private let inner: any RecordHandler
    private let clock: any SessionClock
    private let beginning: Timestamp
    private let state: Mutex<State>

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - inner: Handles batches.
    ///   - clock: The time of the simulation.
    ///   - beginning: What arrived before waits from here on.
    ///   - records: How many there will be.
    init(_ inner: any RecordHandler, clock: any SessionClock, beginning: Timestamp, records: Int) {
        self.inner = inner
        self.clock = clock
        self.beginning = beginning
        var state = State()
        state.delays.reserveCapacity(records)
        self.state = Mutex(state)
    }

    /// Records that are done, whether any is in a handler, and when the newest batch was done.
    var progress: (done: Int, isRunning: Bool, lastEnd: Timestamp?) {
        self.state.withLock { ($0.delays.count, $0.running > 0, $0.lastEnd) }
    }

    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let began = self.clock.now
        self.state.withLock { state in
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
        }
        defer { self.state.withLock { $0.running -= 1 } }
        let outcome = try await self.inner.handle(batch, meter: meter)
        guard outcome == .done else { return outcome }
        let now = self.clock.now
        let work = meter.total
        self.state.withLock { state in
            state.invocations += 1
            if !batch.records.isEmpty { state.sizes.append(UInt32(batch.records.count)) }
            for record in batch.records {
                let waited = now.milliseconds - max(record.createdAt, self.beginning).milliseconds
                state.delays.append(UInt32(clamping: waited))
            }
            state.handlerTime += now.since(began)
            state.work.add(work)
            state.lastEnd = now
        }
        return outcome
    }

    /// The sums of all batches.
    ///
    /// - Parameters:
    ///   - reads: GetRecords calls that were made.
    ///   - mostUnits: The most write units that were used in a second.
    /// - Returns: The figures.
    func figures(reads: Int, mostUnits: Double) -> SimulationFigures {
        self.state.withLock { state in
            SimulationFigures(
                invocations: state.invocations,
                records: state.delays.count,
                requests: state.work.requests,
                batchSizes: Distribution(&state.sizes),
                delays: Distribution(&state.delays),
                mostRunning: state.mostRunning,
                writeUnits: state.work.writeCapacityUnits,
                mostWriteUnitsPerSecond: mostUnits,
                reads: reads,
                handlerTime: state.handlerTime
            )
        }
    }
}
