// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession

/// The JSON lines of a headless run: one object a line, each with `v` (the version of these names, 1), `type` and, if
/// it tells of a moment, `at`.
struct SessionLines {
    private var lastActivity: [ShardID: String] = [:]

    /// Creates a writer.
    init() {}

    /// The line of a frame with its line break; nil for what is not told.
    mutating func line(for frame: SessionFrame) -> [UInt8]? {
        switch frame {
        case .event(let event): self.line(for: event)
        case .keyframe(let state): self.line(afterLossUpTo: state)
        }
    }

    /// What is written when the reader was too slow: the lines in between do not come any more.
    private func line(afterLossUpTo state: SessionState) -> [UInt8] {
        Self.object("gap", at: state.asOf) { json in
            json.name("reason")
            json.string("lines were lost because the output was not read fast enough; the summary counts everything")
            json.name("records_so_far")
            json.number(state.totals.succeeded)
        }
    }

    private mutating func line(for event: SessionEvent) -> [UInt8]? {
        switch event.kind {
        case .started(let description): return Self.start(description, event)
        case .shardListed(let shard): return Self.listed(shard, event)
        case .shardChanged(let shard, let activity): return self.changed(shard, activity, event)
        case .stateChanged(let change): return Self.state(change, event)
        case .callFailed(let failure): return Self.failure(failure, event)
        case .batchFinished(let outcome): return Self.batch(outcome, event)
        case .batchRetried(let retry): return Self.retry(retry, event)
        case .discarded(let discard): return Self.discard(discard, event)
        case .dataLost(let loss): return Self.loss(loss, event)
        case .notice(let notice): return Self.notice(notice, event)
        case .streamChanged(let status):
            return Self.object("stream", at: event.at) { json in
                json.name("status")
                json.string(status.rawValue)
            }
        case .ended(let reason):
            return Self.object("end", at: event.at) { json in
                json.name("reason")
                json.string(reason)
            }
        case .paced(let pace): return Self.pace(pace, event)
        case .gap(let count):
            return Self.object("gap", at: event.at) { json in
                json.name("missing_events")
                json.number(count)
            }
        case .resumed(let time):
            return Self.object("resumed", at: event.at) { json in
                json.name("recorded_until")
                json.string(time.iso8601)
            }
        case .read, .batchFormed, .batchAdvanced, .batchWorked, .checkpoint, .duplicate, .hold, .sample, .marker,
            .replayed:
            return nil
        }
    }

    // MARK: - Lines

    private static func start(_ description: SessionDescription, _ event: SessionEvent) -> [UInt8] {
        Self.object("start", at: event.at) { json in
            json.name("stream")
            json.string(description.streamARN.text)
            json.name("table")
            json.string(description.tableName)
            json.name("view_type")
            json.string(description.viewType.rawValue)
            json.name("region")
            json.string(description.region)
            if let endpoint = description.endpoint {
                json.name("endpoint")
                json.string(endpoint)
            }
            json.name("pipeline")
            json.string(description.pipeline)
            json.name("handler")
            json.string(description.handler)
            json.name("starting_position")
            json.string(description.startingPosition)
            json.name("batch_size")
            json.number(description.batchSize)
            json.name("batch_window_ms")
            json.number(Int(description.batchWindow.wholeMilliseconds))
            json.name("events")
            json.beginArray()
            for kind in ChangeKind.allCases
            where description.eventNames.isEmpty || description.eventNames.contains(kind) {
                json.string(kind.rawValue)
            }
            json.endArray()
            Self.append(description.mapping, to: &json)
        }
    }

    private static func listed(_ shard: ShardDescription, _ event: SessionEvent) -> [UInt8] {
        Self.object("shard", at: event.at) { json in
            json.name("shard")
            json.string(shard.id.text)
            json.name("state")
            json.string("listed")
            json.name("closed")
            json.bool(shard.isClosed)
            if let parent = shard.parent {
                json.name("parent")
                json.string(parent.text)
            }
        }
    }

    private mutating func changed(_ shard: ShardID, _ activity: ShardActivity, _ event: SessionEvent) -> [UInt8]? {
        let (name, reason) = Self.text(activity)
        let state = name + (reason ?? "")
        guard self.lastActivity.updateValue(state, forKey: shard) != state else { return nil }
        return Self.object("shard", at: event.at) { json in
            json.name("shard")
            json.string(shard.text)
            json.name("state")
            json.string(name)
            if let reason {
                json.name("reason")
                json.string(reason)
            }
        }
    }

    private static func text(_ activity: ShardActivity) -> (String, reason: String?) {
        switch activity {
        case .waiting: ("waiting", nil)
        case .reading: ("reading", nil)
        case .draining: ("draining", nil)
        case .backingOff(let reason, _): ("backing-off", reason)
        case .held: ("held", nil)
        case .finished: ("finished", nil)
        case .vanished: ("vanished", nil)
        case .stopped(let reason): ("stopped", reason)
        }
    }

    private static func batch(_ outcome: BatchOutcome, _ event: SessionEvent) -> [UInt8] {
        Self.object("batch", at: event.at) { json in
            json.name("batch")
            json.number(Int(outcome.id.number))
            json.name("shard")
            json.string(outcome.shard.text)
            json.name("records")
            json.number(outcome.records)
            json.name("result")
            switch outcome.result {
            case .succeeded: json.string("succeeded")
            case .discarded:
                json.string("discarded")
                json.name("discarded")
                json.number(outcome.discarded)
            case .abandoned(let reason):
                json.string("abandoned")
                json.name("reason")
                json.string(reason)
            }
            json.name("attempts")
            json.number(outcome.attempts)
            json.name("handler_ms")
            json.number(Int(outcome.handlerTime.wholeMilliseconds))
            json.name("iterator_age_ms")
            json.number(Int(outcome.iteratorAge.wholeMilliseconds))
            if outcome.work != HandlerWork() { Self.append(outcome.work, to: &json) }
        }
    }

    private static func retry(_ retry: BatchRetry, _ event: SessionEvent) -> [UInt8] {
        Self.object("error", at: event.at) { json in
            json.name("level")
            json.string(Notice.Level.error.rawValue)
            json.name("code")
            json.string(Self.code(retry.change))
            json.name("shard")
            json.string(retry.shard.text)
            json.name("batch")
            json.number(Int(retry.id.number))
            json.name("attempt")
            json.number(retry.attempt)
            json.name("delay_ms")
            json.number(Int(retry.delay.wholeMilliseconds))
            switch retry.change {
            case .again: break
            case .notInvoked:
                json.name("counts")
                json.bool(false)
            case .split(let first, let second):
                json.name("halves")
                json.beginArray()
                json.number(first)
                json.number(second)
                json.endArray()
            case .rest(let done, let left):
                json.name("done")
                json.number(done)
                json.name("left")
                json.number(left)
            }
            json.name("message")
            json.string(retry.reason)
        }
    }

    private static func code(_ change: BatchRetry.Change) -> String {
        switch change {
        case .again, .notInvoked: "batch-retry"
        case .split: "batch-bisect"
        case .rest: "batch-partial"
        }
    }

    private static func discard(_ discard: RecordDiscard, _ event: SessionEvent) -> [UInt8] {
        Self.object("discard", at: event.at) { json in
            json.name("batch")
            json.number(Int(discard.id.number))
            json.name("shard")
            json.string(discard.shard.text)
            json.name("condition")
            json.string(discard.condition.rawValue)
            json.name("records")
            json.number(discard.records)
            json.name("start")
            json.string(discard.first.text)
            json.name("end")
            json.string(discard.last.text)
            json.name("invoke_count")
            json.number(discard.invokeCount)
            if let reason = discard.reason {
                json.name("message")
                json.string(reason)
            }
            switch discard.message {
            case .none: break
            case .delivered:
                json.name("destination")
                json.string("delivered")
            case .dropped(let reason):
                json.name("destination")
                json.string("failed")
                json.name("destination_error")
                json.string(reason)
            }
        }
    }

    private static func loss(_ loss: DataLoss, _ event: SessionEvent) -> [UInt8] {
        Self.object("error", at: event.at) { json in
            json.name("level")
            json.string(Notice.Level.error.rawValue)
            json.name("code")
            json.string("data-lost")
            json.name("shard")
            json.string(loss.shard.text)
            if let after = loss.after {
                json.name("after")
                json.string(after.text)
            }
            json.name("message")
            json.string(loss.reason)
        }
    }

    private static func notice(_ notice: Notice, _ event: SessionEvent) -> [UInt8] {
        // Lines of type `error` are those that the summary counts as errors.
        let type: StaticString =
            switch notice.level {
            case .info: "notice"
            case .warning: "warning"
            case .error: "error"
            }
        return Self.object(type, at: event.at) { json in
            json.name("level")
            json.string(notice.level.rawValue)
            json.name("code")
            json.string(notice.code)
            if let shard = notice.shard {
                json.name("shard")
                json.string(shard.text)
            }
            json.name("message")
            json.string(notice.message)
        }
    }

    /// What a dry run would have sent for a batch.
    static func line(for plan: DeletePlan) -> [UInt8] {
        Self.object("would-delete", at: nil) { json in
            json.name("batch")
            json.number(Int(plan.batch.id.number))
            json.name("shard")
            json.string(plan.batch.shard.text)
            json.name("table")
            json.string(plan.table)
            json.name("operation")
            json.string(plan.operation)
            json.name("repeated_keys")
            json.number(plan.repeatedKeys)
            if let condition = plan.condition {
                json.name("condition")
                json.string(condition.description)
            }
            json.name("requests")
            json.beginArray()
            for keys in plan.requests {
                json.beginArray()
                for key in keys { json.raw(key.bytes) }
                json.endArray()
            }
            json.endArray()
        }
    }

    // MARK: - Parts

    /// One object with its line break.
    static func object(_ type: StaticString, at: Timestamp?, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.name("v")
        json.number(1)
        json.name("type")
        json.string("\(type)")
        if let at {
            json.name("at")
            json.string(at.iso8601)
        }
        members(&json)
        json.endObject()
        return json.bytes + [10]
    }

    /// What a handler did.
    static func append(_ work: HandlerWork, to json: inout JSONWriter) {
        json.name("requests")
        json.beginObject()
        for (operation, count) in work.requests.sorted(by: { $0.key < $1.key }) {
            json.name(operation)
            json.number(count)
        }
        json.endObject()
        json.name("items_deleted")
        json.number(work.itemsDeleted)
        json.name("kept")
        json.number(work.kept)
        json.name("write_capacity_units")
        json.number(work.writeCapacityUnits)
        json.name("unprocessed_items")
        json.number(work.unprocessedItems)
        json.name("throttles")
        json.number(work.throttles)
        json.name("failed_requests")
        json.number(work.failedRequests)
        json.name("repeated_keys")
        json.number(work.repeatedKeys)
    }
}
