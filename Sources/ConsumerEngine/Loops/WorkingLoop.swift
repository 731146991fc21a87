// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// Hands the batches of one shard to the handler, one at a time, and stores how far it is done.
struct WorkingLoop: Sendable {
    /// How an attempt ended.
    private enum Attempt: Sendable {
        case done(stored: CheckpointPosition?, pins: Bool)
        case doneButNotStored(CheckpointError)
        case failed(reason: String, delay: Duration?)
        case stopped(reason: String)
        case cancelled
    }

    let shard: ShardID
    let handler: any RecordHandler
    let checkpoints: any CheckpointStore
    let core: ConsumerCore
    let wakeup: Wakeup
    let uncancelled: UncancelledWork
    let backoff: Backoff

    /// Runs until the shard is handled to its end, the lease is lost or the session ends.
    func run() async throws {
        while true {
            try Task.checkCancellation()
            switch self.core.update({ machine, now in machine.nextWork(self.shard, now: now) }) {
            case .stop: return
            case .wait(let limit): try await self.wakeup.wait(atMost: limit, clock: self.core.clock)
            case .deliver(let delivery): guard try await self.handle(delivery) else { return }
            case .checkpoint(let lease, let position):
                guard try await self.store(position, lease) else { return }
            case .finish(let lease, let position):
                if let position { guard try await self.store(position, lease) else { return } }
                self.core.update { machine, now in machine.finished(self.shard, now: now) }
                return
            }
        }
    }

    /// Handles a batch until it is done.
    ///
    /// - Returns: Whether the shard goes on.
    private func handle(_ delivery: ConsumerMachine.Delivery) async throws -> Bool {
        let meter = WorkMeter { [core, shard] line in
            core.publish(
                .notice(Notice(level: .info, shard: shard, code: WorkMeter.handlerOutput, message: line))
            )
        }
        var batch = delivery.batch
        var handlerTime = Duration.zero
        while true {
            let began = self.core.clock.now
            let current = batch
            let attempt = await self.uncancelled.run { await self.attempt(current, delivery, meter) }
            handlerTime += self.core.clock.now.since(began)
            let report = { (result: BatchOutcome.Result) in
                ConsumerMachine.BatchReport(
                    result: result,
                    attempts: current.attempt,
                    handlerTime: handlerTime,
                    work: meter.total
                )
            }
            switch attempt {
            case .done(let stored, let pins):
                var done = report(.succeeded)
                done.stored = stored
                done.pins = pins
                self.finish(done)
                return true
            case .doneButNotStored(let error):
                self.finish(report(.succeeded))
                return try self.refuse(error)
            case .failed(let reason, let delay):
                let pause = self.core.update { machine, now in
                    machine.attemptFailed(
                        of: self.shard,
                        attempt: current.attempt,
                        reason: reason,
                        delay: delay,
                        now: now
                    )
                }
                do {
                    try await self.core.clock.sleep(for: pause)
                } catch {
                    self.finish(report(.abandoned(reason: "the session ended while the batch was to be repeated")))
                    throw error
                }
                batch.attempt += 1
                self.core.update { machine, _ in machine.attemptRepeated(of: self.shard) }
            case .stopped(let reason):
                let error = ConsumerError(.handlerStopped, "The handler stopped: \(reason)", shardID: self.shard)
                self.core.update { machine, now in
                    machine.end(.failed(error))
                    machine.batchFinished(report(.abandoned(reason: reason)), of: self.shard, now: now)
                }
                throw error
            case .cancelled:
                self.finish(report(.abandoned(reason: "the session ended and the handler was cancelled")))
                throw CancellationError()
            case nil:
                let limit = self.uncancelled.limit
                self.finish(report(.abandoned(reason: "the handler did not come to an end within \(limit)")))
                throw CancellationError()
            }
        }
    }

    /// One attempt and, when all is done, the position: nothing may come between.
    private func attempt(
        _ batch: RecordBatch,
        _ delivery: ConsumerMachine.Delivery,
        _ meter: WorkMeter
    ) async -> Attempt {
        do {
            switch try await self.handler.handle(batch, meter: meter) {
            case .doneWithoutCheckpoint: return .done(stored: nil, pins: true)
            case .retry(let delay, let reason): return .failed(reason: reason, delay: delay)
            case .stop(let reason): return .stopped(reason: reason)
            case .responded(let response) where response.functionError != nil:
                return .failed(reason: "the function failed (\(response.functionError ?? ""))", delay: nil)
            case .done, .responded:
                // Cancelled work may be given up already: nobody would know what it stores.
                guard let position = delivery.position, !Task.isCancelled else {
                    return .done(stored: nil, pins: false)
                }
                do throws(CheckpointError) {
                    try await self.advance(delivery.lease, to: position)
                    return .done(stored: position, pins: false)
                } catch {
                    return .doneButNotStored(error)
                }
            }
        } catch is CancellationError where Task.isCancelled {
            return .cancelled
        } catch {
            return .failed(reason: "\(error)", delay: nil)
        }
    }

    /// Stores a position outside of a batch.
    ///
    /// - Returns: Whether the shard goes on.
    private func store(_ position: CheckpointPosition, _ lease: Lease) async throws -> Bool {
        let failure = await self.uncancelled.run { () -> CheckpointError? in
            do throws(CheckpointError) {
                try await self.advance(lease, to: position)
                return nil
            } catch {
                return error
            }
        }
        switch failure {
        case nil: throw CancellationError()
        case .some(.some(let error)): return try self.refuse(error)
        case .some(nil):
            self.core.update { machine, _ in machine.stored(position, of: self.shard) }
            return true
        }
    }

    /// Stores a position; a storage that fails gets some more chances.
    private func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        var generator = JitterGenerator(seed: lease.term)
        for attempt in 1... {
            do throws(CheckpointError) {
                return try await self.checkpoints.advance(lease, to: position)
            } catch {
                guard error.code == .storage, attempt < Self.storageAttempts else { throw error }
                let notice = Notice(
                    level: .error,
                    shard: self.shard,
                    code: "checkpoint-storage",
                    message: "the position cannot be stored and it is tried again: \(error)"
                )
                self.core.update { machine, now in machine.note(notice, now: now) }
                do {
                    try await self.core.clock.sleep(for: self.backoff.pause(after: attempt, using: &generator))
                } catch let cancellation {
                    _ = cancellation
                    throw error
                }
            }
        }
    }

    /// What a refused position means.
    ///
    /// - Returns: false: the shard does not go on, but the session does.
    private func refuse(_ error: CheckpointError) throws -> Bool {
        if error.code == .leaseLost {
            let notice = Notice(level: .error, shard: self.shard, code: "lease-lost", message: error.message)
            self.core.update { machine, now in
                machine.note(notice, now: now)
                machine.lost(self.shard, reason: error.message, now: now)
            }
            return false
        }
        let failure = ConsumerError(error, shardID: self.shard)
        self.core.update { machine, _ in machine.end(.failed(failure)) }
        throw failure
    }

    private func finish(_ report: ConsumerMachine.BatchReport) {
        self.core.update { machine, now in machine.batchFinished(report, of: self.shard, now: now) }
    }

    /// How often a position is tried to be stored before the session ends.
    private static let storageAttempts = 5
}
