// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

extension ConsumerMachine {
    /// What the plan of a lane's batch wants; over if there is none.
    mutating func planned(_ lane: LaneID, now: Timestamp) -> BatchPlan.Next {
        self.changeInFlight(lane) { $0.plan.next(now: now) } ?? .over
    }

    /// Changes the batch of a lane; nil: there is none.
    @discardableResult
    mutating func changeInFlight<Result>(
        _ lane: LaneID,
        _ change: (inout WorkLane.InFlight) -> Result
    ) -> Result? {
        self.shards[lane.shard]?.lanes[lane.number].changeInFlight(change)
    }

    /// Tells of records that are done while their batch is not over.
    mutating func advance(_ lane: LaneID, by count: Int) {
        guard count > 0, let inFlight = self.shards[lane.shard]?.lanes[lane.number].inFlight,
            inFlight.plan.firstOpen != nil
        else { return }
        self.changeInFlight(lane) { $0.toldCount += count }
        self.publish(.batchAdvanced(BatchAdvance(id: inFlight.id, shard: lane.shard, records: count)))
    }

    /// Tells what was done for a batch that is in the handler, since that was last told.
    ///
    /// - Parameters:
    ///   - lane: The lane of the batch.
    ///   - id: The batch; another one than is there now changes nothing.
    ///   - work: What was done so far, all attempts.
    mutating func worked(_ lane: LaneID, _ id: BatchID, work: HandlerWork) {
        guard let inFlight = self.shards[lane.shard]?.lanes[lane.number].inFlight, inFlight.id == id else { return }
        let news = work.since(inFlight.toldWork)
        guard news != HandlerWork() else { return }
        self.changeInFlight(lane) {
            $0.work = work
            $0.toldWork = work
        }
        self.publish(.batchWorked(BatchWork(id: id, shard: lane.shard, work: news)))
    }

    /// Lets something of a batch come again, after an attempt that did nothing.
    mutating func repeatLater(
        _ lane: LaneID,
        after result: AttemptResult,
        _ change: BatchPlan.Change?,
        now: Timestamp
    ) -> AttemptStep {
        switch (result, change) {
        case (.notInvoked(let reason, let delay), _):
            return self.repeatLater(lane, reason: reason, change: .notInvoked, delay: delay, now: now)
        case (.failed(let reason, _), .split(let first, let second)?):
            return self.repeatLater(lane, reason: reason, change: .split(first: first, second: second), now: now)
        case (.failed(let reason, _), _):
            return self.repeatLater(lane, reason: reason, change: .again, now: now)
        default: preconditionFailure("\(result) does not lead to \(String(describing: change))")
        }
    }

    /// Lets something of a batch come again after a pause.
    mutating func repeatLater(
        _ lane: LaneID,
        reason: String,
        change: BatchRetry.Change,
        delay: Duration? = nil,
        now: Timestamp
    ) -> AttemptStep {
        guard let inFlight = self.shards[lane.shard]?.lanes[lane.number].inFlight else { return .over }
        let pause = max(
            .zero,
            delay ?? self.backoff.pause(after: inFlight.plan.failuresInRow, using: &self.generator)
        )
        self.shards[lane.shard]?.lanes[lane.number].trouble = WorkLane.Trouble(
            reason: reason,
            until: now.advanced(by: pause)
        )
        let retry = BatchRetry(
            id: inFlight.id,
            shard: lane.shard,
            attempt: inFlight.plan.attempts,
            reason: reason,
            delay: pause,
            change: change
        )
        self.publish(.batchRetried(retry))
        self.refresh(lane.shard)
        return .pause(pause)
    }

    /// Takes a batch out of its lane and tells how it ended.
    mutating func finishBatch(_ lane: LaneID, abandonedBecause reason: String?, now: Timestamp) {
        guard let inFlight = self.shards[lane.shard]?.lanes[lane.number].inFlight else { return }
        self.shards[lane.shard]?.lanes[lane.number].finishBatch(
            isDone: reason == nil,
            isAlone: self.configuration.parallelizationFactor == 1,
            now: now
        )
        let plan = inFlight.plan
        let result: BatchOutcome.Result =
            if let reason {
                .abandoned(reason: reason)
            } else {
                plan.discardedCount > 0 || plan.isGivenUp ? .discarded : .succeeded
            }
        self.publish(
            .batchFinished(
                BatchOutcome(
                    id: inFlight.id,
                    shard: lane.shard,
                    records: plan.records.count,
                    result: result,
                    attempts: plan.attempts,
                    handlerTime: inFlight.handlerTime,
                    work: inFlight.work,
                    untoldWork: inFlight.work.since(inFlight.toldWork),
                    iteratorAge: max(.zero, now.since(inFlight.lastCreatedAt)),
                    discarded: plan.discardedCount,
                    remaining: plan.records.count - inFlight.toldCount - plan.discardedCount,
                    invoked: plan.invoked,
                    failedInvokes: plan.failedInvokes
                )
            )
        )
        self.refresh(lane.shard)
        self.effects.wakes.insert(.reader(lane.shard))
        if let limit = self.configuration.maxRecords, self.allowance == 0,
            self.shards.values.allSatisfy({ $0.lanes.allSatisfy { $0.inFlight == nil } })
        {
            self.end(.recordLimit(limit))
        }
        if self.isDraining { self.endIfIdle(now: now) }
    }
}
