// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension SessionState {
    /// For how long an answer of the service says how things are; an idle shard is read four times a second.
    private static var freshness: Duration { .seconds(3) }

    /// How far a shard is behind; nil: unknown, or there is nothing more to read in it.
    public func lag(of shard: ShardState) -> Lag? {
        // Without the engine's figures nobody knows what waits.
        guard let now = self.asOf, self.sample != nil, self.endedBecause == nil else { return nil }
        switch shard.activity {
        case .waiting, .finished, .vanished, .stopped: return nil
        case .reading, .draining, .backingOff, .held: break
        }
        if let oldest = shard.oldestPendingCreatedAt { return .exactly(max(.zero, now.since(oldest))) }
        var readThrough = shard.readThrough
        // What was written before reading began at LATEST is not wanted, and so does not wait.
        if readThrough == nil, case .startedAt(let begin, _) = shard.checkpoint { readThrough = begin.time }
        guard let readThrough else { return nil }
        let age = max(.zero, now.since(readThrough))
        guard let answeredAt = shard.answeredAt else { return .atMost(age) }
        guard now.since(answeredAt) <= max(Self.freshness, shard.answerGap * 2) else { return .atMost(age) }
        return .exactly(shard.isCaughtUp ? .zero : age)
    }

    /// How far the session is behind: as far as the last of its shards; nil: unknown.
    public var lag: Lag? {
        guard let now = self.asOf, let sample = self.sample, self.endedBecause == nil else { return nil }
        var lag = sample.oldestPendingCreatedAt.map { Lag.exactly(max(.zero, now.since($0))) }
        var isOver = !self.shards.isEmpty
        for shard in self.shards {
            switch shard.activity {
            case .finished, .vanished, .stopped: continue
            case .waiting: isOver = false
            case .reading, .draining, .backingOff, .held:
                isOver = false
                // Of one that was never read nothing is known, and so nothing of the whole.
                guard let part = self.lag(of: shard) else { return nil }
                lag = Lag.larger(lag, part)
            }
        }
        return lag ?? (isOver ? .exactly(.zero) : nil)
    }

    /// For how long the service has not answered although it was asked; nil: it answers, or nothing is asked of it.
    public var silence: Duration? {
        guard let now = self.asOf, let answeredAt = self.answeredAt, self.hold == nil, self.endedBecause == nil else {
            return nil
        }
        var limit = Self.freshness
        var isAsked = false
        for shard in self.shards {
            switch shard.activity {
            case .reading, .draining, .backingOff:
                // With records waiting for their handler a shard is not read.
                guard shard.oldestPendingCreatedAt == nil else { continue }
                isAsked = true
                limit = max(limit, shard.answerGap * 3)
            case .waiting, .held, .finished, .vanished, .stopped: continue
            }
        }
        let silence = now.since(answeredAt)
        return isAsked && silence > limit ? silence : nil
    }
}
