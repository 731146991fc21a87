// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension ConsumerMachine {
    /// The next thing that is done with a batch.
    package enum AttemptStep: Sendable {
        /// Hand these records to the handler.
        case invoke(RecordBatch)
        /// Tell the failure destination, then say how that went; the newest failure is for people.
        case discard(DiscardedBatch, reason: String?)
        /// Wait so long, then ask again.
        case pause(Duration)
        /// Wait until woken, then ask again: too many batches are in their handlers.
        case wait
        /// The batch is over.
        case over
    }

    /// How an attempt went.
    package struct AttemptReport: Sendable {
        /// The batch.
        package var id: BatchID
        /// How it ended.
        package var result: AttemptResult
        /// The state that a function has returned for its tumbling window, JSON; nil: none.
        package var state: [UInt8]?
        /// Time in the handler.
        package var handlerTime: Duration
        /// What the handler did, all attempts of the batch.
        package var work: HandlerWork
        /// Whether the position is to stay from now on.
        package var pins = false
        /// Whether a position may be stored: not if nobody waits for that any more.
        package var mayStore = true
    }

    /// What follows an attempt, or records given up.
    package struct AttemptSequel: Sendable {
        /// What is done next with the batch.
        package var step: AttemptStep
        /// What is to be stored before; nil: nothing.
        package var storing: Storing?
    }

    /// Decides what is done with the batch of a lane.
    package mutating func nextAttempt(_ lane: LaneID, now: Timestamp) -> AttemptStep {
        guard let inFlight = self.shards[lane.shard]?.lanes[lane.number].inFlight else {
            self.giveBackSlot(of: lane)
            return .over
        }
        if self.shards[lane.shard]?.lanes[lane.number].trouble != nil {
            self.shards[lane.shard]?.lanes[lane.number].trouble = nil
            self.refresh(lane.shard)
        }
        switch self.planned(lane, now: now) {
        case .invoke(let records, let attempt):
            guard self.slots.take(lane) else { return .wait }
            self.changeInFlight(lane) { $0.isInvoked = true }
            return .invoke(
                RecordBatch(
                    id: inFlight.id,
                    shard: lane.shard,
                    records: records,
                    attempt: attempt,
                    window: self.shards[lane.shard]?.window?.invocation(isFinal: inFlight.isFinal)
                )
            )
        case .discard(let discard):
            self.giveBackSlot(of: lane)
            let discarded = DiscardedBatch(
                condition: discard.condition,
                id: inFlight.id,
                streamARN: self.configuration.streamARN,
                shard: lane.shard,
                records: discard.records,
                invokeCount: discard.invokeCount,
                response: discard.response,
                at: now
            )
            return .discard(discarded, reason: discard.reason)
        case .over:
            if inFlight.isFinal { self.shards[lane.shard]?.window?.close() }
            self.finishBatch(lane, abandonedBecause: nil, now: now)
            return .over
        }
    }

    /// An attempt is over.
    ///
    /// A report that comes after its batch was left undone changes nothing.
    package mutating func attemptEnded(
        _ lane: LaneID,
        _ report: AttemptReport,
        now: Timestamp
    ) -> AttemptSequel {
        guard self.shards[lane.shard]?.lanes[lane.number].inFlight?.id == report.id else {
            return AttemptSequel(step: .over, storing: nil)
        }
        self.giveBackSlot(of: lane)
        if report.pins { self.shards[lane.shard]?.isPinned = true }
        let change = self.changeInFlight(lane) {
            $0.handlerTime += report.handlerTime
            $0.work = report.work
            $0.isInvoked = false
            return $0.plan.ended(report.result)
        }
        if let state = report.state { self.shards[lane.shard]?.window?.returned(state) }
        let step: AttemptStep
        switch change {
        case .done(let count):
            self.advance(lane, by: count)
            step = self.nextAttempt(lane, now: now)
        case .rest(let done, let left):
            self.advance(lane, by: done)
            let reason = "the function reported failed records"
            step = self.repeatLater(lane, reason: reason, change: .rest(done: done, left: left), now: now)
        case .again, .notInvoked, .split: step = self.repeatLater(lane, after: report.result, change, now: now)
        case .exhausted, nil: step = self.nextAttempt(lane, now: now)
        }
        return self.sequel(step, of: lane, mayStore: report.mayStore)
    }

    /// Records were given up, and the failure destination was told or could not be.
    package mutating func discardEnded(
        _ lane: LaneID,
        _ discarded: DiscardedBatch,
        reason: String?,
        message: RecordDiscard.MessageFate,
        mayStore: Bool,
        now: Timestamp
    ) -> AttemptSequel {
        self.destination.ended(message)
        guard self.shards[lane.shard]?.lanes[lane.number].inFlight?.id == discarded.id else {
            return AttemptSequel(step: .over, storing: nil)
        }
        self.changeInFlight(lane) { $0.plan.discarded() }
        if let first = discarded.records.first, let last = discarded.records.last {
            self.publish(
                .discarded(
                    RecordDiscard(
                        id: discarded.id,
                        shard: lane.shard,
                        condition: discarded.condition,
                        records: discarded.records.count,
                        first: first.sequenceNumber,
                        last: last.sequenceNumber,
                        invokeCount: discarded.invokeCount,
                        reason: reason,
                        message: message
                    )
                )
            )
        }
        if discarded.records.isEmpty {
            // Each is a state that is lost: none is left out as a repetition of the one before.
            self.publish(
                .notice(
                    Notice(
                        level: .error,
                        shard: lane.shard,
                        code: Notice.windowDiscarded,
                        message: "the last invocation of a tumbling window is given up "
                            + "(\(discarded.condition.rawValue)): what its state held is lost\(reason.map { "; \($0)" } ?? "")"
                    )
                )
            )
        }
        let step = self.nextAttempt(lane, now: now)
        return self.sequel(step, of: lane, mayStore: mayStore)
    }

    /// What follows, and the position that is stored before.
    private mutating func sequel(_ step: AttemptStep, of lane: LaneID, mayStore: Bool) -> AttemptSequel {
        guard mayStore, let storing = self.takeStoring(of: lane.shard) else {
            return AttemptSequel(step: step, storing: nil)
        }
        switch step {
        case .invoke, .discard:
            // Storing takes its time: records may be too old after it, and another lane can have the slot until then.
            self.giveBackSlot(of: lane)
            return AttemptSequel(step: .pause(.zero), storing: storing)
        case .pause, .wait, .over: return AttemptSequel(step: step, storing: storing)
        }
    }

    /// A batch is left undone: the session ends, or the handler has asked for that.
    ///
    /// - Parameters:
    ///   - lane: The lane of the batch.
    ///   - reason: Why, for people.
    ///   - handlerTime: Time in the handler since the last attempt that came to an end.
    ///   - work: What the handler did, all attempts.
    ///   - now: The time.
    package mutating func abandoned(
        _ lane: LaneID,
        reason: String,
        handlerTime: Duration,
        work: HandlerWork,
        now: Timestamp
    ) {
        self.giveBackSlot(of: lane)
        self.changeInFlight(lane) {
            $0.handlerTime += handlerTime
            $0.work = work
            if $0.isInvoked { $0.plan.leftUnanswered() }
        }
        self.finishBatch(lane, abandonedBecause: reason, now: now)
    }
}
