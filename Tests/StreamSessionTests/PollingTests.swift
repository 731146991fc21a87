// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

/// How often a stream is read, and what that costs.
struct PollingTests {
    /// A session that reads so often in each of its seconds.
    private static func session(reads: [Int]) -> SessionState {
        var state = SessionState()
        var sequence: UInt64 = 0
        func event(_ at: Int, _ kind: SessionEvent.Kind) -> SessionEvent {
            sequence += 1
            return SessionEvent(sequence: sequence, at: Samples.at(Int64(at)), kind: kind)
        }
        state.apply(event(0, .started(Samples.description)))
        state.apply(event(0, Samples.listed()))
        for (second, count) in reads.enumerated() {
            for _ in 0..<count { state.apply(event(second * 1000 + 100, Samples.read(0))) }
            state.apply(event(second * 1000 + 900, Samples.sample()))
        }
        // The next second has begun.
        state.apply(event(reads.count * 1000 + 10, .marker("now")))
        return state
    }

    @Test func theRateIsThatOfTheNewestTenCompleteSeconds() {
        #expect(Self.session(reads: []).pollsPerSecond == nil)
        #expect(Self.session(reads: [4]).pollsPerSecond == 4)
        #expect(Self.session(reads: [3, 5]).pollsPerSecond == 4)
        #expect(Self.session(reads: [90] + Array(repeating: 8, count: 10)).pollsPerSecond == 8)
    }

    @Test func aSecondWithoutReadsCountsAsOne() {
        #expect(Self.session(reads: [4, 0]).pollsPerSecond == 2)
    }

    /// Four reads a second of one shard are 345,600 a day.
    @Test func aCallIsAUnitWhateverItBrings() {
        #expect(ReadPrice.dollars(reads: 100_000) == 0.02)
        #expect(abs(ReadPrice.dollarsPerDay(readsPerSecond: 4) - 345_600 * 0.02 / 100_000) < 1e-12)
    }
}
