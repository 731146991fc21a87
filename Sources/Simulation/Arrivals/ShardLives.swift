// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Makes the lives of shards agree with each other, so that each can be read to its end.
enum ShardLives {
    /// The shards, each listed when its parent is closed at the latest, and closed behind its last record.
    ///
    /// A shard that has children is closed, whether the session has seen that or not. A parent that the session does not
    /// have counts as read, as it does for the engine.
    static func settled(_ shards: [RecordedArrivals.Shard]) -> [RecordedArrivals.Shard] {
        var shards = shards
        let places = Dictionary(uniqueKeysWithValues: shards.indices.map { (shards[$0].id, $0) })
        for index in shards.indices {
            guard let parent = shards[index].parent, let place = places[parent] else { continue }
            shards[place].closedAt = shards[place].closedAt ?? shards[index].listedAt
        }
        for index in shards.indices {
            if let last = shards[index].records.last?.createdAt, let closedAt = shards[index].closedAt {
                shards[index].closedAt = max(closedAt, last)
            }
            if let first = shards[index].records.first?.createdAt {
                shards[index].listedAt = min(shards[index].listedAt, first)
            }
        }
        for index in shards.indices {
            guard let parent = shards[index].parent, let place = places[parent] else { continue }
            guard let closedAt = shards[place].closedAt else { continue }
            shards[index].listedAt = min(shards[index].listedAt, closedAt)
        }
        return shards
    }
}
