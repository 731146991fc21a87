// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension ConsumerMachine {
    /// What to do after a failed list.
    package enum ListRecovery: Sendable {
        /// List again after a pause.
        case pause(Duration)
        /// End.
        case fail(ConsumerError)
    }

    /// All pages of the shard list were read.
    ///
    /// - Parameters:
    ///   - shards: What they hold.
    ///   - status: The stream's state.
    ///   - serviceTime: The service's time; nil: it does not tell it.
    ///   - now: The time.
    /// - Returns: How long to wait before the next list; a shard's end cuts it short.
    package mutating func listed(
        _ shards: [ShardDescription],
        status: StreamStatus,
        serviceTime: Timestamp? = nil,
        now: Timestamp
    ) -> Duration {
        self.discovery.failures = 0
        self.discovery.serviceTime = serviceTime
        if self.discovery.status != status {
            self.discovery.status = status
            self.publish(.streamChanged(status))
        }
        let changes = self.graph.merge(shards)
        if self.discovery.lastChangeAt == nil || !changes.isEmpty { self.discovery.lastChangeAt = now }
        for shard in changes {
            self.publish(.shardListed(shard))
            if self.shards[shard.id] != nil {
                self.refresh(shard.id)
            } else if self.graph.isFinished(shard.id) {
                self.publish(.shardChanged(shard.id, .finished))
            }
        }
        for shard in Set(changes.compactMap(\.parent)) { self.refresh(shard) }
        for loss in self.graph.takeUnread() { self.publish(.dataLost(loss)) }
        self.openReadable()
        self.tellIfEmpty(now: now)
        self.endIfShardsEnded()
        self.endIfIdle(now: now)
        return self.nextListing()
    }

    /// Listing failed.
    package mutating func listingFailed(_ error: DynamoDBError, now: Timestamp) -> ListRecovery {
        self.publish(.callFailed(CallFailure(error, shard: nil, operation: "DescribeStream")))
        guard error.isTransient else {
            return .fail(ConsumerError(error, streamARN: self.configuration.streamARN))
        }
        self.discovery.failures += 1
        self.note(
            Notice(
                level: error.isThrottling || self.discovery.failures < Self.alarmingFailures ? .warning : .error,
                code: error.code.name,
                message: "shards cannot be listed and it is tried again: \(error)"
            ),
            now: now
        )
        return .pause(self.backoff.pause(after: self.discovery.failures, using: &self.generator))
    }

    /// Takes the shards that are to be opened.
    package mutating func takeOpenings() -> [ShardID] {
        defer { self.openings = [] }
        self.acquiring.formUnion(self.openings)
        return self.openings
    }

    /// Where a shard begins if no position is stored for it.
    ///
    /// It has to be stored before anything is read: without it the next run would begin where that one is told to, and at
    /// LATEST miss what was written in between. The service told its time before it is asked for the position, so nothing
    /// that comes after the position is older.
    package func beginning(of shard: ShardID, now: Timestamp) -> CheckpointPosition {
        let moment = self.moment(now: now)
        return switch self.graph.start(of: shard) {
        case .latest: .startedAt(moment, quietUntil: moment.time)
        case .after(let number): .sequenceNumber(number)
        case .at(let number): .before(number)
        case .trimHorizon: .trimHorizon(quietUntil: moment.time)
        }
    }

    private func moment(now: Timestamp) -> StartMoment {
        self.discovery.serviceTime.map { StartMoment($0, by: .service) } ?? StartMoment(now, by: .consumer)
    }

    /// A shard's lease was asked for.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - lease: The lease; nil: another worker has it, and it is asked for again at the next listing.
    ///   - now: The time.
    /// - Returns: Whether there is something to read.
    package mutating func acquired(_ shard: ShardID, lease: Lease?, now: Timestamp) -> Bool {
        self.acquiring.remove(shard)
        guard let lease else {
            self.graph.gaveBack(shard)
            let notice = Notice(
                level: .info,
                shard: shard,
                code: "lease-held",
                message: "another worker has this shard; it is asked for again"
            )
            self.note(notice, now: now)
            return false
        }
        let reader: ShardReader
        let moment = self.moment(now: now)
        switch lease.position {
        case .shardEnd:
            self.publish(.shardChanged(shard, .finished))
            self.complete(shard, now: now)
            return false
        case .sequenceNumber(let number): reader = ShardReader(shard: shard, start: .after(number), startedAt: moment)
        case .before(let number): reader = ShardReader(shard: shard, start: .at(number), startedAt: moment)
        case .trimHorizon, .trimmed: reader = ShardReader(shard: shard, start: .trimHorizon, startedAt: moment)
        case .startedAt(let began, _) where lease.term == 1 && self.graph.start(of: shard) == .latest:
            // Nobody had it before; whoever has it again must not pass over what came in between.
            reader = ShardReader(shard: shard, start: .latest, startedAt: began)
        case .startedAt(let began, _): reader = ShardReader(shard: shard, startedAt: began)
        }
        let limits = BatchFormer.Limits(
            records: self.configuration.batchSize,
            bytes: self.configuration.batchBytes,
            window: self.configuration.batchWindow
        )
        let lane = WorkLane(former: BatchFormer(limits: limits, measure: self.measure))
        self.shards[shard] = OpenShard(
            lease: lease,
            reader: reader,
            lanes: Array(repeating: lane, count: self.configuration.parallelizationFactor),
            window: TumblingWindow(length: self.configuration.tumblingWindow),
            now: now
        )
        self.refresh(shard)
        return true
    }

    /// All of a shard is handled, or what is left of it is gone, and that is stored.
    package mutating func finished(_ shard: ShardID, now: Timestamp) {
        let hasVanished = self.shards[shard]?.reader.end == .vanished
        self.publish(.shardChanged(shard, hasVanished ? .vanished : .finished))
        self.complete(shard, now: now)
    }

    /// Another worker has the shard now.
    package mutating func lost(_ shard: ShardID, reason: String, now: Timestamp) {
        guard let open = self.shards[shard] else { return }
        for number in open.lanes.indices where open.lanes[number].inFlight != nil {
            let work = open.lanes[number].inFlight?.work ?? HandlerWork()
            self.abandoned(LaneID(shard, number), reason: reason, handlerTime: .zero, work: work, now: now)
        }
        self.publish(.shardChanged(shard, .stopped(reason: reason)))
        self.close(shard)
        self.stepLost(shard)
    }

    /// No loop works on the shard any more: it may be asked for again if it is not done.
    package mutating func left(_ shard: ShardID) {
        self.graph.gaveBack(shard)
    }

    /// Whether the shard is still worked on.
    package func worksOn(_ shard: ShardID) -> Bool {
        self.ending == nil && self.shards[shard] != nil
    }

    private mutating func close(_ shard: ShardID) {
        self.shards[shard] = nil
        // Its loops may be cancelled before they can give back what was kept for them.
        for number in 0..<self.configuration.parallelizationFactor { self.giveBackSlot(of: LaneID(shard, number)) }
        self.effects.wakes.insert(.shard(shard))
        self.effects.wakes.insert(.reader(shard))
        self.wakeLanes(of: shard)
    }

    private mutating func complete(_ shard: ShardID, now: Timestamp) {
        self.close(shard)
        self.notices.forget(shard)
        self.graph.finished(shard)
        self.discovery.lastChangeAt = now
        self.discovery.eagerTries = 0
        self.effects.wakes.insert(.discovery)
        self.openReadable()
        self.stepLost(shard)
    }

    private mutating func openReadable() {
        let readable = self.graph.readable
        guard !readable.isEmpty else { return }
        for shard in readable { self.graph.opened(shard) }
        self.openings += readable
        self.effects.wakes.insert(.conductor)
    }

    private mutating func nextListing() -> Duration {
        guard self.looksForChildren else { return self.configuration.discoveryInterval }
        self.discovery.eagerTries += 1
        let bounds = Duration.milliseconds(50) ... .seconds(1)
        return Backoff(bounds).pause(after: self.discovery.eagerTries, using: &self.generator)
    }

    private var looksForChildren: Bool {
        self.graph.expectsChildren && self.discovery.status != .disabled
            && self.discovery.eagerTries < DiscoveryProgress.eagerTries
    }

    private mutating func endIfShardsEnded() {
        guard self.configuration.endsWithShards, self.graph.isFinished, !self.looksForChildren else { return }
        guard self.discovery.status == .disabled || !self.graph.isEmpty else { return }
        self.end(.shardsEnded)
    }

    private mutating func tellIfEmpty(now: Timestamp) {
        guard self.graph.isFinished, self.shards.isEmpty else { return }
        if self.configuration.readsRecording { return }
        if self.discovery.status == .disabled, !self.discovery.hasToldEnd {
            self.discovery.hasToldEnd = true
            self.note(.streamEnded(self.configuration.streamARN), now: now)
        }
        guard !self.discovery.hasToldEmpty else { return }
        self.discovery.hasToldEmpty = true
        let message =
            if self.graph.isEmpty {
                "the stream has no shards yet; they are looked for every \(self.configuration.discoveryInterval)"
            } else if self.discovery.status == .disabled, self.configuration.startingPosition == .latest {
                "the stream is disabled and takes no new records: what it still has is read with TRIM_HORIZON"
            } else {
                "every shard that is listed is handled to its end"
            }
        self.note(Notice(level: .info, code: "nothing-to-read", message: message), now: now)
    }
}
