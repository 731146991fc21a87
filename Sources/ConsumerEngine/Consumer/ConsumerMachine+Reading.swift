// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession

extension ConsumerMachine {
    /// The next thing a shard's reading loop does.
    package enum ReadStep: Hashable, Sendable {
        /// Get an iterator.
        case iterator(ShardPosition)
        /// Read.
        case records(ShardIterator, limit: Int)
        /// Wait until woken, or for so long.
        case wait(Duration?)
        /// End: there is nothing more to read.
        case stop
    }

    /// What a reading loop does after a failed call.
    package enum ReadRecovery: Sendable {
        /// Go on at once.
        case goOn
        /// Go on after a pause.
        case pause(Duration)
        /// End the session.
        case fail(ConsumerError)
    }

    /// Decides the next call for a shard.
    package func nextRead(_ shard: ShardID, now: Timestamp) -> ReadStep {
        guard self.ending == nil, let open = self.shards[shard] else { return .stop }
        switch open.reader.call {
        case .none: return .stop
        case .iterator(let position):
            // An iterator at LATEST marks where the session began: it is fetched even while held.
            let mayFetch = !self.hold.isHeld || self.hold.wantsRead(of: shard) || position == .latest
            return mayFetch ? .iterator(position) : .wait(nil)
        case .records(let iterator):
            return self.waitBeforeReading(open, now: now) ?? .records(iterator, limit: self.configuration.readLimit)
        }
    }

    /// Records of a shard that are older than this are passed over; nil: none.
    package func since(of shard: ShardID) -> Timestamp? {
        self.shards[shard]?.reader.since
    }

    /// An iterator was given.
    package mutating func received(_ iterator: ShardIterator, of shard: ShardID, now: Timestamp) {
        guard let since = self.shards[shard]?.received(iterator, now: now) else { return }
        self.note(.unreadForLong(shard, since: since), now: now)
    }

    /// A page was read.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - parts: Its wanted records by lane; empty if there is one lane.
    ///   - shard: The shard.
    ///   - duration: How long the call took.
    ///   - now: The time.
    package mutating func received(
        _ page: IncomingPage,
        parts: [KeyLanes.Part] = [],
        of shard: ShardID,
        duration: Duration,
        now: Timestamp
    ) {
        guard self.shards[shard] != nil else { return }
        self.shards[shard]?.received(page, parts: parts, idlePause: self.configuration.idlePause, now: now)
        if page.last != nil { self.isDraining = false }
        self.publish(
            .read(
                ReadSummary(
                    shard: shard,
                    records: page.count,
                    filteredOut: page.count - page.wanted.count,
                    size: page.size,
                    newestCreatedAt: page.newestCreatedAt,
                    duration: duration
                )
            )
        )
        self.refresh(shard)
        self.wakeLanes(after: page, parts: parts, of: shard)
        self.stepAnswered(shard)
        if page.last == nil { self.endIfIdle(now: now) }
    }

    /// Wakes the lanes that got records; all of them at the end, and one if there is only a position to be stored.
    private mutating func wakeLanes(after page: IncomingPage, parts: [KeyLanes.Part], of shard: ShardID) {
        if page.next == nil || self.hold.isHeld {
            self.wakeLanes(of: shard)
            return
        }
        guard page.last != nil else {
            // A read that brought nothing shows that a window is over, or that a shard is quiet.
            if self.shards[shard]?.isWindowDue == true || self.shards[shard]?.storableBeginning != nil {
                self.effects.wakes.insert(.worker(LaneID(shard)))
            }
            return
        }
        if parts.isEmpty || page.wanted.isEmpty { self.effects.wakes.insert(.worker(LaneID(shard))) }
        for (number, part) in parts.enumerated() where !part.records.isEmpty {
            self.effects.wakes.insert(.worker(LaneID(shard, number)))
        }
    }

    /// A call for a shard failed.
    package mutating func readFailed(_ error: DynamoDBError, of shard: ShardID, now: Timestamp) -> ReadRecovery {
        guard let open = self.shards[shard] else { return .goOn }
        let operation = if case .iterator = open.reader.call { "GetShardIterator" } else { "GetRecords" }
        self.publish(.callFailed(CallFailure(error, shard: shard, operation: operation)))
        let shardEnd = self.graph.description(of: shard)?.range.end
        let recovery = self.shards[shard]?.reader.failed(error, shardEnd: shardEnd) ?? .goOn
        switch recovery {
        case .goOn:
            let position = self.shards[shard]?.reader.resumption ?? "where it began"
            let notice = Notice(
                level: .info,
                shard: shard,
                code: error.code.name,
                message: "the iterator expired; reading goes on \(position)"
            )
            self.note(notice, now: now)
            return .goOn
        case .goOnWithLoss(let loss):
            self.shards[shard]?.positionTrimmed(now: now)
            self.publish(.dataLost(loss))
            self.wakeLanes(of: shard)
            return .goOn
        case .vanished(let loss):
            if let loss { self.publish(.dataLost(loss)) }
            self.wakeLanes(of: shard)
            self.stepAnswered(shard)
            return .goOn
        case .repeatLater(let failures):
            return .pause(self.pauseReading(shard, error: error, failures: failures, now: now))
        case .giveUp:
            return .fail(ConsumerError(error, streamARN: self.configuration.streamARN, shardID: shard))
        }
    }

    private mutating func pauseReading(
        _ shard: ShardID,
        error: DynamoDBError,
        failures: Int,
        now: Timestamp
    ) -> Duration {
        let pause = self.backoff.pause(after: failures, using: &self.generator)
        let reason = "\(error.code)"
        self.shards[shard]?.readTrouble = WorkLane.Trouble(reason: reason, until: now.advanced(by: pause))
        self.note(
            Notice(
                level: error.isThrottling || failures < Self.alarmingFailures ? .warning : .error,
                shard: shard,
                code: error.code.name,
                message: "reading fails and is tried again: \(error)"
            ),
            now: now
        )
        self.refresh(shard)
        self.stepAnswered(shard)
        return pause
    }

    /// Why the shard is not read now; nil: it is.
    private func waitBeforeReading(_ shard: OpenShard, now: Timestamp) -> ReadStep? {
        let waiting = shard.waitingCount
        guard self.hasRoom(shard, waiting: waiting) else { return .wait(nil) }
        if let allowance, waiting >= allowance { return .wait(nil) }
        if self.hold.isHeld {
            guard !self.hold.wantsRead(of: shard.lease.shard) else { return nil }
            guard shard.reader.dependsOnIterator else { return .wait(nil) }
            let left = shard.lastContactAt.advanced(by: Self.iteratorRefresh).since(now)
            return left > .zero ? .wait(left) : nil
        }
        guard let pausedUntil = shard.pausedUntil, pausedUntil > now else { return nil }
        return .wait(pausedUntil.since(now))
    }

    /// Whether another page may be kept.
    ///
    /// A lane that is stuck must not keep the others from their records, so reading goes on while one lane has few; but
    /// only up to a bound for all lanes together, at which a stuck lane stops its shard.
    private func hasRoom(_ shard: OpenShard, waiting: Int) -> Bool {
        let lanes = shard.lanes.count
        guard shard.waitingBytes < lanes * self.configuration.batchBytes else { return false }
        guard lanes > 1 else { return waiting < self.readAhead }
        guard waiting < max(Self.laneBacklog, lanes * self.readAhead) else { return false }
        return shard.lanes.contains { $0.former.waitingCount < self.readAhead }
    }

    /// Failures in a row from which on it is no accident, as a connection that was closed while nobody used it is one.
    static var alarmingFailures: Int { 3 }

    /// Records of one shard that may wait in several lanes together.
    private static var laneBacklog: Int { 20_000 }

    /// The next page is asked for once fewer records than this wait: two batches, or one page where a page is a batch.
    private var readAhead: Int {
        let batches = 2 * self.configuration.batchSize
        return self.configuration.batchWindow > .zero ? batches : min(batches, self.configuration.readLimit)
    }
}
