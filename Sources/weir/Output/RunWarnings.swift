// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// Decides which events of a headless run somebody who only sees standard error has to know of.
///
/// What fails again and again is told seldom: on each shard a failure is told at most every 10 seconds, and the same one
/// once a minute.
struct RunWarnings {
    private struct Told {
        var reason: String
        var at: Timestamp
    }

    private static let pause = Duration.seconds(10)
    private static let pauseOfSame = Duration.seconds(60)

    /// Of notices, those that mean that something is not handled.
    private static let codes: Set = [
        Notice.streamReplaced, Notice.streamEnded, Notice.windowDiscarded, Notice.unreadForLong,
    ]

    private var told: [ShardID: Told] = [:]
    private var isDestinationFailing = false

    /// Creates a value that has told nothing.
    init() {}

    /// The lines for a frame; none for what is not told.
    mutating func lines(for frame: SessionFrame) -> [String] {
        guard case .event(let event) = frame else { return [] }
        if case .discarded(let discard) = event.kind {
            return [self.givenUp(discard, at: event.at), self.line(for: discard)].compactMap(\.self)
        }
        return self.line(for: event).map { [$0] } ?? []
    }

    private mutating func line(for event: SessionEvent) -> String? {
        switch event.kind {
        case .dataLost(let loss): return "weir: data was lost on \(loss.shard): \(loss.reason)"
        case .batchRetried(let retry): return self.line(for: retry, at: event.at)
        case .notice(let notice) where Self.codes.contains(notice.code):
            return "weir: warning: \(notice.shard.map { "\($0): " } ?? "")\(notice.message)"
        case .notice(let notice) where notice.level == .error:
            return "weir: \(notice.shard.map { "\($0): " } ?? "")\(notice.message)"
        case .notice(let notice) where notice.code == Notice.waitsForWindow: return "weir: \(notice.message)"
        default: return nil
        }
    }

    private mutating func line(for retry: BatchRetry, at: Timestamp) -> String? {
        // The function has said which records failed, and comes back to them: that is no surprise.
        if case .rest = retry.change { return nil }
        guard self.isDue(retry.reason, on: retry.shard, at: at) else { return nil }
        return
            "weir: warning: batch \(retry.id.number) failed and is tried again, attempt \(retry.attempt) on \(retry.shard): "
            + retry.reason
    }

    /// Whether a reason is to be told now; it counts as told then.
    private mutating func isDue(_ reason: String, on shard: ShardID, at: Timestamp) -> Bool {
        if let told = self.told[shard] {
            let pause = told.reason == reason ? Self.pauseOfSame : Self.pause
            guard at.since(told.at) >= pause else { return false }
        }
        self.told[shard] = Told(reason: reason, at: at)
        return true
    }

    /// Records that are not tried again come without a word on their attempts.
    private mutating func givenUp(_ discard: RecordDiscard, at: Timestamp) -> String? {
        guard let reason = discard.reason, self.isDue(reason, on: discard.shard, at: at) else { return nil }
        return
            "weir: warning: \(RunSummary.count(discard.records, "record")) of batch \(discard.id.number) given up on "
            + "\(discard.shard): \(reason)"
    }

    private mutating func line(for discard: RecordDiscard) -> String? {
        let wasFailing = self.isDestinationFailing
        switch discard.message {
        case .none: return nil
        case .delivered:
            self.isDestinationFailing = false
            return wasFailing ? "weir: the failure destination takes messages again" : nil
        case .dropped(let reason):
            self.isDestinationFailing = true
            return wasFailing ? nil : "weir: warning: the failure destination did not take a message: \(reason)"
        }
    }
}
