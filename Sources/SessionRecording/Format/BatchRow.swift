// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// The records of a batch as they are stored.
struct BatchRow: Hashable, Sendable {
    /// The batch.
    var batch: BatchID
    /// DynamoDB's JSON of the records, deflated.
    var data: [UInt8]
    /// The checksum of the data.
    var checksum: UInt32

    init(batch: BatchID, data: [UInt8], checksum: UInt32) {
        self.batch = batch
        self.data = data
        self.checksum = checksum
    }

    /// Encodes records; nil if there are none.
    init?(_ records: [StreamRecord], of batch: BatchID) {
        guard !records.isEmpty, let data = Compression.deflate(RecordList.encode(records)) else { return nil }
        self.init(batch: batch, data: data, checksum: Compression.checksum(data))
    }

    /// The records; nil if they are damaged.
    var records: [StreamRecord]? {
        guard self.checksum == Compression.checksum(self.data),
            let bytes = Compression.inflate(self.data, limit: RecordingFormat.recordsLimit)
        else { return nil }
        return try? RecordList.decode(bytes)
    }
}
