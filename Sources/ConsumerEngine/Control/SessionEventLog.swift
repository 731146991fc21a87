// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Logging
import StreamSession

/// Writes the events of a session to a log: what goes well from level debug down, what goes wrong above it.
///
/// What records hold is not in it, nor what a handler says while it works: that may be what records hold. The reason of
/// a failure is, in the words of whoever gives it.
struct SessionEventLog: Sendable {
    private let logger: Logger

    /// Creates a log of events.
    init(_ logger: Logger) {
        self.logger = logger
    }

    /// Writes an event.
    func note(_ event: SessionEvent.Kind) {
        switch event {
        case .started(let description): self.began(description)
        case .streamChanged(let status):
            self.logger.debug("the stream's status is known", metadata: ["stream.status": "\(status.rawValue)"])
        case .shardListed(let shard): self.listed(shard)
        case .shardChanged(let shard, let activity): self.changed(shard, activity)
        case .stateChanged(let change): self.changed(change)
        case .read(let summary): self.read(summary)
        case .callFailed(let failure): self.failed(failure)
        case .batchFormed(let batch): self.formed(batch)
        case .batchRetried(let retry): self.retried(retry)
        case .batchAdvanced(let advance):
            self.logger.trace(
                "a part of a batch is done",
                metadata: Self.facts(advance.shard, advance.id, ["records": .stringConvertible(advance.records)])
            )
        case .discarded(let discard): self.discarded(discard)
        case .batchFinished(let outcome): self.finished(outcome)
        case .checkpoint(let shard, let position): self.stored(position, of: shard)
        case .duplicate(let shard, let eventID):
            self.logger.debug("a record came again", metadata: Self.facts(shard, ["event.id": "\(eventID)"]))
        case .dataLost(let loss):
            self.logger.error("records are lost", metadata: Self.facts(loss.shard, ["reason": "\(loss.reason)"]))
        case .paced(let pace): self.paced(pace)
        case .hold(let change): self.logger.debug("holding changed", metadata: ["hold": "\(change)"])
        case .notice(let notice): self.note(notice)
        case .ended(let reason): self.logger.debug("the session has ended", metadata: ["reason": "\(reason)"])
        case .replayed(let replay): self.replayed(replay)
        case .batchWorked, .sample, .marker, .gap, .resumed: break
        }
    }

    private func paced(_ pace: WritePace) {
        var facts: Logger.Metadata = ["change": "\(pace.change.rawValue)"]
        if let limit = pace.limit { facts["capacity.per_s"] = .stringConvertible(limit) }
        if let reason = pace.reason { facts["reason"] = "\(reason)" }
        self.logger.debug("the handler writes at another pace", metadata: facts)
    }

    private func replayed(_ replay: SessionReplay) {
        var facts: Logger.Metadata = [
            "records": .stringConvertible(replay.records), "handled": .stringConvertible(replay.handled),
            "handler": "\(replay.handler)", "ms": Self.milliseconds(replay.duration),
        ]
        if let failure = replay.failure { facts["reason"] = "\(failure)" }
        self.logger.log(
            level: replay.failure == nil ? .debug : .warning,
            "records were sent once more",
            metadata: facts
        )
    }

    // MARK: - Shards

    private func began(_ description: SessionDescription) {
        self.logger.debug(
            "the session begins",
            metadata: [
                "stream.arn": "\(description.streamARN)", "pipeline": "\(description.pipeline)",
                "handler": "\(description.handler)", "starting.position": "\(description.startingPosition)",
            ]
        )
    }

    private func listed(_ shard: ShardDescription) {
        self.logger.debug(
            "a shard is listed",
            metadata: Self.facts(
                shard.id,
                ["shard.parent": "\(shard.parent?.text ?? "-")", "shard.closed": "\(shard.isClosed)"]
            )
        )
    }

    private func changed(_ shard: ShardID, _ activity: ShardActivity) {
        let (name, level, reason): (String, Logger.Level, String?) =
            switch activity {
            case .waiting: ("waiting", .debug, nil)
            case .reading: ("reading", .debug, nil)
            case .draining: ("draining", .debug, nil)
            case .backingOff(let reason, _): ("backing off", .debug, reason)
            case .held: ("held", .debug, nil)
            case .finished: ("finished", .debug, nil)
            case .vanished: ("vanished", .warning, nil)
            case .stopped(let reason): ("stopped", .warning, reason)
            }
        var facts: Logger.Metadata = ["shard.activity": "\(name)"]
        if let reason { facts["reason"] = "\(reason)" }
        self.logger.log(level: level, "a shard does something else", metadata: Self.facts(shard, facts))
    }

    private func changed(_ change: StateChange) {
        var facts: Logger.Metadata = ["state": "\(change.to.rawValue)", "was": "\(change.from?.rawValue ?? "-")"]
        if let shard = change.shard { facts["shard.id"] = "\(shard)" }
        self.logger.debug("the state has changed", metadata: facts)
    }

    private func failed(_ failure: CallFailure) {
        var facts: Logger.Metadata = [
            "operation": "\(failure.operation)", "code": "\(failure.code)", "text": "\(failure.message)",
        ]
        if let shard = failure.shard { facts["shard.id"] = "\(shard)" }
        if let batch = failure.batch { facts["batch.id"] = .stringConvertible(Int(batch.number)) }
        self.logger.debug("a call failed and is made again", metadata: facts)
    }

    private func read(_ summary: ReadSummary) {
        self.logger.trace(
            "a page was read",
            metadata: Self.facts(
                summary.shard,
                [
                    "records": .stringConvertible(summary.records),
                    "filtered.out": .stringConvertible(summary.filteredOut),
                    "bytes": .stringConvertible(summary.size.bytes), "ms": Self.milliseconds(summary.duration),
                ]
            )
        )
    }

    private func stored(_ position: CheckpointPosition, of shard: ShardID) {
        let text =
            switch position {
            case .trimHorizon(let time): "TRIM_HORIZON, quiet until \(time.iso8601)"
            case .startedAt(let moment, let time): "LATEST at \(moment.time.iso8601), quiet until \(time.iso8601)"
            case .before(let number): "before \(number)"
            case .trimmed(let number, let time): "trimmed behind \(number), quiet until \(time.iso8601)"
            case .sequenceNumber(let number): number.text
            case .shardEnd: "SHARD_END"
            }
        self.logger.trace("a position was stored", metadata: Self.facts(shard, ["position": "\(text)"]))
    }

    // MARK: - Batches

    private func formed(_ batch: BatchDescription) {
        self.logger.trace(
            "a batch goes to the handler",
            metadata: Self.facts(
                batch.shard,
                batch.id,
                ["records": .stringConvertible(batch.records.count), "reason": "\(batch.reason.rawValue)"]
            )
        )
    }

    private func retried(_ retry: BatchRetry) {
        self.logger.warning(
            "an attempt failed",
            metadata: Self.facts(
                retry.shard,
                retry.id,
                [
                    "attempt": .stringConvertible(retry.attempt), "pause.ms": Self.milliseconds(retry.delay),
                    "next": "\(retry.change)", "reason": "\(retry.reason)",
                ]
            )
        )
    }

    private func discarded(_ discard: RecordDiscard) {
        var facts: Logger.Metadata = [
            "condition": "\(discard.condition.rawValue)", "records": .stringConvertible(discard.records),
            "first": "\(discard.first)", "last": "\(discard.last)",
        ]
        if let reason = discard.reason { facts["reason"] = "\(reason)" }
        if case .dropped(let reason) = discard.message { facts["destination"] = "\(reason)" }
        self.logger.error("records are given up", metadata: Self.facts(discard.shard, discard.id, facts))
    }

    private func finished(_ outcome: BatchOutcome) {
        guard self.logger.logLevel <= .debug else { return }
        var facts: Logger.Metadata = [
            "records": .stringConvertible(outcome.records), "attempts": .stringConvertible(outcome.attempts),
            "ms": Self.milliseconds(outcome.handlerTime), "iterator.age.ms": Self.milliseconds(outcome.iteratorAge),
        ]
        let name: String
        switch outcome.result {
        case .succeeded: name = "succeeded"
        case .discarded: name = "discarded"
        case .abandoned(let reason):
            name = "abandoned"
            facts["reason"] = "\(reason)"
        }
        facts["result"] = "\(name)"
        self.logger.debug("a batch is over", metadata: Self.facts(outcome.shard, outcome.id, facts))
    }

    // MARK: - Notices

    private func note(_ notice: Notice) {
        guard notice.code != WorkMeter.handlerOutput else { return }
        let level: Logger.Level =
            switch notice.level {
            case .info: .debug
            case .warning: .warning
            case .error: .error
            }
        var facts: Logger.Metadata = ["code": "\(notice.code)", "text": "\(notice.message)"]
        if let shard = notice.shard { facts["shard.id"] = "\(shard)" }
        self.logger.log(level: level, "notice", metadata: facts)
    }

    // MARK: - Facts

    private static func facts(_ shard: ShardID, _ more: Logger.Metadata) -> Logger.Metadata {
        more.merging(["shard.id": "\(shard)"]) { first, _ in first }
    }

    private static func facts(_ shard: ShardID, _ batch: BatchID, _ more: Logger.Metadata) -> Logger.Metadata {
        self.facts(shard, more).merging(["batch.id": .stringConvertible(Int(batch.number))]) { first, _ in first }
    }

    private static func milliseconds(_ duration: Duration) -> Logger.MetadataValue {
        .stringConvertible(Int(duration.wholeMilliseconds))
    }
}
