// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// A whole state to begin with, without the records that the events before it hold.
///
/// A state keeps some thousand records, all of which came with batches: a key frame names the batches, so that a file of
/// many key frames holds each record once.
public struct SessionKeyframe: Hashable, Sendable, Codable {
    /// Records of one batch that a state keeps: the newest ones of it.
    struct Run: Hashable, Sendable, Codable {
        var batch: BatchID
        var shard: ShardID
        var deliveredAt: Timestamp
        var count: Int
    }

    /// The state without its records.
    public private(set) var state: SessionState
    private var runs: [Run] = []
    private var limit: Int
    private var droppedCount: Int
    /// Places in the ring whose record was delivered before.
    private var duplicates: [Int] = []

    /// Takes the records out of a state.
    public init(of state: SessionState) {
        self.limit = state.records.limit
        self.droppedCount = state.records.droppedCount
        self.state = state
        self.state.records = RecordRing(limit: state.records.limit)
        for index in state.batches.indices { self.state.batches[index].description.records = [] }
        var index = 0
        for (run, count) in state.records.runs {
            self.runs.append(Run(batch: run.batch, shard: run.shard, deliveredAt: run.deliveredAt, count: count))
            let first = run.records.count - count
            self.duplicates += run.duplicates.filter { $0 >= first }.sorted().map { index + $0 - first }
            index += count
        }
    }

    /// The session time of the state.
    public var at: Timestamp? { self.state.asOf }
    /// The newest event that the state knows.
    public var sequence: UInt64 { self.state.lastSequence }

    /// Whether what was read can be a state: false for a file that somebody has forged.
    public var isSound: Bool {
        let state = self.state
        let retention = state.retention
        return (1...1_000_000).contains(self.limit) && self.runs.allSatisfy { (1...1_000_000).contains($0.count) }
            && (1...1_000_000).contains(retention.records) && (1...1_000_000).contains(retention.batches)
            && (0...1 << 40).contains(retention.recordBytes) && (1...1_000_000).contains(retention.logLines)
            && state.batchSizes.counts.count == BatchSizeHistogram.upperBounds.count
            && (0...state.batches.count).contains(state.emptiedBatches) && state.lastSequence <= 1 << 52
    }

    /// The batches whose records ``restored(records:)`` wants.
    public var batches: Set<BatchID> {
        var batches = Set(self.runs.map(\.batch))
        guard self.state.retention.recordBytes > 0 else { return batches }
        for batch in self.state.batches.dropFirst(self.state.emptiedBatches) where batch.recordCount > 0 {
            batches.insert(batch.description.id)
        }
        return batches
    }

    /// The records that a state holds, by their batch: all of them, or the newest ones of batches that it has dropped.
    public static func records(of state: SessionState) -> [BatchID: [StreamRecord]] {
        var known: [BatchID: [StreamRecord]] = [:]
        for entry in state.records { known[entry.batch, default: []].append(entry.record) }
        for batch in state.batches where !batch.description.records.isEmpty {
            known[batch.description.id] = batch.description.records
        }
        return known
    }

    /// Puts the records back.
    ///
    /// - Parameter records: The records of a batch as it was formed; nil if they are lost, which leaves it without any.
    /// - Returns: The state.
    public func restored(records: (BatchID) -> [StreamRecord]?) -> SessionState {
        var state = self.state
        var known: [BatchID: [StreamRecord]] = [:]
        for batch in self.batches { known[batch] = records(batch)?.detached() }
        if state.retention.recordBytes > 0 {
            for index in state.batches.indices.dropFirst(self.state.emptiedBatches) {
                state.batches[index].description.records = known[state.batches[index].description.id] ?? []
            }
        }
        let duplicates = Set(self.duplicates)
        state.records = RecordRing(limit: self.limit, droppedCount: self.droppedCount)
        var index = 0
        for run in self.runs {
            let kept = known[run.batch] ?? []
            index += run.count
            let places = max(0, kept.count - run.count)..<kept.count
            state.records.append(
                kept,
                newest: run.count,
                of: run.batch,
                shard: run.shard,
                deliveredAt: run.deliveredAt,
                duplicates: duplicates.isEmpty
                    ? [] : Set(places.filter { duplicates.contains(index - kept.count + $0) })
            )
        }
        // What could not be put back takes no room.
        state.recordBytes = state.records.retainedBytes
        return state
    }
}
