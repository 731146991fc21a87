// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession

/// The records of a batch as they are stored.
struct BatchRow: Hashable, Sendable {
    /// The batch.
    var batch: BatchID
    /// The records: packed, or, in files of format 2 and where an item is no JSON, their JSON, deflated.
    var data: [UInt8]
    /// The checksum of both.
    var checksum: UInt32

    init(batch: BatchID, data: [UInt8], checksum: UInt32) {
        self.batch = batch
        self.data = data
        self.checksum = checksum
    }

    /// Encodes records; nil if there are none.
    init?(_ records: [StreamRecord], of batch: BatchID, with deflater: Deflater = Deflater()) {
        guard !records.isEmpty,
            let data = PackedRecords.encode(records, with: deflater) ?? deflater.deflate(RecordList.encode(records))
        else { return nil }
        self.init(batch: batch, data: data, checksum: Self.checksum(of: data, batch))
    }

    /// The records; nil if they are damaged.
    var records: [StreamRecord]? {
        guard self.checksum == Self.checksum(of: self.data, self.batch) else { return nil }
        if self.data.first == PackedRecords.layout { return PackedRecords.decode(self.data) }
        return Compression.inflate(self.data, limit: RecordingFormat.recordsLimit)
            .flatMap { try? RecordList.decode($0) }
    }

    private static func checksum(of data: [UInt8], _ batch: BatchID) -> UInt32 {
        var checksum = RowChecksum()
        checksum.add(batch.number)
        return checksum.finished(with: data)
    }
}
