// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Lets one notice of a kind through in a while and counts the others, so that an outage does not flood the log.
package struct NoticeLimiter: Sendable {
    private struct Subject: Hashable, Sendable {
        var shard: ShardID?
        var code: String
        var level: Notice.Level
    }

    private struct Past: Sendable {
        var at: Timestamp
        var suppressed: Int
    }

    /// How long the same notice stays quiet after it was given.
    package static let quietTime = Duration.seconds(10)

    private var past: [Subject: Past] = [:]

    /// Creates a limiter that has seen nothing.
    package init() {}

    /// The notice as it may be given now; nil if it was given a moment ago.
    package mutating func admit(_ notice: Notice, now: Timestamp) -> Notice? {
        let subject = Subject(shard: notice.shard, code: notice.code, level: notice.level)
        guard var past = self.past[subject] else {
            self.past[subject] = Past(at: now, suppressed: 0)
            return notice
        }
        guard now.since(past.at) >= Self.quietTime else {
            past.suppressed += 1
            self.past[subject] = past
            return nil
        }
        self.past[subject] = Past(at: now, suppressed: 0)
        guard past.suppressed > 0 else { return notice }
        var repeated = notice
        repeated.message += " (\(past.suppressed) more since the notice before)"
        return repeated
    }

    /// Forgets what was said of a shard that is done.
    package mutating func forget(_ shard: ShardID) {
        self.past = self.past.filter { $0.key.shard != shard }
    }
}
