// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Records that somebody wants sent to a handler once more, by the batches that carried them.
public struct ReplaySelection: Hashable, Sendable {
    /// What of a batch.
    public struct Part: Hashable, Sendable {
        /// The batch.
        public var batch: BatchID
        /// Its shard.
        public var shard: ShardID
        /// The records in the order in which they came; of whole batches as far as the state has them.
        public var records: [StreamRecord]

        /// Creates a part.
        public init(batch: BatchID, shard: ShardID, records: [StreamRecord]) {
            self.batch = batch
            self.shard = shard
            self.records = records
        }
    }

    /// The parts by their batches, the first formed first.
    public let parts: [Part]
    /// Whether whole batches are meant, whatever of them is at hand.
    public let isOfBatches: Bool

    /// Creates a selection.
    public init(_ parts: [Part], isOfBatches: Bool) {
        self.parts = parts.sorted { $0.batch < $1.batch }
        self.isOfBatches = isOfBatches
    }
}
