// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

extension CheckpointPosition {
    /// Reads what `text` says: digits, `SHARD_END`, or `STARTED_AT` and a time; nil for anything else.
    init?(text: String) {
        if text == "SHARD_END" {
            self = .shardEnd
        } else if text.hasPrefix("STARTED_AT "), let milliseconds = Int64(text.dropFirst(11)) {
            self = .startedAt(Timestamp(milliseconds: milliseconds))
        } else if let number = SequenceNumber(text) {
            self = .sequenceNumber(number)
        } else {
            return nil
        }
    }
}
