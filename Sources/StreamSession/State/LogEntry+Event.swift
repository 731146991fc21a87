// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension LogEntry {
    /// The line that an event makes in the log; nil for those that are shown elsewhere.
    init?(_ event: SessionEvent, at: Timestamp) {
        guard let (level, shard, code, message) = LogEntry.text(of: event.kind) else { return nil }
        self.init(sequence: event.sequence, at: at, level: level, shard: shard, code: code, message: message)
    }

    private static func text(of kind: SessionEvent.Kind) -> (Notice.Level, ShardID?, String, String)? {
        switch kind {
        case .started(let session):
            (.info, nil, "session", "started on \(session.streamARN) with \(session.handler)")
        case .streamChanged(let status): (.info, nil, "stream", "the stream is \(status.rawValue)")
        case .shardListed(let shard): self.text(of: shard)
        case .shardChanged(let shard, let activity): self.text(of: activity, shard: shard)
        case .stateChanged(let change): self.text(of: change)
        case .callFailed(let failure): self.text(of: failure)
        case .batchRetried(let retry): self.text(of: retry)
        case .discarded(let discard): self.text(of: discard)
        case .batchFinished(let outcome):
            if case .abandoned(let reason) = outcome.result {
                (.warning, outcome.shard, "abandoned", "batch \(outcome.id.number) was left undone: \(reason)")
            } else {
                nil
            }
        case .duplicate(let shard, _): (.info, shard, "duplicate", "a repeated eventID was delivered again")
        case .dataLost(let loss): (.error, loss.shard, "data-lost", loss.reason)
        case .paced(let pace): self.text(of: pace)
        case .hold(let change): (.info, nil, "hold", self.text(of: change))
        case .notice(let notice): (notice.level, notice.shard, notice.code, notice.message)
        case .marker(let text): (.info, nil, "marker", text)
        case .replayed(let replay):
            (replay.failure == nil ? .info : .warning, nil, "replay", replay.text)
        case .gap(let count): (.warning, nil, "gap", "\(count) events are missing here")
        case .resumed(let time): (.warning, nil, "resumed", "nothing was recorded since \(time.iso8601)")
        case .ended(let reason): (.info, nil, "session", "ended: \(reason)")
        case .read, .batchFormed, .batchAdvanced, .batchWorked, .checkpoint, .sample: nil
        }
    }

    private static func text(of change: StateChange) -> (Notice.Level, ShardID?, String, String)? {
        // What a shard does by itself has a line already, and what all do because the whole does it is told once.
        guard change.shard == nil, let from = change.from else { return nil }
        return (.info, nil, "state", "\(change.to.rawValue), was \(from.rawValue)")
    }

    private static func text(of failure: CallFailure) -> (Notice.Level, ShardID?, String, String)? {
        // The engine's own reads are told by its notices, which do not flood the log.
        guard failure.batch != nil else { return nil }
        return (
            .warning, failure.shard, "call-failed", "\(failure.operation) failed: \(failure.message)"
        )
    }

    private static func text(of retry: BatchRetry) -> (Notice.Level, ShardID?, String, String) {
        let batch = "batch \(retry.id.number), attempt \(retry.attempt)"
        let again = "again in \(retry.delay)"
        return switch retry.change {
        case .again: (.error, retry.shard, "retry", "\(batch) failed: \(retry.reason); \(again)")
        case .notInvoked:
            (.error, retry.shard, "retry", "\(batch) was not completed: \(retry.reason); \(again), not counted")
        case .split(let first, let second):
            (
                .error, retry.shard, "bisect",
                "\(batch) failed: \(retry.reason); cut into \(first) and \(second) records, \(again)"
            )
        case .rest(let done, let left):
            (
                .warning, retry.shard, "partial",
                "\(batch) did \(done) \(done == 1 ? "record" : "records"): \(retry.reason); the other \(left) \(again)"
            )
        }
    }

    private static func text(of discard: RecordDiscard) -> (Notice.Level, ShardID?, String, String) {
        var text =
            "batch \(discard.id.number): \(discard.records) \(discard.records == 1 ? "record" : "records") given up (\(discard.condition.rawValue)), "
            + "\(discard.first) to \(discard.last)"
        if let reason = discard.reason { text += ": \(reason)" }
        switch discard.message {
        case .none: break
        case .delivered: text += "; told to the failure destination"
        case .dropped(let reason): text += "; the failure destination did not take the message: \(reason)"
        }
        return (.error, discard.shard, "discard", text)
    }

    private static func text(of pace: WritePace) -> (Notice.Level, ShardID?, String, String) {
        let limit = pace.limit.map { "\(self.tenths($0)) write capacity units a second" }
        guard pace.isSlowed else {
            let bound = limit.map { "up to \($0)" } ?? "as fast as it goes"
            return (.info, nil, LogEntry.recovery, "the table takes all again: \(bound)")
        }
        let reason = pace.reason.map { ": \($0)" } ?? ""
        return (.warning, nil, "slow-down", "the table throttles; slowed down to \(limit ?? "what it takes")\(reason)")
    }

    /// A figure with one decimal at most.
    private static func tenths(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() && rounded < 1e15 ? String(Int(rounded)) : String(rounded)
    }

    private static func text(of shard: ShardDescription) -> (Notice.Level, ShardID?, String, String) {
        let parent = shard.parent.map { ", continues \($0)" } ?? ""
        return (.info, shard.id, "shard", (shard.isClosed ? "closed" : "open") + parent)
    }

    private static func text(of activity: ShardActivity, shard: ShardID) -> (Notice.Level, ShardID?, String, String)? {
        switch activity {
        case .waiting(let parents):
            let names = parents.map(\.text).joined(separator: ", ")
            return (.info, shard, "shard", "waits for \(names.isEmpty ? "its turn" : names)")
        case .finished: return (.info, shard, "shard", "finished: read and done to its end")
        case .vanished: return (.error, shard, "shard", "gone before it was read to its end")
        case .stopped(let reason): return (.error, shard, "shard", "stopped: \(reason)")
        case .reading, .draining, .backingOff, .held: return nil
        }
    }

    private static func text(of change: HoldChange) -> String {
        switch change {
        case .held: "held: nothing is read and no position moves"
        case .resumed: "resumed"
        case .steppedBatch: "one batch was let through"
        case .steppedRecord: "one record was let through"
        }
    }
}
