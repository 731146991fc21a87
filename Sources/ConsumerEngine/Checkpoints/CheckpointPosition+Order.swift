// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import StreamSession

extension CheckpointPosition {
    /// Whether this position is further back in its shard than another.
    ///
    /// The end is behind all sequence numbers.
    package func isBefore(_ other: CheckpointPosition) -> Bool {
        switch (self, other) {
        case (.sequenceNumber(let own), .sequenceNumber(let other)): own < other
        case (.sequenceNumber, .shardEnd): true
        case (.shardEnd, _): false
        }
    }

    /// The position for people: the number, or `SHARD_END`.
    package var text: String {
        switch self {
        case .sequenceNumber(let number): number.text
        case .shardEnd: "SHARD_END"
        }
    }
}
