// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

extension CheckpointPosition {
    /// Reads what `text` says: digits, or `SHARD_END`; nil for anything else.
    init?(text: String) {
        if text == "SHARD_END" {
            self = .shardEnd
        } else if let number = SequenceNumber(text) {
            self = .sequenceNumber(number)
        } else {
            return nil
        }
    }
}
