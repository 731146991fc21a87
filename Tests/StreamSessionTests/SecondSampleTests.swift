// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@Suite struct SecondSampleTests {
    @Test func aQuietSampledSecondIsAZeroAndNotAGap() {
        let state = SessionState([
            (0, Samples.listed()), (100, Samples.read(4)), (900, Samples.sample()), (1900, Samples.sample()),
            (2900, Samples.sample()),
        ])
        #expect(state.seconds.map(\.records) == [4, 0, 0])
        #expect(state.seconds.map(\.isSampled) == [true, true, true])
        #expect(state.seconds.map(\.isLate) == [false, false, false])
    }

    @Test func aSamplerThatDriftsOverASecondLeavesNoGap() {
        let state = SessionState([(0, Samples.sample()), (990, Samples.sample()), (2010, Samples.sample())])
        #expect(state.seconds.map(\.isSampled) == [true, true, true])
    }

    @Test func secondsThatALateSampleMissedAreGaps() {
        let state = SessionState([(0, Samples.sample()), (5000, Samples.sample())])
        #expect(state.seconds.map(\.isSampled) == [true, false, false, false, false, true])
        #expect(state.seconds.last?.isLate == true)
    }

    @Test func lagIsTheAgeOfTheOldestPendingRecordAndZeroWithoutOne() {
        let state = SessionState([
            (0, Samples.listed()), (0, .shardChanged(Samples.shard, .reading)),
            (3000, Samples.sample(waiting: 2, oldest: Samples.start)), (3900, Samples.read(0)),
            (4000, Samples.sample()),
        ])
        #expect(state.seconds.compactMap(\.lag) == [.seconds(3), .zero])
    }

    @Test func secondsOfWhichNothingIsKnownHaveNoLag() {
        let state = SessionState([
            (0, Samples.listed()), (0, .shardChanged(Samples.shard, .reading)), (900, Samples.read(0)),
            (1000, Samples.sample()), (1100, .hold(.held)), (1100, .shardChanged(Samples.shard, .held)),
            (2000, Samples.sample()), (6000, Samples.sample()),
        ])
        #expect(state.seconds.last?.isSampled == true)
        #expect(state.seconds.last?.lag == nil)
    }

    @Test(arguments: [Int64(1000), 1990, 2010])
    func whatIsReadBeforeTheFirstSampleCounts(_ sampledAt: Int64) {
        let state = SessionState([
            (990, .started(Samples.description)), (990, Samples.listed()), (995, Samples.read(7)),
            (sampledAt, Samples.sample()),
        ])
        #expect(state.seconds.first?.records == 7)
        #expect(state.seconds.allSatisfy { $0.isSampled && !$0.isLate })
    }

    @Test func secondsDuringAHoldAreMarked() {
        let state = SessionState([
            (0, Samples.sample()), (1100, .hold(.held)), (2000, Samples.sample()), (3000, Samples.sample()),
            (3500, .hold(.resumed)), (4000, Samples.sample()),
        ])
        #expect(state.seconds.map(\.isHeld) == [false, true, true, true, false])
    }

    @Test func deletesAndCapacityCountWhenTheBatchIsDone() {
        let state = SessionState([
            (0, Samples.listed()), (100, Samples.batch(1, 0..<10)), (1100, Samples.finished(1, records: 10)),
        ])
        #expect(state.seconds.map(\.deletes) == [0, 10] || state.seconds.map(\.deletes) == [10])
        #expect(state.seconds.last?.writeCapacityUnits == 10)
        #expect(state.seconds.last?.singleRequests == 10)
        #expect(state.seconds.last?.requests == 4)
        #expect(state.shards.first?.recentSeconds.last?.deletes == 10)
    }

    @Test func aLongSilenceDoesNotFillTheRingWithMoreThanItKeeps() {
        let state = SessionState([(0, Samples.sample()), (4_000_000_000, Samples.sample())])
        #expect(state.seconds.count == 900)
        #expect(state.seconds.last?.isSampled == true)
    }
}
