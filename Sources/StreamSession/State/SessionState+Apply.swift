// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionState {
    /// Takes in a frame.
    ///
    /// Uses nothing but the frame, so that the same frames always give the same state.
    public mutating func apply(_ frame: SessionFrame) {
        switch frame {
        case .keyframe(let state): self = state
        case .event(let event): self.apply(event)
        }
    }

    /// Takes in one event.
    ///
    /// An event that was applied before is ignored; one that comes too early counts what is missing.
    public mutating func apply(_ event: SessionEvent) {
        guard event.sequence > self.lastSequence else { return }
        // A gap has the number of the last event that is missing.
        var missing = self.lastSequence > 0 ? Int(event.sequence - self.lastSequence - 1) : 0
        if case .gap(let count) = event.kind { missing = max(missing + 1, count) }
        self.missingEvents += missing
        self.lastSequence = event.sequence
        let at = max(event.at, self.asOf ?? event.at)
        self.asOf = at
        self.watchService(event, at: at)
        let isNews = self.isNews(event)
        switch event.kind {
        case .started(let description): self.start(description, at: at)
        case .streamChanged(let status): self.streamStatus = status
        case .shardListed(let description): self.list(description, at: at)
        case .shardChanged(let shard, let activity): self.change(shard, to: activity)
        case .stateChanged(let change): self.take(change)
        case .read(let summary): self.count(summary, at: at)
        case .callFailed(let failure): self.count(failure, at: at)
        case .batchFormed(let batch): self.form(batch, at: at)
        case .batchRetried(let retry): self.retry(retry)
        case .batchAdvanced(let advance): self.advance(advance)
        case .batchWorked(let work): self.work(work, at: at)
        case .discarded(let discard): self.discard(discard)
        case .batchFinished(let outcome): self.finish(outcome, at: at)
        case .checkpoint(let shard, let position):
            self.changeShard(shard) {
                $0.checkpoint = position
                $0.checkpointAt = at
            }
        case .duplicate(let shard, let eventID): self.markDuplicate(eventID, shard: shard)
        case .dataLost(let loss): self.lose(loss)
        case .paced(let pace):
            self.writePace = pace
            if pace.change == .slowed { self.totals.slowdowns += 1 }
        case .hold(let change): self.hold(change, at: at)
        case .notice(let notice): self.note(notice)
        case .sample(let sample): self.take(sample, at: at)
        case .marker(let text): self.markers.append(Marker(at: at, text: text))
        // A recording holds the whole state of the other run behind it.
        case .gap, .resumed, .replayed: break
        case .ended(let reason): self.end(reason)
        }
        self.watchSilence(event, at: at)
        if isNews, let line = LogEntry(event, at: at) { self.log(line) }
    }

    private mutating func start(_ description: SessionDescription, at: Timestamp) {
        self.description = description
        self.startedAt = at
        self.endedBecause = nil
    }

    /// Whether an event says something that was not known before it.
    private func isNews(_ event: SessionEvent) -> Bool {
        switch event.kind {
        case .shardChanged(let id, let activity):
            !self.shards.contains { $0.description.id == id && $0.activity == activity }
        // A table that throttles does so again and again: what is told is that it began, and that it is over.
        case .paced(let pace): pace.isSlowed != (self.writePace?.isSlowed ?? false)
        case .shardListed(let description): !self.shards.contains { $0.description == description }
        default: true
        }
    }

    private mutating func end(_ reason: String) {
        self.endedBecause = reason
        self.totals.giveBack()
        for index in self.shards.indices { self.shards[index].totals.giveBack() }
    }

    private mutating func hold(_ change: HoldChange, at: Timestamp) {
        switch change {
        case .held: self.hold = self.hold ?? HoldState(since: at)
        case .resumed:
            self.hold = nil
            self.isEnabling = true
            for index in self.shards.indices { self.shards[index].isEnabling = true }
        case .steppedBatch: self.hold?.steppedBatches += 1
        case .steppedRecord: self.hold?.steppedRecords += 1
        }
        self.changeSecond(at) { $0.isHeld = true }
    }

    private mutating func lose(_ loss: DataLoss) {
        self.totals.countLoss()
        self.changeShard(loss.shard) {
            $0.totals.countLoss()
            $0.lastProblem = loss.reason
        }
    }

    private mutating func note(_ notice: Notice) {
        guard notice.level == .error else { return }
        self.totals.errors += 1
        guard let shard = notice.shard else { return }
        self.changeShard(shard) {
            $0.totals.errors += 1
            $0.lastProblem = notice.message
        }
    }

    /// Adds a line; one that says the same of the same shard as the line before takes its place and counts.
    mutating func log(_ line: LogEntry) {
        if let last = self.log.last, last.code == line.code, last.shard == line.shard, last.level == line.level,
            last.message == line.message
        {
            var line = line
            line.repetitions = last.repetitions + 1
            self.log[self.log.count - 1] = line
        } else {
            self.log.append(line)
        }
    }
}
