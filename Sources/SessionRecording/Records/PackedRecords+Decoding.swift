// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

extension PackedRecords {
    /// Reads records that were packed; nil for what is not what was written.
    static func decode(_ data: [UInt8]) -> [StreamRecord]? {
        do throws(PackedReader.Fault) {
            var reader = PackedReader(data)
            guard try reader.number() == UInt64(Self.layout) else { return nil }
            let identities = try reader.text()
            guard
                let body = Compression.inflate(Array(try reader.take(reader.left)), limit: RecordingFormat.recordsLimit)
            else { return nil }
            var unpacking = RecordUnpacking(body, identities: Array(identities))
            return try unpacking.records()
        } catch {
            return nil
        }
    }
}
