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
    /// Up to where unwanted records follow what is in the handler or done; nil: there are none.
    package private(set) var trailing: SequenceNumber?

    /// Creates a former without records.
    package init(limits: Limits, measure: LambdaEventSize) {
        self.limits = limits
        self.measure = measure
    }

    /// The oldest record that waits.
    package var head: StreamRecord? {
        self.chunks.first.map { $0.records[$0.taken] }
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
            if self.chunks.isEmpty {
                self.trailing = max(end, self.trailing ?? end)
            } else {
                let last = self.chunks.count - 1
                self.chunks[last].end = max(end, self.chunks[last].end)
            }
            return
        }
        self.chunks.append(Chunk(records: records, bytes: bytes, receivedAt: now, end: end))
        self.waitingCount += records.count
        self.waitingBytes += bytes
        if !self.isBusy, self.windowOpenedAt == nil { self.windowOpenedAt = now }
    }

    /// Whether a batch is to be closed now, outside of steps.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - allowance: Records that may still be handed out at all; nil: as many as come.
    ///   - hasEnded: No more records will come.
    ///   - isDraining: The session is ending and what waits is to go.
    /// - Returns: What to do.
    package func verdict(now: Timestamp, allowance: Int?, hasEnded: Bool, isDraining: Bool) -> Verdict {
        guard let first = self.chunks.first, allowance != 0 else { return .wait(until: nil) }
        let most = min(self.limits.records, allowance ?? self.limits.records)
        let hasWindow = self.limits.window > .zero
        let available = hasWindow ? self.waitingCount : first.count
        let byCount = min(most, available)
        let count = self.fitting(byCount)
        if count < byCount { return .close(count: count, reason: .bytes) }
        if count == self.limits.records { return .close(count: count, reason: .full) }
        if count == allowance { return .close(count: count, reason: .drain) }
        guard hasWindow else { return .close(count: count, reason: .window) }
        // The next record might not fit any more although the last one did.
        if hasEnded { return .close(count: count, reason: .shardEnd) }
        if isDraining { return .close(count: count, reason: .drain) }
        let end = (self.windowOpenedAt ?? first.receivedAt).advanced(by: self.limits.window)
        return end <= now ? .close(count: count, reason: .window) : .wait(until: end)
    }

    /// How many records a step of a batch takes: what waits, within the limits.
    package func stepCount(allowance: Int?) -> Int {
        let most = min(self.limits.records, allowance ?? self.limits.records)
        return self.waitingCount == 0 ? 0 : self.fitting(min(most, self.waitingCount))
    }

    /// Hands out the oldest records.
    package mutating func take(_ count: Int) -> Taken {
        precondition(count > 0 && count <= self.waitingCount, "\(count) of \(self.waitingCount) records")
        precondition(!self.isBusy, "a shard has one batch at a time")
        self.isBusy = true
        self.windowOpenedAt = nil
        let firstReadAt = self.chunks[0].receivedAt
        var records: [StreamRecord] = []
        var end = self.chunks[0].end
        var missing = count
        while missing > 0 {
            let chunk = self.chunks[0]
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
        return Taken(records: records, firstReadAt: firstReadAt, end: end)
    }

    /// The batch is over; the next window begins.
    package mutating func finished(now: Timestamp) {
        precondition(self.isBusy, "no batch was handed out")
        self.isBusy = false
        self.windowOpenedAt = self.chunks.isEmpty ? nil : now
    }

    /// Unwanted records behind everything done, to be passed; nil if something before them is not done.
    package mutating func takeTrailing() -> SequenceNumber? {
        guard !self.isBusy, self.chunks.isEmpty else { return nil }
        defer { self.trailing = nil }
        return self.trailing
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
