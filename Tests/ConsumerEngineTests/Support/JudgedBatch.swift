// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport

/// What the rules of an event source mapping make of one batch, found from what its handler and its failure destination
/// see: which records come next, when, how often, and when they are given up.
///
/// Written beside the engine's own plan and without it, so that a mistake has to be made twice to stay unseen. Each method
/// returns what must not be.
struct JudgedBatch: Sendable {
    /// What the handler's answer means.
    enum Answer: Sendable {
        case done
        /// The records from this place on come again.
        case rest(from: Int, FunctionResponse)
        case failed(FunctionResponse?)
        case notInvoked(after: Duration?)
    }

    /// What has been counted, to be compared with what the engine publishes.
    struct Counts: Hashable, Sendable {
        var attempts = 0
        var invoked = 0
        var failedInvokes = 0
        var done = 0
        var discarded = 0
        var splits = 0
        var rests = 0
        var retries = 0
        var handlerTime = Duration.zero
    }

    private struct Part: Sendable {
        var records: [StreamRecord]
        var failures = 0
        var attempts = 0
        var refusals = 0
        var response: FunctionResponse?
    }

    let shard: ShardID
    private let configuration: ConsumerConfiguration
    /// The records that are next; nil: none of the batch was handed over yet.
    private var current: Part?
    private var later: [Part] = []
    private var isExhausted = false
    private(set) var isOver = false
    private(set) var counts = Counts()
    private var beganAt: Timestamp?
    /// When the newest attempt or discard ended, and how long the next attempt has to wait from then on.
    private var ended: (at: Timestamp, pause: ClosedRange<Duration>)?

    init(shard: ShardID, configuration: ConsumerConfiguration) {
        self.shard = shard
        self.configuration = configuration
    }

    /// Whether nothing of it was tried or given up.
    var isFresh: Bool { self.current == nil && self.counts.discarded == 0 }

    /// The age beyond which records are given up; nil: none yet.
    private var ageLimit: Duration? {
        self.configuration.maximumRecordAge ?? ((self.current?.attempts ?? 0) > 0 ? .seconds(86_400) : nil)
    }

    private func isTooOld(_ record: StreamRecord, now: Timestamp) -> Bool {
        self.ageLimit.map { now.since(record.createdAt) > $0 } ?? false
    }

    // MARK: - Attempts

    mutating func began(_ batch: RecordBatch, now: Timestamp) -> [String] {
        var violations: [String] = []
        if self.isOver { violations.append("comes again after its end") }
        if self.isExhausted { violations.append("is tried again although its attempts are used up") }
        if batch.shard != self.shard { violations.append("is of two shards") }
        let part = self.current ?? Part(records: batch.records)
        if part.records.map(\.sequenceNumber) != batch.records.map(\.sequenceNumber) {
            violations.append("\(Self.text(batch.records)) come, not \(Self.text(part.records))")
        }
        if batch.attempt != part.attempts + 1 {
            violations.append("attempt \(batch.attempt) is number \(part.attempts + 1)")
        }
        for record in batch.records where self.isTooOld(record, now: now) {
            violations.append("\(record.sequenceNumber) is handed over \(now.since(record.createdAt)) old")
        }
        if let ended, let reason = self.wrongPause(now.since(ended.at), ended.pause) { violations.append(reason) }
        self.current = part
        self.beganAt = now
        self.ended = nil
        return violations
    }

    /// A pause may be longer by the time that a position takes, or by any if a slot has to be waited for.
    private func wrongPause(_ pause: Duration, _ bounds: ClosedRange<Duration>) -> String? {
        let storing = Duration.milliseconds(30)
        if pause < bounds.lowerBound { return "comes after \(pause), before \(bounds.lowerBound)" }
        guard self.configuration.maximumConcurrentBatches == nil, pause > bounds.upperBound + storing else {
            return nil
        }
        return "comes after \(pause), later than \(bounds.upperBound)"
    }

    mutating func answered(_ answer: Answer, now: Timestamp) {
        guard var part = self.current, let beganAt else { return }
        let count = part.records.count
        self.beganAt = nil
        self.counts.attempts += 1
        self.counts.handlerTime += now.since(beganAt)
        part.attempts += 1
        if case .notInvoked(let delay) = answer {
            part.refusals += 1
            self.current = part
            self.comesAgain(now, delay.map { $0...$0 } ?? self.pause(after: part.refusals))
            return
        }
        part.refusals = 0
        self.counts.invoked += count
        self.current = part
        switch answer {
        case .done, .notInvoked:
            self.counts.done += count
            self.ended = (now, .zero ... .zero)
            self.closePart()
        case .rest(let place, let response):
            self.counts.failedInvokes += count - place
            self.counts.done += place
            self.counts.rests += 1
            self.current = Part(records: Array(part.records[place...]), response: response)
            self.comesAgain(now, self.pause(after: 1))
        case .failed(let response):
            self.counts.failedInvokes += count
            self.failed(part, response, now: now)
        }
    }

    private mutating func failed(_ part: Part, _ response: FunctionResponse?, now: Timestamp) {
        let count = part.records.count
        if self.configuration.bisectsBatchOnFunctionError, count > 1 {
            self.current = Part(records: Array(part.records[..<(count / 2)]))
            self.later.append(Part(records: Array(part.records[(count / 2)...])))
            self.counts.splits += 1
            self.comesAgain(now, self.pause(after: 1))
            return
        }
        self.current?.failures += 1
        self.current?.response = response
        if let most = self.configuration.maximumRetryAttempts, part.failures + 1 == most + 1 {
            self.isExhausted = true
            self.ended = (now, .zero ... .zero)
            // Of a window's last invocation nobody is told.
            if count == 0 { self.closePart() }
        } else {
            self.comesAgain(now, self.pause(after: part.failures + 1))
        }
    }

    private mutating func comesAgain(_ now: Timestamp, _ pause: ClosedRange<Duration>) {
        self.counts.retries += 1
        self.ended = (now, pause)
    }

    /// Half to all of what doubles from the first bound on and stops at the second.
    private func pause(after failures: Int) -> ClosedRange<Duration> {
        var whole = self.configuration.backoff.lowerBound
        for _ in 1..<max(failures, 1) { whole = min(whole * 2, self.configuration.backoff.upperBound) }
        return whole / 2...whole
    }

    private mutating func closePart() {
        self.isExhausted = false
        if let next = self.later.popLast() { self.current = next } else { self.isOver = true }
    }

    // MARK: - Discards

    mutating func discarded(_ message: DiscardedBatch, now: Timestamp) -> [String] {
        var violations: [String] = []
        if self.isOver || self.beganAt != nil { violations.append("is given up when it must not be") }
        if message.at != now { violations.append("is given up at \(message.at), told at \(now)") }
        if message.shard != self.shard { violations.append("is told of another shard") }
        if message.invokeCount != max(1, self.current?.failures ?? 0) {
            violations.append("is told as tried \(message.invokeCount) times, not \(self.current?.failures ?? 0)")
        }
        let isExpected = message.condition == .retryAttemptsExhausted
        if self.isExhausted != isExpected { violations.append("\(message.condition.rawValue) without reason") }
        let numbers = message.records.map(\.sequenceNumber)
        if isExpected {
            if numbers != self.current?.records.map(\.sequenceNumber) {
                violations.append("gives up \(Self.text(message.records))")
            }
            if message.response != self.current?.response { violations.append("is told without its last answer") }
        } else {
            if message.response != nil { violations.append("is told as too old with an answer") }
            let old = self.current.map { part in part.records.filter { self.isTooOld($0, now: now) } }
            if let old, old.map(\.sequenceNumber) != numbers {
                violations.append("gives up \(Self.text(message.records)), not \(Self.text(old))")
            }
            for record in message.records where !self.isTooOld(record, now: now) {
                violations.append("\(record.sequenceNumber) is given up \(now.since(record.createdAt)) old")
            }
        }
        if message.records.isEmpty { violations.append("tells of no records") }
        self.counts.discarded += numbers.count
        self.ended = (now, .zero ... .zero)
        guard self.current != nil else { return violations }
        self.current?.records.removeAll { numbers.contains($0.sequenceNumber) }
        if self.current?.records.isEmpty ?? true { self.closePart() }
        return violations
    }

    private static func text(_ records: [StreamRecord]) -> String {
        guard let first = records.first, let last = records.last else { return "no records" }
        return "\(records.count) from \(first.sequenceNumber) to \(last.sequenceNumber)"
    }
}
