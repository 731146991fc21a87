// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Hands the batches of one lane to the handler, one at a time, and stores how far its shard is done.
struct WorkingLoop: Sendable {
    /// How an invocation of the handler ended.
    private enum Invocation: Sendable {
        case followed(by: ConsumerMachine.AttemptStep)
        case notStored(CheckpointError)
        case stopped(reason: String)
        case cancelled
    }

    /// What the handler said.
    private enum Answer: Sendable {
        case result(AttemptResult, state: [UInt8]?, pins: Bool)
        case stopped(reason: String)
        case cancelled
    }

    let lane: LaneID
    let handler: any RecordHandler
    let onFailure: (any FailureDestination)?
    let reportsItemFailures: Bool
    let core: ConsumerCore
    let wakeup: Wakeup
    let uncancelled: UncancelledWork
    let positions: PositionWriter

    /// Runs until the shard is handled to its end, the lease is lost or the session ends.
    func run() async throws {
        while true {
            try Task.checkCancellation()
            switch self.core.update({ machine, now in machine.nextWork(self.lane, now: now) }) {
            case .stop: return
            case .wait(let limit): try await self.wakeup.wait(atMost: limit, clock: self.core.clock)
            case .handle(let step): guard try await self.handle(step) else { return }
            case .store(let storing):
                guard try await self.store(storing) else { return }
            case .finish(let lease, let position):
                if let position { guard try await self.storeEnd(position, lease) else { return } }
                self.core.update { machine, now in machine.finished(self.lane.shard, now: now) }
                return
            }
        }
    }

    // MARK: - Batches

    /// Works on a batch until all of it is done or given up.
    ///
    /// - Returns: Whether the shard goes on.
    private func handle(_ first: ConsumerMachine.AttemptStep) async throws -> Bool {
        let meter = WorkMeter(
            onOutput: { [core, shard = self.lane.shard] line in
                core.publish(
                    .notice(Notice(level: .info, shard: shard, code: WorkMeter.handlerOutput, message: line))
                )
            },
            onPace: { [core] pace in core.publish(.paced(pace)) }
        )
        var step = first
        while true {
            switch step {
            case .over: return true
            case .pause(let pause):
                try await self.orAbandon(meter) { try await self.core.clock.sleep(for: pause) }
                step = self.core.update { machine, now in machine.nextAttempt(self.lane, now: now) }
            case .wait:
                try await self.orAbandon(meter) { try await self.wakeup.wait() }
                step = self.core.update { machine, now in machine.nextAttempt(self.lane, now: now) }
            case .invoke(let batch):
                try await self.orAbandon(meter) { try Task.checkCancellation() }
                let began = self.core.clock.now
                let invocation = await self.core.watching(meter, of: batch.id, in: self.lane) {
                    await self.uncancelled.run { await self.invoke(batch, meter, began: began) }
                }
                switch invocation {
                case .followed(by: let next): step = next
                case .notStored(let error): return try self.refuse(error)
                case .stopped(let reason):
                    let error = ConsumerError(
                        .handlerStopped,
                        "The handler stopped: \(reason)",
                        shardID: self.lane.shard
                    )
                    self.core.update { machine, _ in machine.end(.failed(error)) }
                    self.abandon(reason, meter, since: began)
                    throw error
                case .cancelled:
                    self.abandon("the session ended and the handler was cancelled", meter, since: began)
                    throw CancellationError()
                case nil:
                    let limit = self.uncancelled.limit
                    self.abandon("the handler did not come to an end within \(limit)", meter, since: began)
                    throw CancellationError()
                }
            case .discard(let discarded, let reason):
                try await self.orAbandon(meter) { try Task.checkCancellation() }
                switch await self.uncancelled.run({ await self.discard(discarded, reason: reason) }) {
                case .followed(by: let next): step = next
                case .notStored(let error): return try self.refuse(error)
                case .stopped, .cancelled, nil:
                    self.abandon("the session ended while its records were given up", meter)
                    throw CancellationError()
                }
            }
        }
    }

    /// One attempt and, when something is done, the position: nothing may come between.
    private func invoke(_ batch: RecordBatch, _ meter: WorkMeter, began: Timestamp) async -> Invocation {
        let result: AttemptResult
        let state: [UInt8]?
        let pins: Bool
        switch await self.answer(to: batch, meter) {
        case .result(let ended, let returned, let isDryRun): (result, state, pins) = (ended, returned, isDryRun)
        case .stopped(let reason): return .stopped(reason: reason)
        case .cancelled: return .cancelled
        }
        let report = ConsumerMachine.AttemptReport(
            id: batch.id,
            result: result,
            // The state behind the last invocation is dropped.
            state: batch.window?.isFinal == true ? nil : state,
            handlerTime: self.core.clock.now.since(began),
            work: meter.total,
            pins: pins,
            // Cancelled work may be given up already: nobody would know what it stores.
            mayStore: !Task.isCancelled
        )
        let sequel = self.core.update { machine, now in machine.attemptEnded(self.lane, report, now: now) }
        return await self.followed(by: sequel)
    }

    private func answer(to batch: RecordBatch, _ meter: WorkMeter) async -> Answer {
        do {
            let result = try await self.core.listening(to: batch.shard, batch: batch.id, meter: meter) {
                try await self.handler.handle(batch, meter: meter)
            }
            switch result {
            case .done: return .result(.succeeded, state: nil, pins: false)
            case .doneWithoutCheckpoint: return .result(.succeeded, state: nil, pins: true)
            case .retry(let delay, let reason):
                return .result(.notInvoked(reason: reason, after: delay), state: nil, pins: false)
            case .stop(let reason): return .stopped(reason: reason)
            case .responded(let response):
                let reading = ResponseReading(
                    response,
                    to: batch.records,
                    reportsItemFailures: self.reportsItemFailures,
                    needsState: batch.window != nil
                )
                return .result(reading.result, state: reading.state, pins: false)
            }
        } catch is CancellationError where Task.isCancelled {
            return .cancelled
        } catch {
            return .result(.failed(reason: "\(error)", nil), state: nil, pins: false)
        }
    }

    /// Tells the failure destination of records that are given up, and goes on whatever it says.
    private func discard(_ discarded: DiscardedBatch, reason: String?) async -> Invocation {
        let message = await self.tell(discarded)
        let mayStore = !Task.isCancelled
        let sequel = self.core.update { machine, now in
            machine.discardEnded(
                self.lane,
                discarded,
                reason: reason,
                message: message,
                mayStore: mayStore,
                now: now
            )
        }
        return await self.followed(by: sequel)
    }

    private func tell(_ discarded: DiscardedBatch) async -> RecordDiscard.MessageFate {
        guard let onFailure, !discarded.records.isEmpty else { return .none }
        let chance = self.core.update { machine, _ in machine.destination.chance }
        let fate = await self.uncancelled.run(atMost: chance.limit) { () -> RecordDiscard.MessageFate in
            do {
                try await self.core.listening(to: self.lane.shard, batch: discarded.id) {
                    if chance.mayRepeat {
                        try await onFailure.deliver(discarded)
                    } else {
                        try await onFailure.deliverOnce(discarded)
                    }
                }
                return .delivered
            } catch is CancellationError where Task.isCancelled {
                // The time is over: nothing else cancels this task.
                return .dropped(reason: chance.silence)
            } catch {
                return .dropped(reason: "\(error)")
            }
        }
        return fate ?? .dropped(reason: chance.silence)
    }

    private func followed(by sequel: ConsumerMachine.AttemptSequel) async -> Invocation {
        if let storing = sequel.storing, let error = await self.positions.store(storing) { return .notStored(error) }
        return .followed(by: sequel.step)
    }

    /// Does what only the end of the session interrupts; the batch is left undone then.
    private func orAbandon(_ meter: WorkMeter, _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            self.abandon("the session ended before the batch was done", meter)
            throw error
        }
    }

    private func abandon(_ reason: String, _ meter: WorkMeter, since began: Timestamp? = nil) {
        let work = meter.total
        self.core.update { machine, now in
            machine.abandoned(
                self.lane,
                reason: reason,
                handlerTime: began.map { now.since($0) } ?? .zero,
                work: work,
                now: now
            )
        }
    }

    // MARK: - Positions

    /// Stores a position outside of a batch.
    ///
    /// - Returns: Whether the shard goes on.
    private func store(_ storing: ConsumerMachine.Storing) async throws -> Bool {
        switch await self.uncancelled.run({ await self.positions.store(storing) }) {
        case nil: throw CancellationError()
        case .some(.some(let error)): return try self.refuse(error)
        case .some(nil): return true
        }
    }

    /// Stores that the shard is done to its end.
    ///
    /// - Returns: Whether it was.
    private func storeEnd(_ position: CheckpointPosition, _ lease: Lease) async throws -> Bool {
        let storing = ConsumerMachine.Storing(lease: lease, position: position)
        return try await self.store(storing)
    }

    /// What a refused position means.
    ///
    /// - Returns: false: the shard does not go on, but the session does.
    private func refuse(_ error: CheckpointError) throws -> Bool {
        let shard = self.lane.shard
        if error.code == .leaseLost {
            let notice = Notice(level: .error, shard: shard, code: "lease-lost", message: error.message)
            self.core.update { machine, now in
                machine.note(notice, now: now)
                machine.lost(shard, reason: error.message, now: now)
            }
            return false
        }
        let failure = ConsumerError(error, shardID: shard)
        self.core.update { machine, _ in machine.end(.failed(failure)) }
        throw failure
    }
}
