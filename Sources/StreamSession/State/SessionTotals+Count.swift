// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionTotals {
    /// Counts an answer of GetRecords.
    mutating func count(_ summary: ReadSummary) {
        self.reads += 1
        if summary.records == 0 { self.emptyReads += 1 }
        self.polled += summary.records
        self.filteredOut += summary.filteredOut
        self.inFlight += summary.records - summary.filteredOut
        self.size = self.size + summary.size
    }

    /// Counts an attempt that did not end well.
    mutating func count(_ retry: BatchRetry) {
        self.retries += 1
        self.errors += 1
        switch retry.change {
        case .again, .notInvoked: break
        case .split: self.splits += 1
        case .rest: self.partialSuccesses += 1
        }
    }

    /// Counts records that are done before their batch is.
    mutating func count(_ advance: BatchAdvance) {
        self.succeeded += advance.records
        self.inFlight -= advance.records
    }

    /// Counts records that are given up.
    mutating func count(_ discard: RecordDiscard) {
        self.dropped += discard.records
        self.inFlight -= discard.records
        switch discard.condition {
        case .retryAttemptsExhausted: self.attemptsExhausted += discard.records
        case .recordAgeExceeded: self.ageExceeded += discard.records
        }
        switch discard.message {
        case .none: break
        case .delivered:
            self.destinationDelivered += discard.records
            self.messagesDelivered += 1
        case .dropped:
            self.destinationFailed += discard.records
            self.messagesFailed += 1
        }
    }

    /// Counts the end of a batch.
    mutating func count(_ outcome: BatchOutcome) {
        self.inFlight -= outcome.remaining
        switch outcome.result {
        case .succeeded:
            self.succeeded += outcome.remaining
            self.batchesSucceeded += 1
        case .discarded:
            self.succeeded += outcome.remaining
            self.batchesDiscarded += 1
        case .abandoned: self.returned += outcome.remaining
        }
        self.attempts += outcome.attempts
        self.invoked += outcome.invoked
        self.failedInvokes += outcome.failedInvokes
        self.work.add(outcome.untoldWork)
    }

    /// Counts records that were gone before they were read.
    mutating func countLoss() {
        self.dataLosses += 1
        self.errors += 1
    }

    /// Counts what is left undone as given back.
    mutating func giveBack() {
        self.returned += self.inFlight
        self.inFlight = 0
    }
}
