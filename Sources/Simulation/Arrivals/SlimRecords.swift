// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Makes records without the page they came in: keys of their own, and of the images only the lengths.
///
/// How many records fit into a batch depends on the length of their images, so that has to stay.
struct SlimRecords {
    // Images share it; whoever decoded one would find out that it is none.
    private var blanks = [UInt8](repeating: UInt8(ascii: " "), count: 4096)

    /// The slim form of records that came together.
    mutating func slim(_ records: [StreamRecord]) -> [StreamRecord] {
        var keys: [UInt8] = []
        keys.reserveCapacity(records.reduce(0) { $0 + $1.keys.count })
        for record in records { keys.append(contentsOf: record.keys.bytes) }
        var start = 0
        return records.map { record in
            defer { start += record.keys.count }
            var slim = record
            // A recording may say anything; no record has more than its two images of 400 KB.
            slim.size = ByteCount(min(max(0, record.size.bytes), 1 << 20))
            slim.keys = RawItem(sharing: keys, range: start..<start + record.keys.count)
            slim.oldImage = record.oldImage.map { self.blank($0.count) }
            slim.newImage = record.newImage.map { self.blank($0.count) }
            return slim
        }
    }

    private mutating func blank(_ count: Int) -> RawItem {
        if count > self.blanks.count { self.blanks = [UInt8](repeating: UInt8(ascii: " "), count: 2 * count) }
        return RawItem(sharing: self.blanks, range: 0..<count)
    }
}
