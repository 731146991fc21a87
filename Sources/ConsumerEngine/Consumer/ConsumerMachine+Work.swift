// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension ConsumerMachine {
    /// A batch to be handled.
    package struct Delivery: Sendable {
        /// The batch.
        package var batch: RecordBatch
        /// The right to store its position.
        package var lease: Lease
        /// What to store when it is done; nil: nothing.
        package var position: CheckpointPosition?
    }

    /// The next thing a shard's working loop does.
    package enum WorkStep: Sendable {
        /// Hand a batch to the handler.
        case deliver(Delivery)
        /// Store a position: what lies before it is done, or not wanted.
        case checkpoint(Lease, CheckpointPosition)
        /// Store the end unless it is nil, give the lease back, and end.
        case finish(Lease, CheckpointPosition?)
        /// Wait until woken, or for so long.
        case wait(Duration?)
        /// End: the session is over.
        case stop
    }

    /// How a batch went.
    package struct BatchReport: Sendable {
        /// How it ended.
        package var result: BatchOutcome.Result
        /// Attempts made.
        package var attempts: Int
        /// Time in the handler.
        package var handlerTime: Duration
        /// What the handler did.
        package var work: HandlerWork
        /// The position that was stored; nil: none.
        package var stored: CheckpointPosition?
        /// Whether the position is to stay from now on.
        package var pins = false
    }

    /// Decides what a shard's working loop does next.
    package mutating func nextWork(_ shard: ShardID, now: Timestamp) -> WorkStep {
        guard self.ending == nil, let lane = self.lanes[shard] else { return .stop }
        if self.hold.isHeld {
            if let step = self.hold.grant(for: shard), let delivery = self.passStep(step, of: shard) {
                return .deliver(delivery)
            }
        } else {
            let verdict = lane.former.verdict(
                now: now,
                allowance: self.allowance,
                hasEnded: lane.reader.end != nil,
                isDraining: self.isDraining
            )
            switch verdict {
            case .close(let count, let reason):
                if let delivery = self.hand(out: count, of: shard, reason: reason) { return .deliver(delivery) }
            case .wait(let until?): return .wait(until.since(now))
            case .wait(nil): break
            }
        }
        guard lane.former.waitingCount == 0 else { return .wait(nil) }
        if let end = self.lanes[shard]?.former.takeTrailing(), let position = lane.storable(.sequenceNumber(end)) {
            return .checkpoint(lane.lease, position)
        }
        guard lane.reader.end != nil else { return .wait(nil) }
        return .finish(lane.lease, lane.storable(.shardEnd))
    }

    /// An attempt failed and is to be repeated.
    ///
    /// - Parameters:
    ///   - shard: The batch's shard.
    ///   - attempt: Attempts so far.
    ///   - reason: What went wrong, for people.
    ///   - delay: The pause that the handler asks for; nil: the engine's own.
    ///   - now: The time.
    /// - Returns: The pause before the next attempt.
    package mutating func attemptFailed(
        of shard: ShardID,
        attempt: Int,
        reason: String,
        delay: Duration?,
        now: Timestamp
    ) -> Duration {
        let pause = max(.zero, delay ?? self.backoff.pause(after: attempt, using: &self.generator))
        guard let inFlight = self.lanes[shard]?.inFlight else { return pause }
        self.lanes[shard]?.workTrouble = ShardLane.Trouble(reason: reason, until: now.advanced(by: pause))
        let retry = BatchRetry(id: inFlight.id, shard: shard, attempt: attempt, reason: reason, delay: pause)
        self.publish(.batchRetried(retry))
        self.refresh(shard)
        return pause
    }

    /// The next attempt begins.
    package mutating func attemptRepeated(of shard: ShardID) {
        self.lanes[shard]?.workTrouble = nil
        self.refresh(shard)
    }

    /// A batch is over.
    package mutating func batchFinished(_ report: BatchReport, of shard: ShardID, now: Timestamp) {
        guard let inFlight = self.lanes[shard]?.inFlight else { preconditionFailure("no batch of \(shard) is out") }
        self.lanes[shard]?.inFlight = nil
        self.lanes[shard]?.workTrouble = nil
        self.lanes[shard]?.former.finished(now: now)
        if report.pins { self.lanes[shard]?.isPinned = true }
        self.publish(
            .batchFinished(
                BatchOutcome(
                    id: inFlight.id,
                    shard: shard,
                    records: inFlight.records,
                    result: report.result,
                    attempts: report.attempts,
                    handlerTime: report.handlerTime,
                    work: report.work,
                    iteratorAge: max(.zero, now.since(inFlight.lastCreatedAt))
                )
            )
        )
        if let stored = report.stored { self.stored(stored, of: shard) }
        self.refresh(shard)
        self.effects.wakes.insert(.reader(shard))
        if let limit = self.configuration.maxRecords, self.allowance == 0,
            self.lanes.values.allSatisfy({ $0.inFlight == nil })
        {
            self.end(.recordLimit(limit))
        }
        if self.isDraining { self.endIfIdle(now: now) }
    }

    /// A position was stored.
    package mutating func stored(_ position: CheckpointPosition, of shard: ShardID) {
        self.lanes[shard]?.position = position
        self.publish(.checkpoint(shard, position))
    }

    private mutating func passStep(_ step: HoldControl.Step, of shard: ShardID) -> Delivery? {
        guard let former = self.lanes[shard]?.former, former.waitingCount > 0, self.allowance != 0 else { return nil }
        self.hold.passed()
        switch step {
        case .batch:
            self.publish(.hold(.steppedBatch))
            return self.hand(out: former.stepCount(allowance: self.allowance), of: shard, reason: .step)
        case .record:
            self.publish(.hold(.steppedRecord))
            return self.hand(out: 1, of: shard, reason: .step)
        }
    }

    private mutating func hand(out count: Int, of shard: ShardID, reason: BatchCloseReason) -> Delivery? {
        guard let taken = self.lanes[shard]?.former.take(count), let lane = self.lanes[shard] else { return nil }
        self.batchCount += 1
        if let allowance { self.allowance = allowance - count }
        let id = BatchID(self.batchCount)
        let first = taken.records[0]
        self.lanes[shard]?.inFlight = ShardLane.InFlight(
            id: id,
            records: count,
            oldestCreatedAt: first.createdAt,
            lastCreatedAt: taken.records[count - 1].createdAt
        )
        self.publish(
            .batchFormed(
                BatchDescription(
                    id: id,
                    shard: shard,
                    records: taken.records,
                    firstReadAt: taken.firstReadAt,
                    reason: reason
                )
            )
        )
        for record in taken.records where self.seen.insert(record.eventID) {
            self.publish(.duplicate(shard, record.eventID))
        }
        self.effects.wakes.insert(.reader(shard))
        return Delivery(
            batch: RecordBatch(id: id, shard: shard, records: taken.records),
            lease: lane.lease,
            position: lane.storable(.sequenceNumber(taken.end))
        )
    }
}
