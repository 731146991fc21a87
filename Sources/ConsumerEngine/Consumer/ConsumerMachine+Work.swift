// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension ConsumerMachine {
    /// The next thing a lane's working loop does.
    package enum WorkStep: Sendable {
        /// Work on a batch until it is over, beginning with this.
        case handle(AttemptStep)
        /// Store a position: what lies before it is done, or not wanted.
        case store(Storing)
        /// Store the end unless it is nil, give the lease back, and end.
        case finish(Lease, CheckpointPosition?)
        /// Wait until woken, or for so long.
        case wait(Duration?)
        /// End: the session is over, or the shard is.
        case stop
    }

    /// Decides what a lane's working loop does next.
    package mutating func nextWork(_ lane: LaneID, now: Timestamp) -> WorkStep {
        guard self.ending == nil, self.shards[lane.shard] != nil else {
            self.giveBackSlot(of: lane)
            return .stop
        }
        if self.shards[lane.shard]?.storableBeginning != nil, let storing = self.takeStoring(of: lane.shard) {
            return .store(storing)
        }
        if let step = self.lastInvocation(lane, now: now) { return step }
        if let step = self.hold.isHeld ? self.nextStep(lane, now: now) : self.nextBatch(lane, now: now) { return step }
        // Nothing is handed out now: a slot that was kept for this lane goes to the next one.
        self.giveBackSlot(of: lane)
        if let lease = self.shards[lane.shard]?.beginFinishing() {
            return .finish(lease, self.shards[lane.shard]?.storable(.shardEnd))
        }
        if let storing = self.takeStoring(of: lane.shard) { return .store(storing) }
        return .wait(nil)
    }

    private mutating func nextBatch(_ lane: LaneID, now: Timestamp) -> WorkStep? {
        let verdict = self.shards[lane.shard]?.verdict(
            of: lane.number,
            now: now,
            allowance: self.allowance,
            isDraining: self.isDraining
        )
        switch verdict {
        case .close(let count, let reason):
            // While others are in their handlers the batch may go on gathering.
            guard self.slots.take(lane) else { return .wait(nil) }
            return self.hand(out: count, of: lane, reason: reason, now: now)
        case .wait(let until?):
            self.giveBackSlot(of: lane)
            // What another lane has left to be stored need not wait for the window.
            if let storing = self.takeStoring(of: lane.shard) { return .store(storing) }
            return .wait(until.since(now))
        case .wait(nil), nil: return nil
        }
    }

    /// What a step lets through, if it is for this lane: the one with the oldest record of the shard.
    private mutating func nextStep(_ lane: LaneID, now: Timestamp) -> WorkStep? {
        guard let step = self.hold.grant(for: lane.shard), self.allowance != 0,
            self.shards[lane.shard]?.head?.lane == lane.number
        else { return nil }
        guard self.slots.take(lane) else { return .wait(nil) }
        self.hold.passed()
        switch step {
        case .batch:
            self.publish(.hold(.steppedBatch))
            let open = self.shards[lane.shard]
            let former = open?.lanes[lane.number].former
            let count = former?.stepCount(allowance: self.allowance, boundary: open?.windowBoundary) ?? 1
            return self.hand(out: count, of: lane, reason: .step, now: now)
        case .record:
            self.publish(.hold(.steppedRecord))
            return self.hand(out: 1, of: lane, reason: .step, now: now)
        }
    }

    /// The last invocation of a tumbling window, if it is due: nothing is handed out before it, not even by a step.
    private mutating func lastInvocation(_ lane: LaneID, now: Timestamp) -> WorkStep? {
        guard !self.hold.isHeld || self.hold.grant(for: lane.shard) != nil, let open = self.shards[lane.shard],
            open.isWindowDue, let createdAt = open.window?.newestCreatedAt
        else { return nil }
        guard self.slots.take(lane) else { return .wait(nil) }
        self.batchCount += 1
        let id = BatchID(self.batchCount)
        self.shards[lane.shard]?.lanes[lane.number].begin(
            WorkLane.InFlight(
                id: id,
                plan: BatchPlan(finalAfter: createdAt, rules: self.rules),
                befores: [],
                oldestCreatedAt: createdAt,
                lastCreatedAt: createdAt,
                isFinal: true
            )
        )
        let reason = open.reader.end != nil && open.isIdle ? BatchCloseReason.shardEnd : .tumblingWindow
        self.publish(
            .batchFormed(BatchDescription(id: id, shard: lane.shard, records: [], firstReadAt: now, reason: reason))
        )
        return .handle(self.nextAttempt(lane, now: now))
    }

    private mutating func hand(
        out count: Int,
        of lane: LaneID,
        reason: BatchCloseReason,
        now: Timestamp
    ) -> WorkStep? {
        guard let taken = self.shards[lane.shard]?.lanes[lane.number].former.take(count) else { return nil }
        self.batchCount += 1
        if let allowance { self.allowance = allowance - count }
        let id = BatchID(self.batchCount)
        if self.shards[lane.shard]?.window != nil {
            // A late record may be the last one: the window is as old as the newest of them.
            let first = taken.records[0].createdAt
            let newest = taken.records.reduce(first) { max($0, $1.createdAt) }
            self.shards[lane.shard]?.window?.begin(oldest: first, newest: newest)
        }
        self.shards[lane.shard]?.lanes[lane.number].inFlight = WorkLane.InFlight(
            id: id,
            plan: BatchPlan(taken.records, rules: self.rules),
            end: taken.end,
            befores: taken.befores,
            oldestCreatedAt: taken.records[0].createdAt,
            lastCreatedAt: taken.records[count - 1].createdAt
        )
        self.publish(
            .batchFormed(
                BatchDescription(
                    id: id,
                    shard: lane.shard,
                    records: taken.records,
                    firstReadAt: taken.firstReadAt,
                    reason: reason,
                    lane: lane.number
                )
            )
        )
        for record in taken.records where self.seen.insert(record.eventID) {
            self.publish(.duplicate(lane.shard, record.eventID))
        }
        self.effects.wakes.insert(.reader(lane.shard))
        return .handle(self.nextAttempt(lane, now: now))
    }

    /// Lets another lane have the slot, or the place in the queue.
    mutating func giveBackSlot(of lane: LaneID) {
        guard let next = self.slots.giveBack(lane) else { return }
        self.effects.wakes.insert(.worker(next))
    }
}
