// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

extension CheckpointPosition {
    /// Reads what `text` says: digits, `TRIM_HORIZON`, `SHARD_END`, or a time behind `STARTED_AT_SERVICE_TIME` or `STARTED_AT`; nil for
    /// anything else.
    init?(text: String) {
        if text == "SHARD_END" {
            self = .shardEnd
        } else if text == "TRIM_HORIZON" {
            self = .trimHorizon
        } else if let moment = StartMoment(text: text) {
            self = .startedAt(moment)
        } else if let number = SequenceNumber(text) {
            self = .sequenceNumber(number)
        } else {
            return nil
        }
    }
}

extension StartMoment {
    fileprivate init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let milliseconds = Int64(words[1]),
            let clock = [Clock.service, .consumer].first(where: { CheckpointPosition.word($0) == words[0] })
        else { return nil }
        self.init(Timestamp(milliseconds: milliseconds), by: clock)
    }
}
