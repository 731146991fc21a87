// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Synchronization

/// Collects the events of a session and looks after each whether all records are accounted for.
///
/// Counts twice: by the reducer, which has to balance for the session and for every shard, and by itself, from the
/// records that went into batches, with which the engine's own figures have to agree.
final class EventRecorder: Sendable {
    struct Recorded: Sendable {
        var events: [SessionEvent] = []
        var imbalances: [String] = []
        private var state = SessionState(retention: .figuresOnly)
        private var waiting: [ShardID: Int] = [:]
        private var open: [BatchID: Int] = [:]

        mutating func add(_ event: SessionEvent) {
            self.events.append(event)
            self.state.apply(event)
            switch event.kind {
            case .read(let summary): self.waiting[summary.shard, default: 0] += summary.records - summary.filteredOut
            case .batchFormed(let batch):
                self.waiting[batch.shard, default: 0] -= batch.records.count
                self.open[batch.id] = batch.records.count
            case .batchAdvanced(let advance): self.open[advance.id, default: 0] -= advance.records
            case .discarded(let discard): self.open[discard.id, default: 0] -= discard.records
            case .batchFinished(let outcome):
                let left = self.open.removeValue(forKey: outcome.id) ?? -1
                if left != outcome.remaining { self.note("\(outcome.remaining) end, but \(left) are left", event) }
            case .shardChanged(let shard, .stopped): self.waiting[shard] = 0
            case .sample(let sample): self.check(sample, event)
            default: break
            }
            if let batch = self.open.first(where: { $0.value < 0 }) { self.note("\(batch) has ended twice", event) }
            if let shard = self.waiting.first(where: { $0.value < 0 }) { self.note("\(shard) wait", event) }
            self.check(self.state.totals, "session", event)
            for shard in self.state.shards { self.check(shard.totals, shard.description.id.text, event) }
            let counted = self.waiting.values.reduce(0, +) + self.open.values.reduce(0, +)
            if self.state.totals.inFlight != counted, self.state.endedBecause == nil {
                self.note("\(self.state.totals.inFlight) in flight, not \(counted)", event)
            }
        }

        private mutating func check(_ sample: EngineSample, _ event: SessionEvent) {
            let waiting = self.waiting.values.reduce(0, +)
            if sample.waitingRecords != waiting { self.note("\(sample.waitingRecords) wait, not \(waiting)", event) }
            let open = self.open.values.reduce(0, +)
            if sample.inFlightRecords != open { self.note("\(sample) in handlers, not \(open)", event) }
        }

        private mutating func check(_ totals: SessionTotals, _ whose: String, _ event: SessionEvent) {
            let ended = totals.filteredOut + totals.succeeded + totals.dropped
            if totals.polled != ended + totals.inFlight + totals.returned || totals.inFlight < 0 {
                self.note("\(whose) does not balance: \(totals)", event)
            }
        }

        private mutating func note(_ text: String, _ event: SessionEvent) {
            self.imbalances.append("event \(event.sequence): \(text)")
        }
    }

    private let state = Mutex(Recorded())

    /// What was recorded so far: after a crash nothing more comes.
    var recorded: Recorded { self.state.withLock { $0 } }

    /// Records to the end of a session.
    func record(_ frames: SessionFrames) async -> Recorded {
        for await frame in frames {
            if case .event(let event) = frame { self.state.withLock { $0.add(event) } }
        }
        return self.recorded
    }
}
