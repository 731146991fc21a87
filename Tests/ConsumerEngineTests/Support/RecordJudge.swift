// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport

/// Knows every record that was written and what has become of it, over several runs, and says what must not happen.
///
/// It is told by the handler, the failure destination and the store, each before the engine goes on: a crash between what
/// is done and what is told would be a false alarm.
final class RecordJudge: Sendable {
    private struct State: Sendable {
        var byKey: [String: [SequenceNumber]] = [:]
        var byShard: [ShardID: [StreamRecord]] = [:]
        var parents: [ShardID: ShardID] = [:]
        var closed: Set<ShardID> = []
        /// Records that were handled or given up, in any run.
        var ended: Set<SequenceNumber> = []
        /// The same in this run, and when.
        var endedAt: [SequenceNumber: Timestamp] = [:]
        /// Where shards began in this run.
        var began: [ShardID: CheckpointPosition] = [:]
        var repeatsPages = false
        var handlers: [BatchID: (shard: ShardID, keys: Set<String>)] = [:]
        var batches: [BatchID: JudgedBatch] = [:]
        var windows: [ShardID: JudgedWindow] = [:]
        var messages: [BatchID: [JudgedMessage]] = [:]
        var exactAges: Set<Bool> = []
        var violations: [String] = []
    }

    private let configuration: ConsumerConfiguration
    private let clock: VirtualTime
    private let state = Mutex(State())

    init(configuration: ConsumerConfiguration, clock: VirtualTime) {
        self.configuration = configuration
        self.clock = clock
    }

    var violations: [String] { self.state.withLock { $0.violations } }

    /// Records that were never handled and never given up.
    var unended: [SequenceNumber] {
        self.state.withLock { state in
            state.byShard.values.flatMap { $0 }.map(\.sequenceNumber).filter { !state.ended.contains($0) }.sorted()
        }
    }

    /// The batches of this run.
    var batches: [BatchID: JudgedBatch] { self.state.withLock { $0.batches } }

    /// What the failure destination was told in this run.
    var messages: [BatchID: [JudgedMessage]] { self.state.withLock { $0.messages } }

    /// Whether records were handed over exactly as old as they may be (true), and given up a millisecond later (false).
    var exactAges: Set<Bool> { self.state.withLock { $0.exactAges } }

    func note(_ violation: String) {
        self.state.withLock { $0.violations.append("\(self.clock.now): \(violation)") }
    }

    // MARK: - The stream

    /// A record that the consumer wants was written.
    func wrote(_ record: StreamRecord, to shard: ShardID) {
        self.state.withLock {
            $0.byKey[ScriptedHandler.key(of: record), default: []].append(record.sequenceNumber)
            $0.byShard[shard, default: []].append(record)
        }
    }

    /// A shard is closed; its children begin.
    func closes(_ shard: ShardID, children: [ShardID]) {
        self.state.withLock { state in
            state.closed.insert(shard)
            for child in children { state.parents[child] = shard }
        }
    }

    /// All shards are closed.
    func closesAll(_ shards: [ShardID]) {
        self.state.withLock { $0.closed.formUnion(shards) }
    }

    /// The service hands out pages twice: records come again without a failure.
    func repeatsPages() {
        self.state.withLock { $0.repeatsPages = true }
    }

    // MARK: - Runs

    /// The program has crashed: nothing is in a handler any more, and what a window has counted is lost.
    func crashed(_ positions: [ShardID: CheckpointPosition]) {
        let now = self.clock.now
        self.state.withLock { state in
            for (shard, records) in state.byShard {
                guard let late = self.unstored(records, of: shard, behind: positions[shard], state, now: now) else {
                    continue
                }
                let position = positions[shard]?.text ?? "the beginning"
                state.violations.append("\(now): the position of \(shard) is \(position) although \(late) is done")
            }
            for (shard, window) in state.windows where window.isOpen(now: now) {
                let position = positions[shard]
                state.ended.subtract(window.done.filter { position?.isBefore(.sequenceNumber($0)) ?? true })
            }
            state.handlers = [:]
            state.batches = [:]
            state.windows = [:]
            state.messages = [:]
            state.began = [:]
            state.endedAt = [:]
        }
    }

    /// A record that is done for so long, as all before it are, that the position would have to be behind it.
    private func unstored(
        _ records: [StreamRecord],
        of shard: ShardID,
        behind position: CheckpointPosition?,
        _ state: State,
        now: Timestamp
    ) -> SequenceNumber? {
        // What a page brings again is in the way of what it brings behind that for the first time.
        if state.repeatsPages || state.windows[shard]?.isOpen(now: now) ?? false { return nil }
        // With several lanes a position may wait for a pause and an attempt, and that for its turn.
        let lanes = self.configuration.parallelizationFactor
        if lanes > 1, self.configuration.maximumConcurrentBatches != nil { return nil }
        let slack = Duration.milliseconds(lanes == 1 ? 15 : 500)
        var late: SequenceNumber?
        for number in records.map(\.sequenceNumber) {
            if let position, !position.isBefore(.sequenceNumber(number)) { continue }
            guard let at = state.endedAt[number], now.since(at) > slack else { break }
            late = number
        }
        return late
    }

    /// A shard was taken; the positions are those that are stored.
    func acquired(_ lease: Lease, _ positions: [ShardID: CheckpointPosition]) {
        let now = self.clock.now
        self.state.withLock { state in
            state.began[lease.shard] = lease.position
            if lease.position != positions[lease.shard] { state.violations.append("\(now): a lease is out of date") }
            if let parent = state.parents[lease.shard], positions[parent] != .shardEnd {
                state.violations.append("\(now): \(lease.shard) is begun before the end of \(parent)")
            }
        }
    }

    // MARK: - Batches

    /// A batch comes into a handler: what was written before for the same keys has ended, or stands before in the batch.
    func began(_ batch: RecordBatch) {
        let now = self.clock.now
        self.state.withLock { state in
            var found = self.checkOrder(batch, state)
            found += self.checkLimits(batch, state)
            for record in batch.records where !state.repeatsPages {
                if state.endedAt[record.sequenceNumber] != nil {
                    found.append("\(record.sequenceNumber) comes again although it is done")
                }
                if let began = state.began[batch.shard], !began.isBefore(.sequenceNumber(record.sequenceNumber)) {
                    found.append("\(record.sequenceNumber) comes although the position was \(began.text)")
                }
            }
            let limit = self.configuration.maximumRecordAge ?? (batch.attempt > 1 ? .seconds(86_400) : nil)
            if batch.records.contains(where: { now.since($0.createdAt) == limit }) { state.exactAges.insert(true) }
            var judged = state.batches[batch.id] ?? JudgedBatch(shard: batch.shard, configuration: self.configuration)
            if self.configuration.tumblingWindow > .zero {
                var window = state.windows[batch.shard] ?? JudgedWindow(configuration: self.configuration)
                let isDue = state.closed.contains(batch.shard) || Self.isPassed(batch.window?.end, batch.shard, state)
                found += window.began(batch, isFresh: judged.isFresh, isDue: isDue, now: now)
                state.windows[batch.shard] = window
            }
            found += judged.began(batch, now: now)
            state.batches[batch.id] = judged
            state.handlers[batch.id] = (batch.shard, Set(batch.records.map { ScriptedHandler.key(of: $0) }))
            state.violations += found.map { "\(now), batch \(batch.id.number): \($0)" }
        }
    }

    private func checkOrder(_ batch: RecordBatch, _ state: State) -> [String] {
        var found: [String] = []
        let keys = Set(batch.records.map { ScriptedHandler.key(of: $0) })
        for other in state.handlers.values {
            for key in keys.intersection(other.keys) { found.append("\(key) is in two handlers at once") }
        }
        var before: Set<SequenceNumber> = []
        for record in batch.records {
            let key = ScriptedHandler.key(of: record)
            if state.byShard[batch.shard]?.contains(record) != true {
                found.append("\(record.sequenceNumber) was not written there")
            }
            for earlier in state.byKey[key] ?? [] where earlier < record.sequenceNumber {
                if !state.ended.contains(earlier), !before.contains(earlier) {
                    found.append("\(record.sequenceNumber) of \(key) comes before \(earlier) has ended")
                }
            }
            before.insert(record.sequenceNumber)
        }
        return found
    }

    private func checkLimits(_ batch: RecordBatch, _ state: State) -> [String] {
        var found: [String] = []
        let count = batch.records.count
        if (count == 0) != (batch.window?.isFinal ?? false) { found.append("\(count) records") }
        if count > self.configuration.batchSize { found.append("\(count) records") }
        let bytes = batch.records.reduce(14) { $0 + $1.lambdaEvent(streamARN: ScriptedService.streamARN).count + 1 }
        if bytes > self.configuration.batchBytes, count > 1 { found.append("\(bytes) bytes") }
        if let most = self.configuration.maximumConcurrentBatches, state.handlers.count >= most {
            found.append("is number \(state.handlers.count + 1) in the handlers")
        }
        let lanes = state.handlers.values.count { $0.shard == batch.shard }
        if lanes >= self.configuration.parallelizationFactor { found.append("is number \(lanes + 1) of its shard") }
        return found
    }

    private static func isPassed(_ end: Timestamp?, _ shard: ShardID, _ state: State) -> Bool {
        guard let end else { return false }
        return state.byShard[shard]?.contains { $0.createdAt >= end } ?? false
    }

    /// A batch leaves a handler.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - answer: What the handler says.
    ///   - window: The state that it returns; nil: none.
    func left(_ batch: RecordBatch, _ answer: JudgedBatch.Answer, window: String?) {
        let now = self.clock.now
        self.state.withLock { state in
            state.handlers[batch.id] = nil
            let done: [StreamRecord] =
                switch answer {
                case .done: batch.records
                case .rest(let place, _): Array(batch.records[..<place])
                case .failed, .notInvoked: []
                }
            state.batches[batch.id]?.answered(answer, now: now)
            let isOver = state.batches[batch.id]?.isOver ?? false
            let isFinal = batch.window?.isFinal ?? false
            let settled = state.windows[batch.shard]?
                .answered(isFinal: isFinal, isClosed: isOver, done, state: window)
            state.ended.formUnion(done.map(\.sequenceNumber))
            for number in settled ?? done.map(\.sequenceNumber) { state.endedAt[number] = now }
        }
    }

    /// Records are given up, and the failure destination is told.
    func discarded(_ message: DiscardedBatch, isTaken: Bool) {
        let now = self.clock.now
        self.state.withLock { state in
            let id = message.id
            var judged = state.batches[id] ?? JudgedBatch(shard: message.shard, configuration: self.configuration)
            let found = judged.discarded(message, now: now)
            state.batches[id] = judged
            state.violations += found.map { "\(now), batch \(id.number): \($0)" }
            state.messages[id, default: []].append(JudgedMessage(message, isTaken: isTaken))
            if message.condition == .recordAgeExceeded {
                let limit = self.configuration.maximumRecordAge ?? .seconds(86_400)
                let isExact = message.records.contains { now.since($0.createdAt) == limit + .milliseconds(1) }
                if isExact { state.exactAges.insert(false) }
            }
            let numbers = message.records.map(\.sequenceNumber)
            state.ended.formUnion(numbers)
            if self.configuration.tumblingWindow > .zero {
                state.windows[message.shard, default: JudgedWindow(configuration: self.configuration)]
                    .discarded(message.records)
            } else {
                for number in numbers { state.endedAt[number] = now }
            }
        }
    }

    // MARK: - Positions

    /// A position is to be stored: nothing before it may be undone.
    func advances(_ shard: ShardID, to position: CheckpointPosition) {
        let now = self.clock.now
        self.state.withLock { state in
            for number in (state.byShard[shard] ?? []).map(\.sequenceNumber) where !state.ended.contains(number) {
                if position.isBefore(.sequenceNumber(number)) { continue }
                state.violations.append("\(now): the position \(position.text) passes \(number), which is not done")
            }
            if position == .shardEnd, !state.closed.contains(shard) {
                state.violations.append("\(now): \(shard) is done before it is closed")
            }
            if state.windows[shard]?.isOpen(now: now) ?? false {
                state.violations.append("\(now): a position of \(shard) is stored while a window is open")
            }
            state.windows[shard]?.stored(now: now)
        }
    }
}
