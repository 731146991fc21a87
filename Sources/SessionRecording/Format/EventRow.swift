// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// An event as it is stored.
struct EventRow: Hashable, Sendable {
    /// The event's number in its session.
    var sequence: UInt64
    /// When it happened, as ``RecordingTime`` stores it.
    var offset: Int64
    /// The name of its kind.
    var kind: String
    /// The shard that it is about.
    var shard: ShardID?
    /// The batch that it is about.
    var batch: BatchID?
    /// How many records it is about.
    var records: Int?
    /// What is not in the other columns, as JSON.
    var payload: [UInt8]
    /// The checksum of all that.
    var checksum: UInt32 = 0
    /// The records of a batch that is formed.
    var content: BatchRow?

    /// About how much room it takes.
    var size: Int { 64 + self.payload.count + (self.content?.data.count ?? 0) }

    /// Whether it is what was stored.
    var isWhole: Bool { self.checksum == self.computedChecksum }

    /// The checksum that it should have.
    var computedChecksum: UInt32 {
        var checksum = RowChecksum()
        checksum.add(self.sequence)
        checksum.add(self.offset)
        checksum.add(self.kind)
        checksum.add(self.shard?.text ?? "")
        checksum.add(self.batch?.number)
        checksum.add(self.records)
        return checksum.finished(with: self.payload)
    }

    /// The same row with the checksum that it should have.
    consuming func sealed() -> EventRow {
        self.checksum = self.computedChecksum
        return self
    }
}
