// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport

/// What a failure destination was told, as far as the session has to say the same.
struct JudgedMessage: Hashable, Sendable {
    var condition: DiscardCondition
    var numbers: [SequenceNumber]
    var invokeCount: Int
    var isTaken: Bool

    init(_ message: DiscardedBatch, isTaken: Bool) {
        self.condition = message.condition
        self.numbers = message.records.map(\.sequenceNumber)
        self.invokeCount = message.invokeCount
        self.isTaken = isTaken
    }

    /// Whether the session says the same.
    func agrees(with discard: RecordDiscard) -> Bool {
        let isTaken = discard.message == .delivered
        return discard.condition == self.condition && discard.records == self.numbers.count
            && discard.first == self.numbers.first && discard.last == self.numbers.last
            && discard.invokeCount == self.invokeCount && isTaken == self.isTaken && discard.message != .none
    }
}

/// Tells the judge of what was given up, and fails now and then.
final class JudgedDestination: FailureDestination {
    private struct Full: Error {}

    private let judge: RecordJudge
    private let generator: Mutex<SplitMix64>

    init(judge: RecordJudge, seed: UInt64) {
        self.judge = judge
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    func deliver(_ discarded: DiscardedBatch) async throws {
        let isTaken = self.generator.withLock { Int.random(in: 0..<4, using: &$0) } > 0
        self.judge.discarded(discarded, isTaken: isTaken)
        if !isTaken { throw Full() }
    }
}
