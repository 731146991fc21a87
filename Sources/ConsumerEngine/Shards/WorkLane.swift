// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// What the engine knows of a lane: records that wait, and the batch in the handler.
package struct WorkLane: Sendable {
    /// A batch that is worked on.
    package struct InFlight: Sendable {
        /// The batch.
        package var id: BatchID
        /// What is done with its records.
        package var plan: BatchPlan
        /// Up to where the lane is done when the batch is.
        package var end: SequenceNumber?
        /// What was read before each of its records, of all lanes; empty with one lane.
        package var befores: [SequenceNumber?]
        /// Creation time of its oldest record.
        package var oldestCreatedAt: Timestamp
        /// Creation time of its last record.
        package var lastCreatedAt: Timestamp
        /// Records that were told of as done while the batch was not over.
        package var toldCount = 0
        /// Time in the handler so far.
        package var handlerTime = Duration.zero
        /// What the handler did so far.
        package var work = HandlerWork()
        /// Of that, what was told of while the batch was not over.
        package var toldWork = HandlerWork()
        /// The tumbling window's last invocation.
        package var isFinal = false
        /// Whether the handler has it and has not answered.
        package var isInvoked = false
    }

    /// Why something waits, and until when.
    package struct Trouble: Hashable, Sendable {
        /// What went wrong, for people.
        package var reason: String
        /// When the next attempt is made.
        package var until: Timestamp
    }

    /// How far everything that was read is done, as far as this lane knows.
    package enum Progress: Hashable, Sendable {
        /// All that this lane got is done.
        case all
        /// Everything read up to here; nil: nothing.
        case upTo(SequenceNumber?)
    }

    package var former: BatchFormer
    package var inFlight: InFlight?
    /// The batch that fails at present.
    package var trouble: Trouble?
    /// The end of what was handed out and is done; nil: nothing is.
    ///
    /// Only used by a lane that is alone.
    package var doneEnd: SequenceNumber?

    /// Creates a lane without records.
    package init(former: BatchFormer) {
        self.former = former
    }

    /// Begins a batch that has no records.
    package mutating func begin(_ inFlight: InFlight) {
        self.former.beginEmptyBatch()
        self.inFlight = inFlight
    }

    /// Changes the batch in the handler; nil: there is none.
    package mutating func changeInFlight<Result>(_ change: (inout InFlight) -> Result) -> Result? {
        // Taken out meanwhile, so that nothing is copied.
        guard var inFlight = self.inFlight.take() else { return nil }
        defer { self.inFlight = inFlight }
        return change(&inFlight)
    }

    /// The batch is over.
    ///
    /// - Parameters:
    ///   - isDone: Whether all of it has ended; else it is left undone.
    ///   - isAlone: Whether the shard has no other lane.
    ///   - now: The time.
    package mutating func finishBatch(isDone: Bool, isAlone: Bool, now: Timestamp) {
        guard let inFlight = self.inFlight.take() else { preconditionFailure("no batch is out") }
        self.trouble = nil
        self.former.finished(now: now)
        if isDone, isAlone, let end = inFlight.end { self.doneEnd = max(end, self.doneEnd ?? end) }
    }

    /// Records that are read and have not ended.
    package var openCount: Int {
        self.former.waitingCount + (self.inFlight?.plan.openCount ?? 0)
    }

    /// Whether all it got is done.
    package var isIdle: Bool {
        self.inFlight == nil && self.former.waitingCount == 0
    }

    /// Creation time of the oldest record that is read and not done.
    package var oldestPendingCreatedAt: Timestamp? {
        self.inFlight?.oldestCreatedAt ?? self.former.head?.createdAt
    }

    /// How far it is done.
    package var progress: Progress {
        if let inFlight {
            let open = inFlight.plan.firstOpen ?? inFlight.plan.records.count
            if !inFlight.befores.isEmpty {
                if open < inFlight.befores.count { return .upTo(inFlight.befores[open]) }
            } else if open < inFlight.plan.records.count || inFlight.isFinal {
                return .upTo(open > 0 ? inFlight.plan.records[open - 1].sequenceNumber : self.doneEnd)
            }
        }
        guard self.former.waitingCount > 0 else { return .all }
        return .upTo(self.former.headBefore ?? self.doneEnd)
    }
}
