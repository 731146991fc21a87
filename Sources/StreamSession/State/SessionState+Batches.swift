// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

extension SessionState {
    /// Takes in a batch that goes to its handler.
    mutating func form(_ batch: BatchDescription, at: Timestamp) {
        let count = batch.records.count
        let isGoingOn = self.hold == nil
        self.totals.batches += 1
        self.totals.delivered += count
        self.handlingCount += 1
        // What was read before a hold is handed out before anything is read again.
        if isGoingOn { self.isEnabling = false }
        // The last invocation of a window has no records and no size.
        if count > 0 { self.batchSizes.add(count) }
        self.changeShard(batch.shard) {
            $0.totals.batches += 1
            $0.totals.delivered += count
            $0.handlingCount += 1
            if isGoingOn { $0.isEnabling = false }
            if count > 0 { $0.lastBatchSize = count }
        }
        if self.batches.append(BatchState(description: batch, formedAt: at)) != nil {
            self.emptiedBatches = max(0, self.emptiedBatches - 1)
        }
        self.keep(batch, at: at)
    }

    /// Takes in a failed attempt.
    mutating func retry(_ retry: BatchRetry) {
        self.totals.count(retry)
        let result = if case .rest = retry.change { ProcessingResult.succeeded } else { ProcessingResult.failed }
        self.lastResult = result
        self.changeShard(retry.shard) {
            $0.totals.count(retry)
            $0.lastProblem = retry.reason
            $0.lastResult = result
        }
        self.changeBatch(retry.id) {
            $0.attempts = retry.attempt + 1
            $0.lastFailure = retry.reason
        }
    }

    /// Takes in records that are done before their batch is.
    mutating func advance(_ advance: BatchAdvance) {
        self.totals.count(advance)
        self.lastResult = .succeeded
        self.changeShard(advance.shard) {
            $0.totals.count(advance)
            $0.lastResult = .succeeded
        }
    }

    /// Takes in records that are given up.
    mutating func discard(_ discard: RecordDiscard) {
        self.totals.count(discard)
        self.totals.errors += 1
        // Records that were too old were maybe never tried.
        let isFailure = discard.condition == .retryAttemptsExhausted
        if isFailure { self.lastResult = .failed }
        self.changeShard(discard.shard) {
            $0.totals.count(discard)
            $0.totals.errors += 1
            if isFailure { $0.lastResult = .failed }
        }
    }

    /// Takes in the end of a batch.
    mutating func finish(_ outcome: BatchOutcome, at: Timestamp) {
        self.totals.count(outcome)
        self.handlingCount -= 1
        // Of a batch with a discard, what ends with it went well.
        let isWell = outcome.result == .succeeded || (outcome.result == .discarded && outcome.remaining > 0)
        if isWell { self.lastResult = .succeeded }
        // The last invocation of a window has no records, and is given up without a discard.
        let isFailure = outcome.result == .discarded && outcome.records == 0
        if isFailure { self.lastResult = .failed }
        if outcome.hasIteratorAge { self.iteratorAge = outcome.iteratorAge }
        self.changeShard(outcome.shard) {
            $0.totals.count(outcome)
            $0.handlingCount -= 1
            if outcome.hasIteratorAge { $0.iteratorAge = outcome.iteratorAge }
            if isFailure { $0.lastResult = .failed }
            guard isWell else { return }
            $0.lastProblem = nil
            $0.lastResult = .succeeded
        }
        self.changeBatch(outcome.id) {
            $0.attempts = outcome.attempts
            $0.outcome = outcome
            $0.work = outcome.work
            $0.finishedAt = at
        }
        self.changeSecond(at, shard: outcome.shard) {
            $0.add(outcome.untoldWork)
            $0.batches += 1
            $0.handlerTime = max($0.handlerTime ?? .zero, outcome.handlerTime)
        }
    }

    /// Takes in what was done for a batch that is not over.
    mutating func work(_ told: BatchWork, at: Timestamp) {
        self.totals.work.add(told.work)
        self.changeShard(told.shard) { $0.totals.work.add(told.work) }
        self.changeBatch(told.id) { $0.work.add(told.work) }
        self.changeSecond(at, shard: told.shard) { $0.add(told.work) }
    }

    /// Marks the newest delivery of a repeated record.
    mutating func markDuplicate(_ eventID: EventID, shard: ShardID) {
        self.totals.duplicates += 1
        self.changeShard(shard) { $0.totals.duplicates += 1 }
        self.records.markDuplicate(eventID)
    }

    private mutating func changeBatch(_ id: BatchID, _ change: (inout BatchState) -> Void) {
        // Batches that change are among the newest.
        guard let index = self.batches.lastIndex(where: { $0.description.id == id }) else { return }
        change(&self.batches[index])
    }

    /// Keeps the newest records within their bounds, and lets go of the records of batches as old as those dropped.
    private mutating func keep(_ batch: BatchDescription, at: Timestamp) {
        guard self.retention.recordBytes > 0 else {
            self.batches[self.batches.count - 1].description.records = []
            return
        }
        // Records are parts of the page they came in: without copies one kept record would keep a whole page alive.
        let records = batch.records.detached()
        self.batches[self.batches.count - 1].description.records = records
        self.recordBytes += self.records.append(records, of: batch.id, shard: batch.shard, deliveredAt: at)
        while self.recordBytes > self.retention.recordBytes, self.records.count > 1 {
            self.recordBytes -= self.records.dropOldest()
        }
        guard let oldest = self.records.oldestBatch else { return }
        while self.emptiedBatches < self.batches.count,
            self.batches[self.emptiedBatches].description.id < oldest
        {
            self.batches[self.emptiedBatches].description.records = []
            self.emptiedBatches += 1
        }
    }
}

extension StreamRecord {
    /// Bytes that keeping this record holds in memory, its own fields included: an estimate for bounds.
    public var retainedBytes: Int {
        256 + self.itemBytes
    }
}
