// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// What the engine knows of a shard it works on.
package struct OpenShard: Sendable {
    /// The right to work on it.
    package let lease: Lease
    package var reader: ShardReader
    /// Its lanes; one unless records are spread by their partition key.
    package var lanes: [WorkLane]
    /// Its tumbling windows; nil: there are none.
    package var window: TumblingWindow?
    /// The newest record read, wanted or not.
    package var readEnd: SequenceNumber?
    /// Up to where it is done and stored.
    package var position: CheckpointPosition
    /// The first record that is to be handled, if the position has no number by which its loss could be told.
    private var first: SequenceNumber?
    /// Whether the position has no such number.
    private var needsFirst: Bool
    /// Until when nothing had come; nil: there is a number at which reading goes on.
    private var quietUntil: Timestamp?
    /// Where it goes on after a loss that was told.
    private var afterLoss: CheckpointPosition?
    /// Whether the position has to stay: a handler has asked for it.
    package var isPinned = false
    /// Whether a position is being stored: one after the other, so that none overtakes.
    package var isStoring = false
    /// Whether one of its lanes is giving it back.
    package var isFinishing = false
    /// What was last published of it.
    package var activity: ShardActivity?
    /// From the first to the newest of the reads that brought nothing; nil: the newest answer brought something, or there
    /// was none.
    ///
    /// A read that fails neither ends nor prolongs it: the next one goes on at the same place, and shows whether
    /// something has come.
    package var quiet: (since: Timestamp, until: Timestamp)?
    /// The next read is not before this.
    package var pausedUntil: Timestamp?
    /// When the service last answered.
    package var lastContactAt: Timestamp
    /// The read that fails at present.
    package var readTrouble: WorkLane.Trouble?

    /// Creates a shard that was not read yet.
    package init(
        lease: Lease,
        reader: ShardReader,
        lanes: [WorkLane],
        window: TumblingWindow? = nil,
        now: Timestamp
    ) {
        self.lease = lease
        self.reader = reader
        self.lanes = lanes
        self.window = window
        self.position = lease.position
        self.quietUntil = lease.position.quietUntil
        self.needsFirst = lease.position.quietUntil != nil
        self.lastContactAt = now
    }

    /// Records that wait, in all lanes.
    package var waitingCount: Int { self.lanes.reduce(0) { $0 + $1.former.waitingCount } }

    /// Their size as Lambda events, at most.
    package var waitingBytes: Int { self.lanes.reduce(0) { $0 + $1.former.waitingBytes } }

    /// Records in handlers that have not ended.
    package var inFlightCount: Int { self.lanes.reduce(0) { $0 + ($1.inFlight?.plan.openCount ?? 0) } }

    /// The lane with the oldest waiting record, and that record; nil: none waits.
    package var head: (lane: Int, record: StreamRecord)? {
        var head: (lane: Int, record: StreamRecord)?
        for (number, lane) in self.lanes.enumerated() {
            guard let record = lane.former.head else { continue }
            if let known = head, known.record.sequenceNumber <= record.sequenceNumber { continue }
            head = (number, record)
        }
        return head
    }

    /// Whether all lanes are done with what they got.
    package var isIdle: Bool { self.lanes.allSatisfy(\.isIdle) }

    /// Whether all that was read is done, its position stored, and more may come.
    package var isDone: Bool {
        self.isIdle && !self.hasOpenWindow && !self.isStoring && self.reader.end == nil && self.storable == nil
    }

    /// Whether a tumbling window has begun and not had its last invocation.
    package var hasOpenWindow: Bool { self.window?.isOpen ?? false }

    /// Whether the open tumbling window has to have its last invocation now.
    package var isWindowDue: Bool {
        guard let window, self.lanes[0].inFlight == nil else { return false }
        return window.isDue(
            head: self.lanes[0].former.head?.createdAt,
            hasEnded: self.reader.end != nil,
            readEmptyAt: self.quiet?.until
        )
    }

    /// Where a batch has to end because of its tumbling window; nil: there is none, or nothing waits.
    package var windowBoundary: Timestamp? {
        guard let window, let head = self.lanes[0].former.head else { return nil }
        return window.end(for: head.createdAt)
    }

    /// The position as it may be stored now: behind it nothing is undone, in no lane; nil: it is stored already, or has to
    /// stay.
    ///
    /// It is the low-water mark: everything that was read before the oldest undone record of each lane is done, unwanted
    /// records included. While a tumbling window is open nothing is stored: after a crash it is to be delivered again as a
    /// whole, as its state is lost. Before anything is done it is the first record: if that is trimmed before the next run
    /// asks for it, the service says so.
    package var storable: CheckpointPosition? {
        guard var mark = self.readEnd else { return self.storableBeginning }
        guard !self.hasOpenWindow else { return self.storableBeginning }
        for lane in self.lanes {
            guard case .upTo(let end) = lane.progress else { continue }
            guard let end else { return self.storableBeginning }
            mark = min(mark, end)
        }
        return self.storable(.sequenceNumber(mark))
    }

    /// What is to be stored although nothing is done; nil: it is stored, or something behind it is.
    ///
    /// The first record by its number; behind a loss, that it was told; and now and then that nothing has come.
    package var storableBeginning: CheckpointPosition? {
        if let first { return self.storable(.before(first)) }
        if let afterLoss, let position = self.storable(afterLoss) { return position }
        guard let quietUntil, let stored = self.position.quietUntil, !self.isPinned,
            quietUntil.since(stored) >= Self.quietInterval
        else { return nil }
        return self.position.quiet(until: quietUntil)
    }

    /// How far what is stored of a quiet shard may be behind: far less than the 24 hours after which it matters.
    private static let quietInterval = Duration.seconds(3600)

    /// The position was trimmed, and reading goes on at the oldest record.
    package mutating func positionTrimmed(now: Timestamp) {
        self.quiet = nil
        // What was read before is not done yet: only without it the position may pass over the loss.
        guard self.readEnd == nil else { return }
        self.needsFirst = true
        self.quietUntil = now
        switch self.position {
        case .sequenceNumber(let number), .before(let number): self.afterLoss = .trimmed(number, quietUntil: now)
        case .trimHorizon, .startedAt, .trimmed, .shardEnd: break
        }
    }

    /// An iterator was given.
    ///
    /// - Parameters:
    ///   - iterator: The iterator.
    ///   - now: The time.
    /// - Returns: Since when nothing was read, if that is so long that records may have come and gone.
    package mutating func received(_ iterator: ShardIterator, now: Timestamp) -> Timestamp? {
        self.reader.received(iterator)
        self.lastContactAt = now
        guard let since = self.quietUntil else { return nil }
        self.quietUntil = now
        return now.since(since) > AttemptRules.retention ? since : nil
    }

    /// A position if it may be stored now.
    package func storable(_ position: CheckpointPosition) -> CheckpointPosition? {
        guard !self.isPinned else { return nil }
        return self.position.isBefore(position) ? position : nil
    }

    /// Whether a batch of a lane is to be closed now, outside of steps.
    package func verdict(
        of lane: Int,
        now: Timestamp,
        allowance: Int?,
        isDraining: Bool
    ) -> BatchFormer.Verdict {
        self.lanes[lane].former.verdict(
            now: now,
            allowance: allowance,
            hasEnded: self.reader.end != nil,
            isDraining: isDraining,
            boundary: self.windowBoundary
        )
    }

    /// Takes in a page.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - parts: Its wanted records by lane; empty if there is one lane.
    ///   - idlePause: The pause if there is nothing in it.
    ///   - now: The time.
    package mutating func received(_ page: IncomingPage, parts: [KeyLanes.Part], idlePause: Duration, now: Timestamp) {
        self.reader.received(last: page.last, lastCreatedAt: page.newestCreatedAt, next: page.next)
        self.lastContactAt = now
        self.readTrouble = nil
        if self.needsFirst, let first = page.first {
            self.first = first
            self.needsFirst = false
        }
        if self.quietUntil != nil { self.quietUntil = self.reader.anchor == nil ? now : nil }
        guard let end = page.last else {
            self.quiet = (self.quiet?.since ?? now, now)
            self.pausedUntil = now.advanced(by: idlePause)
            return
        }
        if parts.isEmpty {
            self.lanes[0].former.add(page.wanted, bytes: page.wantedBytes, end: end, now: now)
        } else {
            for (number, part) in parts.enumerated() {
                self.lanes[number].former.add(part, floor: self.readEnd, now: now)
            }
        }
        self.readEnd = max(end, self.readEnd ?? end)
        self.quiet = nil
        self.pausedUntil = nil
    }

    /// Begins to give the shard back if all of it is done; nil: it is not, or somebody does so already.
    package mutating func beginFinishing() -> Lease? {
        guard self.reader.end != nil, self.isIdle, !self.hasOpenWindow, !self.isStoring, !self.isFinishing else {
            return nil
        }
        self.isFinishing = true
        return self.lease
    }

    /// What is to be shown of it.
    package func currentActivity(isHeld: Bool, isClosed: Bool) -> ShardActivity {
        if let trouble = self.lanes.lazy.compactMap(\.trouble).first ?? self.readTrouble {
            return .backingOff(reason: trouble.reason, until: trouble.until)
        }
        if isHeld { return .held }
        return isClosed || self.reader.end != nil ? .draining : .reading
    }
}
