// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

extension CheckpointPosition {
    /// Reads what ``text`` says; nil for anything else.
    init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch words.count {
        case 1 where words[0] == "SHARD_END": self = .shardEnd
        case 1:
            guard let number = SequenceNumber(words[0]) else { return nil }
            self = .sequenceNumber(number)
        case 2 where words[0] == "BEFORE":
            guard let number = SequenceNumber(words[1]) else { return nil }
            self = .before(number)
        case 2:
            guard let milliseconds = Int64(words[1]) else { return nil }
            self.init(word: words[0], time: Timestamp(milliseconds: milliseconds))
        default: return nil
        }
    }

    private init?(word: String, time: Timestamp) {
        if word == "TRIM_HORIZON" {
            self = .trimHorizon(time)
        } else if let clock = [StartMoment.Clock.service, .consumer].first(where: { Self.word($0) == word }) {
            self = .startedAt(StartMoment(time, by: clock))
        } else {
            return nil
        }
    }
}
