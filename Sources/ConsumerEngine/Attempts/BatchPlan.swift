// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Decides what is done with the records of one batch until each is done or given up: attempts, halves, rests, ages.
///
/// Records are worked through in order: what was cut off waits until what stands before it has ended. Knows no time but
/// what it is told, and no handler: ``next(now:)`` says what to do, ``ended(_:)`` and ``discarded()`` say how it went.
package struct BatchPlan: Sendable {
    /// What to do now.
    package enum Next: Sendable {
        /// Hand these records to the handler; the attempt counts from 1 since the records were last cut.
        case invoke([StreamRecord], attempt: Int)
        /// Give these records up, then say ``BatchPlan/discarded()``.
        case discard(Discard)
        /// The batch has ended.
        case over
    }

    /// Records to be given up.
    package struct Discard: Hashable, Sendable {
        /// Why.
        package var condition: DiscardCondition
        /// The records; none if it is the last invocation of a tumbling window.
        package var records: [StreamRecord]
        /// Invocations that counted; 1 if there were none.
        package var invokeCount: Int
        /// What the last one answered; nil: nothing, or the records are too old.
        package var response: FunctionResponse?
        /// The newest failure, for people.
        package var reason: String?
    }

    /// What the end of an attempt has led to.
    package enum Change: Hashable, Sendable {
        /// So many records are done; the next part follows, if there is one.
        case done(Int)
        /// Some records are done, the others come again.
        case rest(done: Int, left: Int)
        /// The same records come again.
        case again
        /// The same records come again, and it does not count.
        case notInvoked
        /// The halves come, one after the other.
        case split(first: Int, second: Int)
        /// All attempts are used up: the records are to be given up.
        case exhausted
    }

    /// A stretch of the batch that is handed over together.
    private struct Part: Sendable {
        var range: Range<Int>
        /// Attempts that counted.
        var failures = 0
        /// All attempts.
        var attempts = 0
        /// Attempts in a row that did not take place.
        var refusals = 0
        var isExhausted = false
        var response: FunctionResponse?
        var reason: String?
    }

    /// The records, oldest first; none in the last invocation of a tumbling window.
    package let records: [StreamRecord]
    private let rules: AttemptRules
    /// Stands for the age of the records where there are none.
    private let finalCreatedAt: Timestamp?
    private var current: Part
    /// What comes behind the current part, the last one next.
    private var later: [Part] = []
    /// Records of open parts that were given up, by their places; nearly always none.
    private var gone: Set<Int> = []
    /// What is being given up, by its places.
    private var leaving: [Int] = []
    private var isOver = false
    /// Records that are done.
    package private(set) var doneCount = 0
    /// Records that were given up.
    package private(set) var discardedCount = 0
    /// Whether the last invocation of a window was given up, which has no records.
    package private(set) var isGivenUp = false
    /// Attempts, all parts, those that did not take place included.
    package private(set) var attempts = 0
    /// Records in them, each delivery counted.
    package private(set) var invoked = 0
    /// Of these, the ones in attempts that failed, or named as failed.
    package private(set) var failedInvokes = 0

    /// Plans a batch of at least one record.
    package init(_ records: [StreamRecord], rules: AttemptRules) {
        precondition(!records.isEmpty, "a batch has a record")
        self.records = records
        self.rules = rules
        self.finalCreatedAt = nil
        self.current = Part(range: records.indices)
    }

    /// Plans the last invocation of a tumbling window, which has no records and is as old as the newest one before it.
    package init(finalAfter createdAt: Timestamp, rules: AttemptRules) {
        self.records = []
        self.rules = rules
        self.finalCreatedAt = createdAt
        self.current = Part(range: 0..<0)
    }

    /// The place of the first record that has not ended: all before it have; nil if all have.
    package var firstOpen: Int? {
        self.isOver ? nil : self.current.range.lowerBound
    }

    /// Records that have not ended.
    package var openCount: Int {
        self.records.count - self.doneCount - self.discardedCount
    }

    /// Attempts in a row that went wrong, for the pause before the next one; at least 1.
    package var failuresInRow: Int {
        max(1, self.current.refusals > 0 ? self.current.refusals : self.current.failures)
    }

    /// What to do now: gives up what is too old before anything else.
    package mutating func next(now: Timestamp) -> Next {
        guard !self.isOver else { return .over }
        // Whoever asks again has not given up what was to be given up before, and the clock may have been set back.
        self.leaving = []
        if self.current.isExhausted {
            return .discard(self.discard(.retryAttemptsExhausted, self.places(self.current)))
        }
        if let limit = self.rules.ageLimit(wasTried: self.current.attempts > 0) {
            let oldest = now.advanced(by: .zero - limit)
            if let finalCreatedAt {
                if finalCreatedAt < oldest { return .discard(self.discard(.recordAgeExceeded, [])) }
            } else {
                let expired = self.expired(before: oldest)
                if !expired.isEmpty { return .discard(self.discard(.recordAgeExceeded, expired)) }
            }
        }
        return .invoke(self.currentRecords, attempt: self.current.attempts + 1)
    }

    /// The attempt that ``next(now:)`` has asked for was made, and nobody knows how it ended: the session did before.
    package mutating func leftUnanswered() {
        self.attempts += 1
        self.invoked += self.current.range.count - self.goneCount(in: self.current)
    }

    /// The attempt that ``next(now:)`` has asked for is over.
    package mutating func ended(_ result: AttemptResult) -> Change {
        precondition(!self.isOver && self.leaving.isEmpty, "no attempt goes on")
        let count = self.current.range.count - self.goneCount(in: self.current)
        self.attempts += 1
        self.current.attempts += 1
        if case .notInvoked(let reason, _) = result {
            self.current.refusals += 1
            self.current.reason = reason
            return .notInvoked
        }
        self.invoked += count
        self.current.refusals = 0
        switch result {
        case .succeeded:
            self.doneCount += count
            self.closeCurrent()
            return .done(count)
        case .failedFrom(let index, let response):
            let places = self.places(self.current)
            precondition(places.indices.contains(index) && index > 0, "place \(index) of \(count) records")
            self.failedInvokes += count - index
            self.doneCount += index
            // A partial success starts a fresh count.
            self.current = Part(
                range: places[index]..<self.current.range.upperBound,
                response: response,
                reason: "the function reported failed records"
            )
            return .rest(done: index, left: count - index)
        case .failed(let reason, let response):
            self.failedInvokes += count
            return self.failed(count, reason: reason, response: response)
        case .notInvoked: return .notInvoked
        }
    }

    /// The records that ``next(now:)`` wanted to be given up are given up.
    package mutating func discarded() {
        self.discardedCount += self.leaving.count
        if self.finalCreatedAt != nil { self.isGivenUp = true }
        self.gone.formUnion(self.leaving)
        self.leaving = []
        if self.current.isExhausted || self.finalCreatedAt != nil {
            self.closeCurrent()
            return
        }
        // What is gone at the front is behind us; what is gone further back is stepped over.
        guard let first = self.places(self.current).first else { return self.closeCurrent() }
        self.current.range = first..<self.current.range.upperBound
    }

    private mutating func failed(_ count: Int, reason: String, response: FunctionResponse?) -> Change {
        if self.rules.bisects, count > 1 {
            // A part of a split starts without used attempts: they are only spent by a record that stands alone.
            let places = self.places(self.current)
            let middle = places[count / 2]
            var first = Part(range: self.current.range.lowerBound..<middle)
            var second = Part(range: middle..<self.current.range.upperBound)
            first.reason = reason
            second.reason = reason
            self.later.append(second)
            self.current = first
            return .split(first: count / 2, second: count - count / 2)
        }
        self.current.failures += 1
        self.current.reason = reason
        self.current.response = response
        guard let most = self.rules.maximumRetryAttempts, self.current.failures > most else { return .again }
        self.current.isExhausted = true
        return .exhausted
    }

    private mutating func discard(_ condition: DiscardCondition, _ places: [Int]) -> Discard {
        self.leaving = places
        return Discard(
            condition: condition,
            records: places.map { self.records[$0] },
            invokeCount: max(1, self.current.failures),
            response: condition == .recordAgeExceeded ? nil : self.current.response,
            reason: self.current.reason
        )
    }

    private mutating func closeCurrent() {
        guard let next = self.later.popLast() else {
            self.isOver = true
            return
        }
        self.current = next
    }

    private var currentRecords: [StreamRecord] {
        if self.gone.isEmpty {
            let range = self.current.range
            return range == self.records.indices ? self.records : Array(self.records[range])
        }
        return self.places(self.current).map { self.records[$0] }
    }

    private func expired(before oldest: Timestamp) -> [Int] {
        // Nearly always none is, and then nothing is made.
        guard self.records[self.current.range].contains(where: { $0.createdAt < oldest }) else { return [] }
        return self.places(self.current).filter { self.records[$0].createdAt < oldest }
    }

    private func places(_ part: Part) -> [Int] {
        self.gone.isEmpty ? Array(part.range) : part.range.filter { !self.gone.contains($0) }
    }

    private func goneCount(in part: Part) -> Int {
        self.gone.isEmpty ? 0 : self.gone.count { part.range.contains($0) }
    }
}
