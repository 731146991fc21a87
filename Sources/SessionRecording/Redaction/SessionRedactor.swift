// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
public import StreamSession

/// Leaves out of a session what a rule covers, before it reaches a file.
///
/// Besides values of records that are the words of others, whatever the rule: why batches failed, what the service, a
/// program or a function said, and filter patterns. Any of them may quote a record.
public struct SessionRedactor: Sendable {
    /// What stands for words that are left out.
    public static let leftOut = "(left out)"

    /// What is left out.
    public let rule: RedactionRule
    private let records: RecordRedactor

    /// Creates a redactor.
    ///
    /// - Parameters:
    ///   - rule: What is left out.
    ///   - secret: 32 random bytes, of which the names of keys are made. With them, who guesses a key could find its name.
    public init(_ rule: RedactionRule, secret: [UInt8]) {
        self.rule = rule
        self.records = RecordRedactor(rule: rule, secret: RedactionSecret(secret))
    }

    /// A frame without what is left out.
    public func redacted(_ frame: SessionFrame) -> SessionFrame {
        switch frame {
        case .keyframe(let state): .keyframe(self.redacted(state))
        case .event(let event):
            .event(SessionEvent(sequence: event.sequence, at: event.at, kind: self.redacted(event.kind)))
        }
    }

    // MARK: Events

    private func redacted(_ kind: SessionEvent.Kind) -> SessionEvent.Kind {
        switch kind {
        case .started(let description): return .started(self.redacted(description))
        case .shardChanged(let shard, let activity): return .shardChanged(shard, self.redacted(activity))
        case .batchFormed(var batch):
            batch.records = batch.records.map { self.records.redacted($0) }
            return .batchFormed(batch)
        case .batchRetried(var retry):
            retry.reason = Self.leftOut
            return .batchRetried(retry)
        case .discarded(var discard):
            discard.reason = discard.reason.map { _ in Self.leftOut }
            if case .dropped = discard.message { discard.message = .dropped(reason: Self.leftOut) }
            return .discarded(discard)
        case .batchFinished(let outcome): return .batchFinished(self.redacted(outcome))
        case .dataLost(var loss):
            loss.reason = Self.leftOut
            return .dataLost(loss)
        case .paced(let pace): return .paced(self.redacted(pace))
        case .notice(var notice):
            notice.message = Self.leftOut
            return .notice(notice)
        case .callFailed(var failure):
            failure.message = Self.leftOut
            return .callFailed(failure)
        case .marker(let text): return .marker(self.redacted(marker: text))
        case .replayed(let replay): return .replayed(self.redacted(replay))
        case .ended: return .ended(Self.leftOut)
        case .streamChanged, .shardListed, .stateChanged, .read, .batchAdvanced, .batchWorked, .checkpoint, .duplicate,
            .hold, .sample, .gap, .resumed:
            return kind
        }
    }

    private func redacted(_ activity: ShardActivity) -> ShardActivity {
        switch activity {
        case .backingOff(_, let until): .backingOff(reason: Self.leftOut, until: until)
        case .stopped: .stopped(reason: Self.leftOut)
        case .waiting, .reading, .draining, .held, .finished, .vanished: activity
        }
    }

    private func redacted(_ outcome: BatchOutcome) -> BatchOutcome {
        var outcome = outcome
        if case .abandoned = outcome.result { outcome.result = .abandoned(reason: Self.leftOut) }
        return outcome
    }

    private func redacted(_ pace: WritePace) -> WritePace {
        var pace = pace
        pace.reason = pace.reason.map { _ in Self.leftOut }
        return pace
    }

    private func redacted(_ replay: SessionReplay) -> SessionReplay {
        var replay = replay
        replay.failure = replay.failure.map { _ in Self.leftOut }
        guard self.rule == .all else { return replay }
        replay.handler = Self.kind(of: replay.handler)
        replay.endpoint = replay.endpoint.map { _ in Self.leftOut }
        return replay
    }

    private func redacted(marker text: String) -> String {
        self.rule == .all ? Self.leftOut : text
    }

    // MARK: Descriptions

    func redacted(_ description: SessionDescription) -> SessionDescription {
        var description = description
        description.mapping.filters = description.mapping.filters.map { _ in Self.leftOut }
        guard self.rule == .all else { return description }
        description.keyNames = description.keyNames.map { self.records.name($0) }
        description.profile = nil
        description.endpoint = description.endpoint.map { _ in Self.leftOut }
        description.handler = Self.kind(of: description.handler)
        description.streamARN = StreamARN(Self.withoutAccount(description.streamARN.text))
        description.mapping.onFailure = description.mapping.onFailure.map { _ in Self.leftOut }
        return description
    }

    /// A handler without what comes behind its kind, which may be a program's own words.
    private static func kind(of handler: String) -> String {
        String(handler.prefix { $0 != " " })
    }

    /// An ARN whose account has zeros only.
    private static func withoutAccount(_ arn: String) -> String {
        var parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6 else { return arn }
        parts[4] = String(repeating: "0", count: parts[4].count)
        return parts.joined(separator: ":")
    }

    // MARK: States

    private func redacted(_ state: SessionState) -> SessionState {
        var state = state
        state.changeRecords { self.records.redacted($0) }
        state.description = state.description.map { self.redacted($0) }
        state.writePace = state.writePace.map { self.redacted($0) }
        state.endedBecause = state.endedBecause.map { _ in Self.leftOut }
        for index in state.shards.indices {
            state.shards[index].activity = self.redacted(state.shards[index].activity)
            state.shards[index].lastProblem = state.shards[index].lastProblem.map { _ in Self.leftOut }
        }
        for index in state.batches.indices {
            state.batches[index].lastFailure = state.batches[index].lastFailure.map { _ in Self.leftOut }
            state.batches[index].outcome = state.batches[index].outcome.map { self.redacted($0) }
        }
        for index in state.log.indices { state.log[index].message = Self.leftOut }
        for index in state.markers.indices {
            state.markers[index].text = self.redacted(marker: state.markers[index].text)
        }
        return state
    }
}
