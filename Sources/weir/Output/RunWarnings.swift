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

    private var told: [ShardID: Told] = [:]
    private var isDestinationFailing = false

    /// Creates a value that has told nothing.
    init() {}

    /// The line for a frame; nil for what is not told.
    mutating func line(for frame: SessionFrame) -> String? {
        guard case .event(let event) = frame else { return nil }
        switch event.kind {
        case .dataLost(let loss): return "weir: data was lost on \(loss.shard): \(loss.reason)"
        case .batchRetried(let retry): return self.line(for: retry, at: event.at)
        case .discarded(let discard): return self.line(for: discard)
        case .notice(let notice) where [Notice.streamReplaced, Notice.streamEnded].contains(notice.code):
            return "weir: warning: \(notice.message)"
        case .notice(let notice) where notice.code == Notice.waitsForWindow: return "weir: \(notice.message)"
        default: return nil
        }
    }

    private mutating func line(for retry: BatchRetry, at: Timestamp) -> String? {
        // The function has said which records failed, and comes back to them: that is no surprise.
        if case .rest = retry.change { return nil }
        if let told = self.told[retry.shard] {
            let pause = told.reason == retry.reason ? Self.pauseOfSame : Self.pause
            guard at.since(told.at) >= pause else { return nil }
        }
        self.told[retry.shard] = Told(reason: retry.reason, at: at)
        return
            "weir: warning: batch \(retry.id.number) failed and is tried again, attempt \(retry.attempt) on \(retry.shard): "
            + retry.reason
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
