// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Synchronization

/// Keeps the machine behind a lock and carries out what it says: publishes in the order of decisions, and wakes loops.
final class ConsumerCore: Sendable {
    private struct State: Sendable {
        var machine: ConsumerMachine
        var wakeups: [ConsumerMachine.Wake: Wakeup] = [:]
        var outbox: [SessionEvent.Kind] = []
        var isPublishing = false
        var hasBegun = false
        var meters: [LaneID: (id: BatchID, meter: WorkMeter)] = [:]
    }

    let hub: SessionHub
    let clock: any SessionClock
    private let log: SessionEventLog
    private let metrics: MetricsReporter?
    private let state: Mutex<State>

    init(configuration: ConsumerConfiguration, clock: any SessionClock, log: SessionEventLog, metrics: MetricsReporter?)
    {
        self.hub = SessionHub(clock: clock, retention: configuration.retention)
        self.clock = clock
        self.log = log
        self.metrics = metrics
        self.state = Mutex(State(machine: ConsumerMachine(configuration: configuration)))
    }

    /// Whether the caller is the first to ask.
    func begin() -> Bool {
        self.state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
    }

    /// Tells the machine something, then publishes and wakes as it says.
    @discardableResult
    func update<Result: Sendable, Failure: Error>(
        _ change: (inout ConsumerMachine, Timestamp) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let now = self.clock.now
        let (result, wakeups, publishes) = try self.state.withLock {
            (state: inout sending State) throws(Failure) -> (Result, [Wakeup], Bool) in
            let result = try change(&state.machine, now)
            let effects = state.machine.takeEffects()
            state.outbox += effects.events
            let publishes = !state.isPublishing && !state.outbox.isEmpty
            if publishes { state.isPublishing = true }
            return (result, effects.wakes.sorted().compactMap { state.wakeups[$0] }, publishes)
        }
        if publishes { self.publishOutbox() }
        for wakeup in wakeups { wakeup.signal() }
        return result
    }

    /// Why the session ends; nil while it goes on.
    var ending: ConsumerEnding? {
        self.state.withLock { $0.machine.ending }
    }

    /// What wakes a loop; made when it is first asked for.
    func wakeup(for wake: ConsumerMachine.Wake) -> Wakeup {
        self.state.withLock { state in
            if let wakeup = state.wakeups[wake] { return wakeup }
            let wakeup = Wakeup()
            state.wakeups[wake] = wakeup
            return wakeup
        }
    }

    /// Forgets the wake-ups of a shard's loops.
    func forget(_ shard: ShardID) {
        self.state.withLock {
            $0.wakeups[.reader(shard)] = nil
            $0.wakeups[.shard(shard)] = nil
            for number in 0..<$0.machine.configuration.parallelizationFactor {
                $0.wakeups[.worker(LaneID(shard, number))] = nil
            }
        }
    }

    /// Looks at the meter of a batch once a second, as long as the body goes on.
    func watching<Result>(
        _ meter: WorkMeter,
        of id: BatchID,
        in lane: LaneID,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        self.state.withLock { $0.meters[lane] = (id, meter) }
        defer { self.state.withLock { $0.meters[lane] = nil } }
        return try await body()
    }

    /// Tells what was done since the last time, and the regular figures.
    func sample() {
        let work = self.state.withLock { $0.meters }.mapValues { ($0.id, $0.meter.total) }
        self.update { machine, now in
            for (lane, (id, total)) in work { machine.worked(lane, id, work: total) }
            machine.sample(now: now)
        }
    }

    /// Tells of calls that fail below what the body calls; the last failure of a read is told by who decides on it.
    ///
    /// - Parameters:
    ///   - shard: The shard that they are about; nil: all.
    ///   - batch: The batch that they are made for; nil: none.
    ///   - meter: Counts them; nil: they are no handler's.
    ///   - body: What is done meanwhile.
    /// - Returns: What the body returns.
    func listening<Result>(
        to shard: ShardID? = nil,
        batch: BatchID? = nil,
        meter: WorkMeter? = nil,
        _ body: () async throws -> Result
    ) async rethrows -> Result {
        let listener = FailedCall.Listener { call in
            guard call.isRepeated || batch != nil else { return }
            meter?.add(call)
            self.publish(.callFailed(CallFailure(call, shard: shard, batch: batch)))
        }
        return try await FailedCall.$listener.withValue(listener, operation: body)
    }

    /// Publishes one event after the others.
    func publish(_ event: SessionEvent.Kind) {
        self.update { machine, _ in machine.publish(event) }
    }

    // One task publishes at a time, so events keep the order in which they were decided, and the lock is not held.
    private func publishOutbox() {
        while true {
            let events = self.state.withLock { state -> [SessionEvent.Kind] in
                guard !state.outbox.isEmpty else {
                    state.isPublishing = false
                    return []
                }
                defer { state.outbox = [] }
                return state.outbox
            }
            guard !events.isEmpty else { return }
            for event in events {
                // Nothing comes behind the end.
                if case .ended = event { self.publishNow(self.hub.withState { $0.stateChangesOfEnd }) }
                self.publishNow(self.completed(event))
                self.publishNow(self.hub.withState { $0.stateChanges(after: event) })
            }
        }
    }

    /// An event with what only those who follow the session know.
    private func completed(_ event: SessionEvent.Kind) -> SessionEvent.Kind {
        guard case .stateChanged(var change) = event else { return event }
        change.from = self.hub.withState { $0.toldState(of: change.shard) }
        return .stateChanged(change)
    }

    private func publishNow(_ changes: [StateChange]) {
        for change in changes { self.publishNow(.stateChanged(change)) }
    }

    private func publishNow(_ event: SessionEvent.Kind) {
        let at = self.hub.publish(event)
        self.log.note(event)
        self.metrics?.note(event, at: at, of: self.hub)
    }
}
