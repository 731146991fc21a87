// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Loops that are woken together are woken in an order, so that on virtual time the same run goes alike in every process.
extension ConsumerMachine.Wake: Comparable {
    /// Readers come before lanes, and both in the order of their shards.
    package static func < (left: Self, right: Self) -> Bool {
        left.place < right.place
    }

    private var place: (kind: Int, shard: String, lane: Int) {
        switch self {
        case .reader(let shard): (0, shard.text, 0)
        case .worker(let lane): (1, lane.shard.text, lane.number)
        case .shard(let shard): (2, shard.text, 0)
        case .discovery: (3, "", 0)
        case .conductor: (4, "", 0)
        }
    }
}
