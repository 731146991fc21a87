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
        guard self.ending == nil, let lane = self.lanes[shard] else { return .stop }
        switch lane.reader.call {
        case .none: return .stop
        case .iterator(let position):
            // An iterator at LATEST marks where the session began: it is fetched even while held.
            let mayFetch = !self.hold.isHeld || self.hold.wantsRead(of: shard) || position == .latest
            return mayFetch ? .iterator(position) : .wait(nil)
        case .records(let iterator):
            return self.waitBeforeReading(lane, now: now) ?? .records(iterator, limit: self.configuration.readLimit)
        }
    }

    /// Records of a shard that are older than this are passed over; nil: none.
    package func since(of shard: ShardID) -> Timestamp? {
        self.lanes[shard]?.reader.since
    }

    /// An iterator was given.
    package mutating func received(_ iterator: ShardIterator, of shard: ShardID, now: Timestamp) {
        self.lanes[shard]?.reader.received(iterator)
        self.lanes[shard]?.lastContactAt = now
    }

    /// A page was read.
    package mutating func received(_ page: IncomingPage, of shard: ShardID, duration: Duration, now: Timestamp) {
        guard var lane = self.lanes[shard] else { return }
        lane.reader.received(last: page.last, lastCreatedAt: page.newestCreatedAt, next: page.next)
        lane.lastContactAt = now
        lane.readTrouble = nil
        if let end = page.last {
            lane.former.add(page.wanted, bytes: page.wantedBytes, end: end, now: now)
            lane.idleSince = nil
            lane.pausedUntil = nil
            self.isDraining = false
        } else {
            lane.idleSince = lane.idleSince ?? now
            lane.pausedUntil = now.advanced(by: self.configuration.idlePause)
        }
        self.lanes[shard] = lane
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
        if page.last != nil || page.next == nil { self.effects.wakes.insert(.worker(shard)) }
        self.stepAnswered(shard)
        if page.last == nil { self.endIfIdle(now: now) }
    }

    /// A call for a shard failed.
    package mutating func readFailed(_ error: DynamoDBError, of shard: ShardID, now: Timestamp) -> ReadRecovery {
        guard self.lanes[shard] != nil else { return .goOn }
        let shardEnd = self.graph.description(of: shard)?.range.end
        let recovery = self.lanes[shard]?.reader.failed(error, shardEnd: shardEnd) ?? .goOn
        self.lanes[shard]?.idleSince = nil
        switch recovery {
        case .goOn:
            let position = self.lanes[shard]?.reader.anchor.map { "after \($0)" } ?? "where it began"
            let notice = Notice(
                level: .info,
                shard: shard,
                code: error.code.name,
                message: "the iterator expired; reading goes on \(position)"
            )
            self.note(notice, now: now)
            return .goOn
        case .goOnWithLoss(let loss):
            self.publish(.dataLost(loss))
            return .goOn
        case .vanished(let loss):
            if let loss { self.publish(.dataLost(loss)) }
            self.effects.wakes.insert(.worker(shard))
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
        self.lanes[shard]?.readTrouble = ShardLane.Trouble(reason: reason, until: now.advanced(by: pause))
        self.note(
            Notice(
                level: error.isThrottling ? .warning : .error,
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
    private func waitBeforeReading(_ lane: ShardLane, now: Timestamp) -> ReadStep? {
        let waiting = lane.former.waitingCount
        guard waiting < self.readAhead, lane.former.waitingBytes < self.configuration.batchBytes else {
            return .wait(nil)
        }
        if let allowance, waiting >= allowance { return .wait(nil) }
        if self.hold.isHeld {
            guard !self.hold.wantsRead(of: lane.lease.shard) else { return nil }
            guard lane.reader.dependsOnIterator else { return .wait(nil) }
            let left = lane.lastContactAt.advanced(by: Self.iteratorRefresh).since(now)
            return left > .zero ? .wait(left) : nil
        }
        guard let pausedUntil = lane.pausedUntil, pausedUntil > now else { return nil }
        return .wait(pausedUntil.since(now))
    }

    /// The next page is asked for once fewer records than this wait: two batches, or one page where a page is a batch.
    private var readAhead: Int {
        let batches = 2 * self.configuration.batchSize
        return self.configuration.batchWindow > .zero ? batches : min(batches, self.configuration.readLimit)
    }
}
