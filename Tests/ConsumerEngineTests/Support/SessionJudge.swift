// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport

/// Says what must not be in the events of a session: batches that are closed too early, too late or for a reason that is
/// none, and figures that differ from what handler and failure destination have seen.
struct SessionJudge: Sendable {
    /// What was seen of a batch while it was worked on.
    private struct Batch: Sendable {
        var description: BatchDescription
        var at: Timestamp
        /// When the lane was free for it.
        var since: Timestamp
    }

    private let configuration: ConsumerConfiguration
    private let measure = LambdaEventSize(streamARN: ScriptedService.streamARN)
    private var lanes: [LaneID: [Batch]] = [:]
    private var laneOf: [BatchID: LaneID] = [:]
    private var free: [LaneID: Timestamp] = [:]
    private var keys: [ShardID: [String: Int]] = [:]
    private var positions: [ShardID: CheckpointPosition] = [:]
    private var discards: [BatchID: [RecordDiscard]] = [:]
    private var outcomes: [BatchOutcome] = []
    private var seen: Set<EventID> = []
    private var duplicates = 0
    private(set) var violations: [String] = []

    /// Looks at a session, that may have crashed.
    init(_ events: [SessionEvent], _ configuration: ConsumerConfiguration) {
        self.configuration = configuration
        for event in events { self.add(event) }
        for (lane, batches) in self.lanes {
            for (index, batch) in batches.enumerated() {
                self.checkReason(batch, next: Array(batches[(index + 1)...]), of: lane)
            }
        }
    }

    private mutating func note(_ text: String, _ id: BatchID) {
        self.violations.append("batch \(id.number): \(text)")
    }

    private mutating func add(_ event: SessionEvent) {
        switch event.kind {
        case .batchFormed(let batch):
            let lane = LaneID(batch.shard, batch.lane)
            let since = max(batch.firstReadAt, self.free[lane] ?? batch.firstReadAt)
            self.lanes[lane, default: []].append(Batch(description: batch, at: event.at, since: since))
            if self.laneOf.updateValue(lane, forKey: batch.id) != nil { self.note("a second one", batch.id) }
            if batch.lane >= self.configuration.parallelizationFactor { self.note("lane \(batch.lane)", batch.id) }
            for record in batch.records {
                let key = ScriptedHandler.key(of: record)
                let known = self.keys[batch.shard, default: [:]].updateValue(batch.lane, forKey: key) ?? batch.lane
                if known != batch.lane { self.note("\(key) of lane \(known) in lane \(batch.lane)", batch.id) }
                if !self.seen.insert(record.eventID).inserted { self.duplicates += 1 }
            }
        case .batchFinished(let outcome):
            if let lane = self.laneOf[outcome.id] { self.free[lane] = event.at }
            self.checkAge(outcome, at: event.at)
            self.outcomes.append(outcome)
        case .discarded(let discard): self.discards[discard.id, default: []].append(discard)
        case .checkpoint(let shard, let position):
            // Of a quiet shard the time moves, and not the place.
            if let known = self.positions[shard], !known.isBefore(position),
                position.quietUntil.flatMap({ known.quiet(until: $0) }) != position
            {
                self.violations.append("the position of \(shard) goes from \(known.text) to \(position.text)")
            }
            self.positions[shard] = position
        default: break
        }
    }

    private mutating func checkAge(_ outcome: BatchOutcome, at: Timestamp) {
        let batch = self.laneOf[outcome.id].flatMap { self.lanes[$0]?.last?.description }
        guard let batch, let last = batch.records.last else { return }
        if outcome.iteratorAge != max(.zero, at.since(last.createdAt)) {
            self.note("an iterator age of \(outcome.iteratorAge)", outcome.id)
        }
    }

    /// Whether a batch was closed for the reason that it names, and whether there was none before.
    private mutating func checkReason(_ batch: Batch, next: [Batch], of lane: LaneID) {
        let description = batch.description
        let records = description.records
        guard let first = records.first else { return }
        let following = next.first { !$0.description.records.isEmpty }?.description.records.first
        let window = self.configuration.batchWindow
        let gathered = batch.at.since(batch.since)
        if (records.count == self.configuration.batchSize) != (description.reason == .full) {
            self.note("\(records.count) records are \(description.reason.rawValue)", description.id)
        }
        let bytes = records.reduce(LambdaEventSize.envelope) { $0 + self.measure.bytes(of: $1) }
        if bytes > self.configuration.batchBytes, records.count > 1 { self.note("\(bytes) bytes", description.id) }
        switch description.reason {
        case .full: break
        case .window:
            if gathered < window { self.note("closed after \(gathered)", description.id) }
        case .bytes:
            if let following, bytes + self.measure.bytes(of: following) <= self.configuration.batchBytes {
                self.note("closed at \(bytes) bytes although another record fits", description.id)
            }
        case .tumblingWindow:
            let length = self.configuration.tumblingWindow.wholeMilliseconds
            let end = Timestamp(milliseconds: (first.createdAt.milliseconds / length + 1) * length)
            if let following, following.createdAt < end { self.note("cut within its window", description.id) }
        case .shardEnd:
            if following != nil { self.note("not the last one of its shard", description.id) }
        case .step, .drain: self.note("closed for \(description.reason.rawValue)", description.id)
        }
        // Where nobody else has to be waited for, no batch gathers for longer than its window; a position that is stored
        // in between takes its time.
        if self.configuration.maximumConcurrentBatches == nil, gathered > window + .milliseconds(60) {
            self.note("gathered for \(gathered)", description.id)
        }
    }

    /// The last invocation of a window has no records: it is given up without one, which its own test looks at.
    private static func isRight(_ outcome: BatchOutcome, _ counts: JudgedBatch.Counts) -> Bool {
        if counts.discarded > 0 { return outcome.result == .discarded }
        return outcome.result == .succeeded || (outcome.records == 0 && outcome.result == .discarded)
    }

    /// Compares the figures of a session that came to its end with what was seen outside of the engine.
    mutating func compare(_ totals: SessionTotals, with judge: RecordJudge) {
        let batches = judge.batches
        let messages = judge.messages
        for outcome in self.outcomes {
            let counts = batches[outcome.id]?.counts ?? JudgedBatch.Counts()
            if outcome.attempts != counts.attempts || outcome.invoked != counts.invoked
                || outcome.failedInvokes != counts.failedInvokes || outcome.handlerTime != counts.handlerTime
                || outcome.discarded != counts.discarded || outcome.records != counts.done + counts.discarded
                || !Self.isRight(outcome, counts)
            {
                self.note("\(outcome) but \(counts)", outcome.id)
            }
            let told = messages[outcome.id] ?? []
            let discards = self.discards[outcome.id] ?? []
            if told.count != discards.count || !zip(told, discards).allSatisfy({ $0.agrees(with: $1) }) {
                self.note("\(discards) but \(told)", outcome.id)
            }
        }
        if self.outcomes.count != self.laneOf.count { self.violations.append("\(self.laneOf.count) batches began") }
        let counts = batches.values.map(\.counts)
        let all = messages.values.flatMap { $0 }
        func sum(_ value: (JudgedBatch.Counts) -> Int) -> Int { counts.reduce(0) { $0 + value($1) } }
        func given(_ isIncluded: (JudgedMessage) -> Bool) -> Int {
            all.filter(isIncluded).reduce(0) { $0 + $1.numbers.count }
        }
        let expected = [
            ("attempts", totals.attempts, sum(\.attempts)), ("invoked", totals.invoked, sum(\.invoked)),
            ("failed invokes", totals.failedInvokes, sum(\.failedInvokes)),
            ("succeeded", totals.succeeded, sum(\.done)), ("dropped", totals.dropped, sum(\.discarded)),
            ("splits", totals.splits, sum(\.splits)), ("rests", totals.partialSuccesses, sum(\.rests)),
            ("retries", totals.retries, sum(\.retries)), ("duplicates", totals.duplicates, self.duplicates),
            ("exhausted", totals.attemptsExhausted, given { $0.condition == .retryAttemptsExhausted }),
            ("old", totals.ageExceeded, given { $0.condition == .recordAgeExceeded }),
            ("told", totals.destinationDelivered, given(\.isTaken)),
            ("not told", totals.destinationFailed, given { !$0.isTaken }),
        ]
        for (name, told, counted) in expected where told != counted {
            self.violations.append("\(told) \(name), counted \(counted)")
        }
    }
}
