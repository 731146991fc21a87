// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Spreads the records of a shard over lanes by their partition key, so that all changes of an item stay in one lane and in
/// order.
package struct KeyLanes: Sendable {
    /// The part of a page that goes into one lane.
    package struct Part: Sendable {
        /// The records, oldest first.
        package var records: [StreamRecord] = []
        /// Their size by ``LambdaEventSize``.
        package var bytes = 0
        /// The wanted record of the page before each of them, of whatever lane; nil: it is the page's first one.
        package var befores: [SequenceNumber?] = []
    }

    /// The number of lanes.
    package let count: Int
    private let partitionKey: [String]
    private let measure: LambdaEventSize

    /// Creates lanes.
    ///
    /// - Parameters:
    ///   - count: Their number.
    ///   - partitionKey: The name of the table's partition key; nil: the whole key decides.
    ///   - measure: Tells the size of a record.
    package init(count: Int, partitionKey: String?, measure: LambdaEventSize) {
        self.count = count
        self.partitionKey = partitionKey.map { [$0] } ?? []
        self.measure = measure
    }

    /// Spreads records that follow each other.
    package func split(_ records: [StreamRecord]) -> [Part] {
        var parts = Array(repeating: Part(), count: self.count)
        var before: SequenceNumber?
        for record in records {
            let lane = self.lane(of: record.keys)
            parts[lane].records.append(record)
            parts[lane].bytes += self.measure.bytes(of: record)
            parts[lane].befores.append(before)
            before = max(record.sequenceNumber, before ?? record.sequenceNumber)
        }
        return parts
    }

    /// The lane of a record with these keys: the same in every run and on every machine.
    package func lane(of keys: RawItem) -> Int {
        Int(truncatingIfNeeded: self.hash(keys) % UInt64(self.count))
    }

    private func hash(_ keys: RawItem) -> UInt64 {
        guard !self.partitionKey.isEmpty, let key = try? keys.primaryKey(self.partitionKey) else {
            return Self.hash(keys.bytes, kind: 0)
        }
        return switch key.partition {
        case .string(let text): Self.hash(text.utf8, kind: 1)
        // By value: 1, 1.0 and 1e0 are one key.
        case .number(let number): Self.hash(number.text.utf8, kind: 2)
        case .binary(let bytes): Self.hash(bytes, kind: 3)
        default: Self.hash(keys.bytes, kind: 0)
        }
    }

    /// FNV-1a, and a last mix so that the low bits depend on all of it.
    private static func hash(_ bytes: some Sequence<UInt8>, kind: UInt64) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ kind
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ (hash >> 33)
    }
}
