// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

extension CheckpointPosition {
    /// Reads what ``text`` says; nil for anything else.
    init?(text: String) {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let word = words.count == 1 && words[0] != "SHARD_END" ? "" : words.removeFirst()
        switch (word, words.count) {
        case ("SHARD_END", 0): self = .shardEnd
        case ("", 1):
            guard let number = SequenceNumber(words[0]) else { return nil }
            self = .sequenceNumber(number)
        case ("BEFORE", 1):
            guard let number = SequenceNumber(words[0]) else { return nil }
            self = .before(number)
        case ("TRIMMED", 2):
            guard let number = SequenceNumber(words[0]), let time = Self.time(words[1]) else { return nil }
            self = .trimmed(number, quietUntil: time)
        case ("TRIM_HORIZON", 1):
            guard let time = Self.time(words[0]) else { return nil }
            self = .trimHorizon(quietUntil: time)
        case (_, 2):
            guard let clock = [StartMoment.Clock.service, .consumer].first(where: { Self.word($0) == word }),
                let began = Self.time(words[0]), let time = Self.time(words[1])
            else { return nil }
            self = .startedAt(StartMoment(began, by: clock), quietUntil: time)
        default: return nil
        }
    }

    private static func time(_ word: String) -> Timestamp? {
        Int64(word).map { Timestamp(milliseconds: $0) }
    }
}
