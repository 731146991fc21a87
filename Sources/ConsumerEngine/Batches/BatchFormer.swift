// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DequeModule
package import DynamoDBModel
package import StreamSession

/// Keeps the records of one shard that wait, and decides when a batch is to be closed and how many records go into it.
///
/// Works on pages: per record nothing is done but copying it into its batch, and not even that if a batch is a page.
package struct BatchFormer: Sendable {
    /// The records of one page that are wanted.
    private struct Chunk: Sendable {
        var records: [StreamRecord]
        var taken = 0
        var bytes: Int
        var receivedAt: Timestamp
        var end: SequenceNumber
        /// What was read before the page.
        var floor: SequenceNumber?
        /// What was read before each record within the page, in other lanes too; empty if there are none.
        var befores: [SequenceNumber?] = []

        var count: Int { self.records.count - self.taken }
    }

    /// What to do now.
    package enum Verdict: Hashable, Sendable {
        /// Close a batch of so many records.
        case close(count: Int, reason: BatchCloseReason)
        /// Wait for more records; nil: there are none yet, else until the window closes.
        case wait(until: Timestamp?)
    }

    /// A batch's records and what it means to be done with them.
    package struct Taken: Sendable {
        /// The records, oldest first.
        package var records: [StreamRecord]
        /// When the first of them was read.
        package var firstReadAt: Timestamp
        /// How far the shard is done with them: unwanted records right behind them included.
        package var end: SequenceNumber
        /// What was read before each of them, in all lanes; empty if there is only one.
        package var befores: [SequenceNumber?] = []
    }

    /// Limits of a batch.
    package struct Limits: Hashable, Sendable {
        /// Records.
        package var records: Int
        /// Bytes of the Lambda event.
        package var bytes: Int
        /// How long a batch may gather.
        package var window: Duration

        /// Creates limits.
        package init(records: Int, bytes: Int, window: Duration) {
            self.records = records
            self.bytes = bytes
            self.window = window
        }
    }

    private let limits: Limits
    private let measure: LambdaEventSize
    private var chunks: Deque<Chunk> = []
    private var windowOpenedAt: Timestamp?
    private var isBusy = false
    /// Records that wait.
    package private(set) var waitingCount = 0
    /// Their size as a Lambda event, at most.
    package private(set) var waitingBytes = 0

    /// Creates a former without records.
    package init(limits: Limits, measure: LambdaEventSize) {
        self.limits = limits
        self.measure = measure
    }

    /// The oldest record that waits.
    package var head: StreamRecord? {
        self.chunks.first.map { $0.records[$0.taken] }
    }

    /// What was read before the oldest record that waits; nil: nothing, or this lane is alone and not told.
    package var headBefore: SequenceNumber? {
        guard let first = self.chunks.first, !first.befores.isEmpty else { return nil }
        return Self.later(first.floor, first.befores[first.taken])
    }

    /// Takes in the wanted records of a page.
    ///
    /// - Parameters:
    ///   - records: The wanted records, maybe none.
    ///   - bytes: Their size by ``LambdaEventSize``, at most.
    ///   - end: The page's last record, wanted or not.
    ///   - now: When the page was read.
    package mutating func add(_ records: [StreamRecord], bytes: Int, end: SequenceNumber, now: Timestamp) {
        guard !records.isEmpty else {
            guard !self.chunks.isEmpty else { return }
            let last = self.chunks.count - 1
            self.chunks[last].end = max(end, self.chunks[last].end)
            return
        }
        self.append(Chunk(records: records, bytes: bytes, receivedAt: now, end: end))
    }

    /// Takes in the records of a page that belong to this lane.
    ///
    /// - Parameters:
    ///   - part: The records.
    ///   - floor: The newest record read before the page.
    ///   - now: When the page was read.
    package mutating func add(_ part: KeyLanes.Part, floor: SequenceNumber?, now: Timestamp) {
        guard let last = part.records.last else { return }
        self.append(
            Chunk(
                records: part.records,
                bytes: part.bytes,
                receivedAt: now,
                end: last.sequenceNumber,
                floor: floor,
                befores: part.befores
            )
        )
    }

    private mutating func append(_ chunk: Chunk) {
        self.chunks.append(chunk)
        self.waitingCount += chunk.records.count
        self.waitingBytes += chunk.bytes
        if !self.isBusy, self.windowOpenedAt == nil { self.windowOpenedAt = chunk.receivedAt }
    }

    /// Whether a batch is to be closed now, outside of steps.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - allowance: Records that may still be handed out at all; nil: as many as come.
    ///   - hasEnded: No more records will come.
    ///   - isDraining: The session is ending and what waits is to go.
    ///   - boundary: The end of the tumbling window of the oldest record; nil: there are none.
    /// - Returns: What to do.
    package func verdict(
        now: Timestamp,
        allowance: Int?,
        hasEnded: Bool,
        isDraining: Bool,
        boundary: Timestamp? = nil
    ) -> Verdict {
        guard let first = self.chunks.first, allowance != 0 else { return .wait(until: nil) }
        let most = min(self.limits.records, allowance ?? self.limits.records)
        let hasWindow = self.limits.window > .zero
        var available = hasWindow ? self.waitingCount : first.count
        var isCut = false
        if let boundary {
            let inside = self.leading(available, before: boundary)
            isCut = inside < available
            available = inside
        }
        let byCount = min(most, available)
        let count = self.fitting(byCount)
        if count < byCount { return .close(count: count, reason: .bytes) }
        if count == self.limits.records { return .close(count: count, reason: .full) }
        if count == allowance { return .close(count: count, reason: .drain) }
        if isCut, count == available { return .close(count: count, reason: .tumblingWindow) }
        guard hasWindow else { return .close(count: count, reason: .window) }
        // The next record might not fit any more although the last one did.
        if hasEnded { return .close(count: count, reason: .shardEnd) }
        if isDraining { return .close(count: count, reason: .drain) }
        let end = (self.windowOpenedAt ?? first.receivedAt).advanced(by: self.limits.window)
        return end <= now ? .close(count: count, reason: .window) : .wait(until: end)
    }

    /// How many records a step of a batch takes: what waits, within the limits and the tumbling window.
    package func stepCount(allowance: Int?, boundary: Timestamp? = nil) -> Int {
        guard self.waitingCount > 0 else { return 0 }
        let most = min(self.limits.records, allowance ?? self.limits.records, self.waitingCount)
        return self.fitting(boundary.map { self.leading(most, before: $0) } ?? most)
    }

    /// How many of the oldest `count` records were created before a moment, up to the first that was not.
    private func leading(_ count: Int, before boundary: Timestamp) -> Int {
        var leading = 0
        for chunk in self.chunks {
            for record in chunk.records[chunk.taken...] {
                guard leading < count, record.createdAt < boundary else { return leading }
                leading += 1
            }
        }
        return leading
    }

    /// Hands out the oldest records.
    package mutating func take(_ count: Int) -> Taken {
        precondition(count > 0 && count <= self.waitingCount, "\(count) of \(self.waitingCount) records")
        precondition(!self.isBusy, "a shard has one batch at a time")
        self.isBusy = true
        self.windowOpenedAt = nil
        let firstReadAt = self.chunks[0].receivedAt
        var records: [StreamRecord] = []
        var befores: [SequenceNumber?] = []
        var end = self.chunks[0].end
        var missing = count
        while missing > 0 {
            let chunk = self.chunks[0]
            if !chunk.befores.isEmpty {
                let part = chunk.befores[chunk.taken..<min(chunk.taken + missing, chunk.befores.count)]
                befores += part.map { Self.later(chunk.floor, $0) }
            }
            guard missing < chunk.count else {
                missing -= chunk.count
                if records.isEmpty, chunk.taken == 0 {
                    records = chunk.records
                } else {
                    records.append(contentsOf: chunk.records[chunk.taken...])
                }
                self.waitingBytes -= chunk.bytes
                end = max(end, chunk.end)
                self.chunks.removeFirst()
                continue
            }
            let part = chunk.records[chunk.taken..<chunk.taken + missing]
            records.append(contentsOf: part)
            // Of a page that is small beside the limit the bytes of a part do not matter: they leave with its last record.
            let isSmall = chunk.bytes < self.limits.bytes / 8
            let bytes = isSmall ? 0 : part.reduce(0) { $0 + self.measure.bytes(of: $1) }
            end = part[part.endIndex - 1].sequenceNumber
            self.chunks[0].taken += missing
            self.chunks[0].bytes -= bytes
            self.waitingBytes -= bytes
            missing = 0
        }
        self.waitingCount -= count
        return Taken(records: records, firstReadAt: firstReadAt, end: end, befores: befores)
    }

    /// Begins a batch without records.
    package mutating func beginEmptyBatch() {
        precondition(!self.isBusy, "a shard has one batch at a time")
        self.isBusy = true
    }

    /// The batch is over; the next window begins.
    package mutating func finished(now: Timestamp) {
        precondition(self.isBusy, "no batch was handed out")
        self.isBusy = false
        self.windowOpenedAt = self.chunks.isEmpty ? nil : now
    }

    private static func later(_ left: SequenceNumber?, _ right: SequenceNumber?) -> SequenceNumber? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }

    /// How many of the oldest `count` records fit by bytes: at least one.
    private func fitting(_ count: Int) -> Int {
        guard self.waitingBytes + LambdaEventSize.envelope > self.limits.bytes else { return count }
        var bytes = LambdaEventSize.envelope
        var fitting = 0
        for chunk in self.chunks {
            for record in chunk.records[chunk.taken...] {
                bytes += self.measure.bytes(of: record)
                guard fitting < count, bytes <= self.limits.bytes || fitting == 0 else { return max(fitting, 1) }
                fitting += 1
            }
        }
        return min(fitting, count)
    }
}
