// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What the store keeps in memory of its tables: enough to write an item without asking the database for more.
struct Catalog {
    /// Tables by name.
    var tables: [String: TableEntry] = [:]
}

/// How much a table holds.
struct TableContents {
    var count = 0
    var size = 0

    /// Counts a write by the sizes of the item before and after it.
    mutating func change(from before: Int?, to after: Int?) {
        self.count += (after == nil ? 0 : 1) - (before == nil ? 0 : 1)
        self.size += (after ?? 0) - (before ?? 0)
    }
}

/// A table.
struct TableEntry {
    /// The row in the database.
    var id: Int64
    var name: String
    var arn: String
    var uuid: String
    var keySchema: KeySchema
    var billingMode: BillingMode
    var throughput: ProvisionedThroughput
    var onDemandSince: Timestamp?
    var createdAt: Timestamp
    var isDeletionProtected: Bool
    /// The attribute that says when an item expires; nil: items do not expire.
    var expiryAttribute: String?
    /// The enabled stream.
    var stream: OpenStream?
    var latestStreamARN: StreamARN?
    var latestStreamLabel: String?
}

/// An enabled stream with the shards that take records.
struct OpenStream {
    /// The row in the database.
    var id: Int64
    var arn: StreamARN
    var label: String
    var viewType: StreamViewType
    /// In order of their hash ranges, which leave no gap.
    var shards: [OpenShard]

    /// The shard for a partition.
    func shard(for hash: UInt64) -> OpenShard {
        var low = 0
        var high = self.shards.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if self.shards[middle].hashes.lowerBound <= hash { low = middle } else { high = middle - 1 }
        }
        return self.shards[low]
    }
}

/// A shard that takes the records of a range of partition hashes.
struct OpenShard {
    /// The row in the database.
    var id: Int64
    var name: ShardID
    var hashes: ClosedRange<UInt64>
}
