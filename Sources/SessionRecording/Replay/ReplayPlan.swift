// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// The batches of a recording that are sent again: where they are, not what they hold.
public struct ReplayPlan: Hashable, Sendable {
    /// A batch.
    public struct Batch: Hashable, Sendable {
        /// The event with which it was formed.
        var sequence: UInt64
        /// Its number in the recording.
        public var id: BatchID
        /// Its shard.
        public var shard: ShardID
        /// Records of it that are sent again.
        public var records: Int
        /// The first one.
        var first: SequenceNumber
        /// The last one.
        var last: SequenceNumber

        init(
            sequence: UInt64,
            id: BatchID,
            shard: ShardID,
            records: Int,
            first: SequenceNumber,
            last: SequenceNumber
        ) {
            self.sequence = sequence
            self.id = id
            self.shard = shard
            self.records = records
            self.first = first
            self.last = last
        }

        /// A batch whose records are at hand; nil if there are none.
        init?(_ part: ReplaySelection.Part) {
            guard let first = part.records.first, let last = part.records.last else { return nil }
            // Batches are numbered in the order of their forming.
            self.init(
                sequence: part.batch.number,
                id: part.batch,
                shard: part.shard,
                records: part.records.count,
                first: first.sequenceNumber,
                last: last.sequenceNumber
            )
        }
    }

    /// The batches, in the order in which they were formed.
    public private(set) var batches: [Batch] = []
    /// Batches that are named and are not there.
    public private(set) var missing: [BatchID] = []
    /// Batches that are named and cannot be read.
    public private(set) var damaged: [BatchID] = []
    /// Events that are missing or cannot be read, and may have formed batches; 0 if the batches are named.
    public private(set) var gaps = 0
    /// What of the batches is sent again.
    let selection: RecordingSelection

    /// Looks for the batches of a selection; if none are named, all of the recording is read once.
    ///
    /// - Throws: ``RecordingError``.
    public init(_ selection: RecordingSelection, of reader: RecordingReader) throws(RecordingError) {
        self.selection = selection
        guard selection.batches.isEmpty else {
            try self.look(for: selection.batches, in: reader)
            return
        }
        var after: UInt64 = 0
        while true {
            let events = try reader.events(after: after)
            guard let last = events.last else { return }
            for event in events {
                switch event.kind {
                case .batchFormed(let batch): self.add(batch, event)
                case .gap(let count): self.gaps += count
                default: break
                }
            }
            after = last.sequence
        }
    }

    /// Records of all batches.
    public var recordCount: Int { self.batches.reduce(0) { $0 + $1.records } }

    private mutating func look(for batches: Set<BatchID>, in reader: RecordingReader) throws(RecordingError) {
        for id in batches.sorted() {
            guard let sequence = try reader.sequence(of: id) else {
                self.missing.append(id)
                continue
            }
            let event = try reader.events(after: sequence - 1, limit: 1).first
            guard let event, case .batchFormed(let batch) = event.kind else {
                self.damaged.append(id)
                continue
            }
            self.add(batch, event)
        }
    }

    private mutating func add(_ batch: BatchDescription, _ event: SessionEvent) {
        let records = self.selection.records(of: batch)
        guard let first = records.first, let last = records.last else { return }
        self.batches.append(
            Batch(
                sequence: event.sequence,
                id: batch.id,
                shard: batch.shard,
                records: records.count,
                first: first.sequenceNumber,
                last: last.sequenceNumber
            )
        )
    }
}
