// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@Suite struct LagTests {
    private static let other = ShardID("shardId-00000001700000000001-0000000b")
    private static let begin: [(Int64, SessionEvent.Kind)] = [
        (0, Samples.listed()), (0, .shardChanged(Samples.shard, .reading)),
    ]

    private static func state(_ events: [(Int64, SessionEvent.Kind)]) -> SessionState {
        SessionState(Self.begin + events)
    }

    // MARK: Lag

    @Test func nothingIsKnownBeforeTheFirstAnswer() {
        let state = Self.state([(1000, Samples.sample())])
        #expect(state.lag == nil)
        #expect(state.shards.first.flatMap(state.lag(of:)) == nil)
    }

    @Test func anEmptyAnswerWithNothingWaitingIsNoLag() {
        let state = Self.state([(900, Samples.read(0)), (1000, Samples.sample())])
        #expect(state.lag == .exactly(.zero))
        #expect(state.shards.first.flatMap(state.lag(of:)) == .exactly(.zero))
    }

    @Test func aRecordThatWaitsIsTheLagOfItsShardAndOfTheWhole() {
        let state = Self.state([
            (0, Samples.listed(Self.other)), (0, .shardChanged(Self.other, .reading)), (4800, Samples.read(1)),
            (4900, Samples.read(0, shard: Self.other)), (5000, Samples.sample(waiting: 1, oldest: Samples.start)),
        ])
        #expect(state.lag == .exactly(.seconds(5)))
        #expect(state.shards.map(state.lag(of:)) == [.exactly(.seconds(5)), .exactly(.zero)])
    }

    @Test func aQuietShardDoesNotKeepTheLagOfItsLastBatch() {
        let state = Self.state([
            (100, Samples.batch(1, 0..<4)), (200, Samples.finished(1, records: 4)), (900, Samples.read(0)),
            (1000, Samples.sample()),
        ])
        #expect(state.shards.first.flatMap(state.lag(of:)) == .exactly(.zero))
    }

    @Test func untilTheNextAnswerTheNewestRecordReadIsTheMeasure() {
        // The record was created at the start; more of its age may wait behind the page.
        let state = Self.state([(7000, Samples.read(1000)), (7100, Samples.sample())])
        #expect(state.lag == .exactly(.milliseconds(7100)))
    }

    @Test func aHoldLeavesABoundThatGrows() {
        let state = Self.state([
            (900, Samples.read(0)), (1000, Samples.sample()), (1100, .hold(.held)),
            (1100, .shardChanged(Samples.shard, .held)), (60_897, Samples.sample()),
        ])
        // The read began 3 ms before it answered: what was there by then has been read.
        #expect(state.lag == .atMost(.seconds(60)))
        #expect(state.shards.first.flatMap(state.lag(of:)) == .atMost(.seconds(60)))
    }

    @Test func whatIsHeldFromTheBeginningAtLatestIsNoOlderThanTheBeginning() {
        let state = SessionState([
            (0, .hold(.held)), (0, Samples.listed()), (0, .shardChanged(Samples.shard, .held)),
            (
                1000,
                .checkpoint(
                    Samples.shard,
                    .startedAt(StartMoment(Samples.at(1000), by: .service), quietUntil: Samples.at(1000))
                )
            ),
            (20_000, Samples.sample()),
        ])
        #expect(state.lag == .atMost(.seconds(19)))
    }

    @Test func aKnownAgeIsShownBeforeASmallerBound() {
        let state = Self.state([
            (0, Samples.listed(Self.other)), (0, .shardChanged(Self.other, .reading)),
            (50_000, Samples.read(0, shard: Self.other)), (50_000, Samples.read(1)), (51_000, .hold(.held)),
            (51_000, .shardChanged(Samples.shard, .held)), (51_000, .shardChanged(Self.other, .held)),
            (60_000, Samples.sample(waiting: 1, oldest: Samples.start)),
        ])
        #expect(state.lag == .exactly(.seconds(60)))
        #expect(state.shards.map(state.lag(of:)) == [.exactly(.seconds(60)), .atMost(.milliseconds(10_003))])
    }

    @Test func whatIsOverHasNoLag() {
        var state = Self.state([
            (900, Samples.read(0)), (1000, .shardChanged(Samples.shard, .finished)), (1000, Samples.sample()),
        ])
        #expect(state.lag == .exactly(.zero))
        state.apply(SessionEvent(sequence: 99, at: Samples.at(2000), kind: .ended("done")))
        #expect(state.lag == nil)
    }

    // MARK: A service that does not answer

    @Test func aServiceThatHangsIsSilentAndTheLagABound() {
        let state = Self.state(
            [(1000, Samples.read(0))] + (1...9).map { ($0 * 1000, Samples.sample()) }
        )
        #expect(state.silence == .seconds(8))
        #expect(state.lag == .atMost(.milliseconds(8003)))
        #expect(state.log.filter { $0.code == "no-answer" }.count == 1)
    }

    @Test func anAnswerEndsTheSilenceAndSaysSo() {
        let state = Self.state(
            [(1000, Samples.read(0))] + (1...93).map { ($0 * 1000, Samples.sample()) } + [(93_000, Samples.read(0))]
        )
        #expect(state.silence == nil)
        #expect(state.log.last?.code == LogEntry.recovery)
        #expect(state.log.last?.message == "the service answers again after 1 min 32 s")
    }

    @Test func aSessionThatWaitsForItsHandlerIsNotSilent() {
        let state = Self.state(
            [(1000, Samples.read(1))] + (1...9).map { ($0 * 1000, Samples.sample(waiting: 1, oldest: Samples.start)) }
        )
        #expect(state.silence == nil)
    }

    @Test func aHoldIsNoSilenceNorIsItsEnd() {
        let held: [(Int64, SessionEvent.Kind)] = [
            (1000, Samples.read(0)), (1000, .hold(.held)), (1000, .shardChanged(Samples.shard, .held)),
            (90_000, Samples.sample()),
        ]
        #expect(Self.state(held).silence == nil)
        let resumed = Self.state(
            held + [
                (90_000, .hold(.resumed)), (90_000, .shardChanged(Samples.shard, .reading)), (91_000, Samples.sample()),
            ]
        )
        #expect(resumed.silence == nil)
        #expect(!resumed.log.contains { $0.code == "no-answer" })
    }

    @Test func aSlowPollIsNotTakenForSilence() {
        let reads: [(Int64, SessionEvent.Kind)] = (1...4).map { ($0 * 10_000, Samples.read(0)) }
        let state = Self.state(reads + [(55_000, Samples.sample())])
        #expect(state.silence == nil)
        #expect(state.lag == .exactly(.zero))
    }

    @Test func readingThatWorksAgainIsToldOnce() {
        let failing = ShardActivity.backingOff(reason: "ConnectionFailed", until: Samples.at(2000))
        let notice = Notice(level: .error, shard: Samples.shard, code: "ConnectionFailed", message: "refused")
        let state = Self.state([
            (1000, .notice(notice)), (1000, .shardChanged(Samples.shard, failing)), (2000, Samples.read(0)),
            (2000, .shardChanged(Samples.shard, .reading)), (3000, .shardChanged(Samples.shard, failing)),
            (4000, Samples.read(0)), (4000, .shardChanged(Samples.shard, .reading)),
        ])
        let lines = state.log.filter { $0.code == LogEntry.recovery }
        #expect(lines.map(\.message) == ["reading works again"])
        #expect(lines.map(\.shard) == [Samples.shard])
    }
}
