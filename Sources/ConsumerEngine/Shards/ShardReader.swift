// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// Decides which call comes next for one shard, and what an answer or a failure means for it.
package struct ShardReader: Sendable {
    /// The next call.
    package enum Call: Hashable, Sendable {
        /// Get an iterator there.
        case iterator(ShardPosition)
        /// Read there.
        case records(ShardIterator)
        /// None: the shard has ended.
        case none
    }

    /// How a shard came to its end.
    package enum End: Hashable, Sendable {
        /// The service said so.
        case reached
        /// It is gone.
        case vanished
    }

    /// What a failed call means.
    package enum Recovery: Hashable, Sendable {
        /// Go on with the next call.
        case goOn
        /// Go on with the next call; these records may be lost.
        case goOnWithLoss(DataLoss)
        /// The shard is gone; nil: everything in it was read before.
        case vanished(DataLoss?)
        /// The same call after a pause; so many failures in a row.
        case repeatLater(failures: Int)
        /// Repeating cannot help.
        case giveUp
    }

    private enum State: Hashable, Sendable {
        case needsIterator(ShardPosition)
        case reading(ShardIterator)
        case ended(End)
    }

    /// The shard.
    package let shard: ShardID
    private var start: ShardPosition
    /// Records older than this were written before the consumer began, and are passed over; nil: none are.
    package private(set) var since: Timestamp?
    private let startedAt: StartMoment
    private var state: State
    private var last: SequenceNumber?
    private var failures = 0

    /// Creates a reader that begins at a position.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - start: Where reading begins.
    ///   - startedAt: When, or when it began first: an iterator at LATEST that is lost before it brought a record is
    ///     made up for by reading from there.
    package init(shard: ShardID, start: ShardPosition, startedAt: StartMoment) {
        self.shard = shard
        self.start = start
        self.startedAt = startedAt
        self.state = .needsIterator(start)
    }

    /// Creates a reader that goes on where nothing had come since reading began at LATEST.
    ///
    /// There is no number to go on after, so it begins at the oldest record and passes over what is older than the
    /// beginning.
    package init(shard: ShardID, startedAt: StartMoment) {
        self.init(shard: shard, start: .trimHorizon, startedAt: startedAt)
        self.since = startedAt.oldestRecord
    }

    /// The next call.
    package var call: Call {
        switch self.state {
        case .needsIterator(let position): .iterator(position)
        case .reading(let iterator): .records(iterator)
        case .ended: .none
        }
    }

    /// How the shard ended; nil while it has not.
    package var end: End? {
        if case .ended(let end) = self.state { end } else { nil }
    }

    /// The newest record received, or the one reading began after; nil: there is no number to come back to.
    package var anchor: SequenceNumber? {
        if let last { return last }
        if case .after(let number) = self.start { return number }
        return nil
    }

    /// Whether records written from now on would be missed if the iterator were lost.
    package var dependsOnIterator: Bool {
        self.anchor == nil && self.start == .latest
    }

    /// Where reading goes on without its iterator, in words that follow "reading goes on".
    package var resumption: String {
        if let anchor { return "after \(anchor)" }
        guard let since else { return "where it began" }
        let reason =
            switch self.startedAt.clock {
            case .service: "the second in which it began at LATEST"
            case .consumer: "five minutes before it began at LATEST, as the service does not tell its time"
            }
        return "at the oldest record and passes over what was created before \(since.iso8601), \(reason)"
    }

    /// An iterator was given.
    package mutating func received(_ iterator: ShardIterator) {
        guard case .needsIterator = self.state else { preconditionFailure("an iterator in state \(self.state)") }
        self.failures = 0
        self.state = .reading(iterator)
    }

    /// A page was read.
    ///
    /// - Parameters:
    ///   - last: The page's last record; nil for an empty page, which is normal and no end.
    ///   - lastCreatedAt: When the youngest of them was written.
    ///   - next: Where to go on; nil: the shard is closed and this was all.
    package mutating func received(last: SequenceNumber?, lastCreatedAt: Timestamp? = nil, next: ShardIterator?) {
        guard case .reading = self.state else { preconditionFailure("a page in state \(self.state)") }
        self.failures = 0
        // Records of a shard come in the order of their times.
        if let since, let lastCreatedAt, lastCreatedAt >= since { self.since = nil }
        // A repeated page does not move the anchor back.
        if let last { self.last = max(last, self.last ?? last) }
        self.state = next.map { .reading($0) } ?? .ended(.reached)
    }

    /// A call failed.
    ///
    /// - Parameters:
    ///   - error: The service's error.
    ///   - shardEnd: The shard's last sequence number if it is known.
    /// - Returns: What to do.
    package mutating func failed(_ error: DynamoDBError, shardEnd: SequenceNumber?) -> Recovery {
        switch error.code {
        case .expiredIterator: return self.iteratorExpired()
        case .trimmedDataAccess: return self.positionTrimmed()
        case .resourceNotFound:
            self.state = .ended(.vanished)
            if let anchor, let shardEnd, anchor >= shardEnd { return .vanished(nil) }
            return .vanished(
                DataLoss(
                    shard: self.shard,
                    after: self.anchor,
                    reason: "the shard is gone before it was read to its end: what it held" + self.unread + " is lost"
                )
            )
        default:
            guard error.isTransient else { return .giveUp }
            self.failures += 1
            return .repeatLater(failures: self.failures)
        }
    }

    /// What of the shard was not read, in words that follow "what it held".
    private var unread: String {
        if let anchor { return " after \(anchor), if it held something," }
        if case .at(let number) = self.start { return " from \(number) on" }
        return ", if it held something,"
    }

    /// What a position that was trimmed means for the records.
    private var trimmed: String {
        if let anchor {
            return "the position after \(anchor) was trimmed, and what followed it is lost as far as it is trimmed"
        }
        guard case .at(let number) = self.start else { return "the position was trimmed" }
        return
            "record \(number) was trimmed before it was handled, and what followed it is lost as far as it is trimmed"
    }

    private mutating func iteratorExpired() -> Recovery {
        if let anchor {
            self.state = .needsIterator(.after(anchor))
            return .goOn
        }
        if self.start == .latest {
            self.state = .needsIterator(.trimHorizon)
            self.since = self.startedAt.oldestRecord
        } else {
            self.state = .needsIterator(self.start)
        }
        return .goOn
    }

    private mutating func positionTrimmed() -> Recovery {
        let loss = DataLoss(
            shard: self.shard,
            after: self.anchor,
            reason: self.trimmed + " (records live for 24 hours); reading goes on at the oldest record"
        )
        if case .needsIterator(.trimHorizon) = self.state {
            // Not even the oldest record is there: nothing will come any more.
            self.state = .ended(.vanished)
            return .vanished(loss)
        }
        // It is told of once: the position means nothing any more.
        self.start = .trimHorizon
        self.last = nil
        self.state = .needsIterator(.trimHorizon)
        return .goOnWithLoss(loss)
    }
}
