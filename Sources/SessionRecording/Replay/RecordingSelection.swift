// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// Which of a recording's batches, and which of their records; everything has to hold, and what is empty asks for nothing.
public struct RecordingSelection: Hashable, Sendable {
    /// These batches; empty: all.
    public var batches: Set<BatchID>
    /// Records with these event IDs; empty: all.
    public var records: Set<EventID>
    /// Batches of these shards; empty: all.
    public var shards: Set<ShardID>
    /// Creates a selection.
    public init(
        batches: Set<BatchID> = [],
        records: Set<EventID> = [],
        shards: Set<ShardID> = []
    ) {
        self.batches = batches
        self.records = records
        self.shards = shards
    }

    /// What of a batch is selected.
    ///
    /// - Returns: Its records in their order; empty if none is selected.
    func records(of batch: BatchDescription) -> [StreamRecord] {
        guard self.batches.isEmpty || self.batches.contains(batch.id),
            self.shards.isEmpty || self.shards.contains(batch.shard)
        else { return [] }
        guard !self.records.isEmpty else { return batch.records }
        return batch.records.filter { self.records.contains($0.eventID) }
    }
}
