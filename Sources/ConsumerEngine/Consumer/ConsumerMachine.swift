// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// All decisions of a consumer in one value: which shard is read, what goes into a batch, what passes while it is held,
/// when it ends.
///
/// Does no I/O and reads no clock. What happens is told by one method each; what follows comes back as a value, or
/// stays in ``effects`` for the shell to carry out. As all shards are in one value, what is published is true at every
/// moment: no record is in two counts, or in none.
package struct ConsumerMachine: Sendable {
    /// Whom to wake.
    package enum Wake: Hashable, Sendable {
        /// The loop that reads the shard.
        case reader(ShardID)
        /// The loop that hands out the lane's batches.
        case worker(LaneID)
        /// The one that waits until the shard is no longer worked on.
        case shard(ShardID)
        /// The loop that lists shards.
        case discovery
        /// The one that starts and ends all loops.
        case conductor
    }

    /// What the shell has to do after a call, in this order.
    package struct Effects: Sendable {
        /// What to publish, in order.
        package var events: [SessionEvent.Kind] = []
        /// Whom to wake.
        package var wakes: Set<Wake> = []
    }

    /// How long an iterator at LATEST is kept before it is used, so that it does not expire while the session is held.
    ///
    /// Source: DynamoDB Streams, iterators expire 15 minutes after they were issued.
    package static let iteratorRefresh = Duration.seconds(300)

    package let configuration: ConsumerConfiguration
    package let measure: LambdaEventSize
    package var graph: ShardGraph
    package var shards: [ShardID: OpenShard] = [:]
    package var openings: [ShardID] = []
    /// Shards whose leases are being asked for.
    package var acquiring: Set<ShardID> = []
    package var hold: HoldControl
    package var seen = EventIDWindow()
    package var notices = NoticeLimiter()
    package var generator: SplitMix64
    package let backoff: Backoff
    package let rules: AttemptRules
    package var slots: BatchSlots
    /// How the failure destination has done so far; all shards share it.
    package var destination = DestinationTrust()
    /// Records that may still be handed out; nil: any number.
    package var allowance: Int?
    package var batchCount: UInt64 = 0
    package var isDraining = false
    private var hasToldOfWindow = false
    package var discovery = DiscoveryProgress()
    /// Why the session ends; nil while it goes on.
    package private(set) var ending: ConsumerEnding?
    package var effects = Effects()

    /// Creates a machine that knows nothing of the stream yet.
    package init(configuration: ConsumerConfiguration) {
        self.configuration = configuration
        self.measure = LambdaEventSize(streamARN: configuration.streamARN)
        self.graph = ShardGraph(startingPosition: configuration.startingPosition)
        self.hold = HoldControl(isHeld: configuration.startsHeld || !configuration.isEnabled)
        self.generator = SplitMix64(seed: configuration.seed)
        self.backoff = Backoff(configuration.backoff)
        self.allowance = configuration.maxRecords
        self.rules = configuration.attemptRules
        self.slots = BatchSlots(limit: configuration.maximumConcurrentBatches)
    }

    /// Begins the session with what earlier ones have left.
    ///
    /// - Parameters:
    ///   - description: What the session is about.
    ///   - stored: The positions in this stream, of all shards that were begun.
    ///   - formerStream: The stream of the same table that the session before was about; nil: there was none, or this one.
    package mutating func start(
        _ description: SessionDescription,
        stored: [ShardID: CheckpointPosition],
        formerStream: StreamARN? = nil
    ) {
        self.graph = ShardGraph(startingPosition: self.configuration.startingPosition, stored: stored)
        self.publish(.started(description))
        if self.hold.isHeld { self.publish(.hold(.held)) }
        self.tellIfCrowded()
        if let formerStream {
            let position = self.configuration.startingPosition
            self.publish(.notice(.streamReplaced(formerStream, by: self.configuration.streamARN, at: position)))
        }
    }

    /// Says so if more read each shard than the service is there for.
    private mutating func tellIfCrowded() {
        let readers = self.configuration.otherReaders + 1
        guard readers > ConsumerConfiguration.mostReaders else { return }
        let message =
            "each shard has \(readers) readers, and DynamoDB serves \(ConsumerConfiguration.mostReaders): "
            + "reads of all of them may be throttled and fall behind; end one of them"
        self.publish(.notice(Notice(level: .warning, code: "too-many-readers", message: message)))
    }

    /// Ends the session; the first reason counts.
    package mutating func end(_ ending: ConsumerEnding) {
        guard self.ending == nil else { return }
        self.ending = ending
        if case .failed(let error) = ending {
            let notice = Notice(
                level: .error,
                shard: error.shardID,
                code: error.code.noticeCode,
                message: error.message
            )
            self.publish(.notice(notice))
        }
        self.tellOfDisabling()
        self.effects.wakes.insert(.conductor)
        self.wakeLanes()
    }

    /// Says that the session ends as soon as its handlers are done; without a batch in one, its end says all.
    private mutating func tellOfDisabling() {
        let busy = self.shards.filter { $0.value.lanes.contains { $0.inFlight?.isInvoked == true } }.keys.sorted()
        guard !busy.isEmpty, !self.hold.isHeld else { return }
        self.publish(.stateChanged(StateChange(from: nil, to: .disabling)))
        for shard in busy { self.publish(.stateChanged(StateChange(shard: shard, from: nil, to: .disabling))) }
    }

    /// Takes what the shell has to do.
    package mutating func takeEffects() -> Effects {
        defer { self.effects = Effects() }
        return self.effects
    }

    /// Publishes the regular figures, and looks whether the session is over.
    package mutating func sample(now: Timestamp) {
        self.publish(
            .sample(
                EngineSample(
                    waitingRecords: self.shards.values.reduce(0) { $0 + $1.waitingCount },
                    inFlightRecords: self.shards.values.reduce(0) { $0 + $1.inFlightCount },
                    oldestPendingCreatedAt: self.shards.values
                        .flatMap { $0.lanes.lazy.compactMap(\.oldestPendingCreatedAt) }.min(),
                    oldestPendingByShard: self.shards.compactMapValues {
                        $0.lanes.lazy.compactMap(\.oldestPendingCreatedAt).min()
                    }
                )
            )
        )
        self.endIfIdle(now: now)
    }

    /// Ends the session if nothing came for long enough and all is handled; lets what waits for a window go first.
    package mutating func endIfIdle(now: Timestamp) {
        guard let limit = self.configuration.untilIdle, !self.hold.isHeld, self.ending == nil else { return }
        guard let quietSince = self.quietSince(for: limit), now.since(quietSince) >= limit else {
            self.isDraining = false
            return
        }
        guard self.shards.values.allSatisfy(\.isDone) else {
            if !self.isDraining {
                self.isDraining = true
                self.wakeLanes()
            }
            self.tellOfOpenWindow(limit)
            return
        }
        self.end(.idle(limit))
    }

    /// Since when no shard has brought a record; nil: one has, or nobody knows it of so long a time.
    private func quietSince(for limit: Duration) -> Timestamp? {
        guard var since = self.discovery.lastChangeAt, self.openings.isEmpty, self.acquiring.isEmpty else { return nil }
        for shard in self.shards.values where shard.reader.end == nil {
            // Silence shows nothing: a shard has to have answered, and with nothing.
            guard let quiet = shard.quiet, quiet.until.since(quiet.since) >= limit else { return nil }
            since = max(since, quiet.since)
        }
        return since
    }

    /// Says once that nothing but the end of a tumbling window is waited for.
    private mutating func tellOfOpenWindow(_ limit: Duration) {
        guard !self.hasToldOfWindow, self.shards.values.allSatisfy(\.isIdle),
            let end = self.shards.values.compactMap({ $0.window?.openEnd }).max()
        else { return }
        self.hasToldOfWindow = true
        self.publish(.notice(.waitsForWindow(end: end, quietFor: limit)))
    }

    mutating func publish(_ event: SessionEvent.Kind) {
        self.effects.events.append(event)
    }

    mutating func note(_ notice: Notice, now: Timestamp) {
        guard let notice = self.notices.admit(notice, now: now) else { return }
        self.publish(.notice(notice))
    }

    mutating func wakeLanes() {
        for (shard, open) in self.shards {
            self.effects.wakes.insert(.reader(shard))
            self.effects.wakes.insert(.shard(shard))
            for number in open.lanes.indices { self.effects.wakes.insert(.worker(LaneID(shard, number))) }
        }
    }

    mutating func wakeLanes(of shard: ShardID) {
        for number in 0..<self.configuration.parallelizationFactor {
            self.effects.wakes.insert(.worker(LaneID(shard, number)))
        }
    }

    /// Publishes what a shard does now if it is something else than before.
    mutating func refresh(_ shard: ShardID) {
        guard let open = self.shards[shard] else { return }
        let activity = open.currentActivity(isHeld: self.hold.isHeld, isClosed: self.graph.isClosed(shard))
        guard activity != open.activity else { return }
        self.shards[shard]?.activity = activity
        self.publish(.shardChanged(shard, activity))
    }
}
