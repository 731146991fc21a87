// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The items that a session's records name by their keys, and what deleting each of them costs.
package struct RecordedItems: Sendable {
    private let units: [RawItem: Float]

    /// The items of arrivals.
    package init(_ arrivals: RecordedArrivals) {
        var units: [RawItem: Float] = [:]
        units.reserveCapacity(arrivals.count)
        for shard in arrivals.shards {
            for (record, cost) in zip(shard.records, shard.units) { units[record.keys] = cost }
        }
        self.units = units
    }

    /// Write units of deleting the item with a key; nil: there never was one.
    func units(of key: RawItem) -> Double? {
        self.units[key].map(Double.init)
    }
}
