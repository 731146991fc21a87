// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite struct ShardReaderTests {
    private let shard = ScriptedService.shard(1)
    private let iterator = ShardIterator("a")
    private let now = StartMoment(Timestamp(milliseconds: 1_000_000_700), by: .service)

    private func error(_ code: DynamoDBError.Code) -> DynamoDBError {
        DynamoDBError(code, "scripted", status: 400)
    }

    @Test func itFetchesAnIteratorThenReadsWithTheNewestOne() {
        var reader = ShardReader(shard: self.shard, start: .trimHorizon, startedAt: self.now)
        #expect(reader.call == .iterator(.trimHorizon))
        reader.received(self.iterator)
        #expect(reader.call == .records(self.iterator))
        reader.received(last: nil, next: ShardIterator("b"))
        #expect(reader.call == .records(ShardIterator("b")))
        reader.received(last: ScriptedService.sequence(9), next: nil)
        #expect(reader.call == .none)
        #expect(reader.end == .reached)
    }

    @Test func anExpiredIteratorResumesAfterTheLastRecordRead() {
        var reader = ShardReader(shard: self.shard, start: .after(ScriptedService.sequence(5)), startedAt: self.now)
        reader.received(self.iterator)
        #expect(reader.failed(self.error(.expiredIterator), shardEnd: nil) == .goOn)
        #expect(reader.call == .iterator(.after(ScriptedService.sequence(5))))
        reader.received(self.iterator)
        reader.received(last: ScriptedService.sequence(10), next: self.iterator)
        // A page that comes again does not move back.
        reader.received(last: ScriptedService.sequence(7), next: self.iterator)
        #expect(reader.failed(self.error(.expiredIterator), shardEnd: nil) == .goOn)
        #expect(reader.call == .iterator(.after(ScriptedService.sequence(10))))
    }

    @Test func anUnusedIteratorAtLatestIsMadeUpForFromTheOldestRecord() {
        var reader = ShardReader(shard: self.shard, start: .latest, startedAt: self.now)
        #expect(reader.dependsOnIterator)
        #expect(reader.since == nil)
        reader.received(self.iterator)
        #expect(reader.failed(self.error(.expiredIterator), shardEnd: nil) == .goOn)
        #expect(reader.call == .iterator(.trimHorizon))
        // Creation times have whole seconds.
        #expect(reader.since == Timestamp(seconds: 1_000_000))
        #expect(reader.resumption.contains("before 1970-01-12T13:46:40.000Z, the second in which it began at LATEST"))
        reader.received(self.iterator)
        reader.received(last: ScriptedService.sequence(1), lastCreatedAt: Timestamp(seconds: 5), next: self.iterator)
        #expect(reader.since != nil)
        #expect(!reader.dependsOnIterator)
        reader.received(last: ScriptedService.sequence(2), lastCreatedAt: self.now.time, next: self.iterator)
        #expect(reader.since == nil)
    }

    @Test func withNothingButAMomentItGoesOnFromThere() {
        let reader = ShardReader(shard: self.shard, startedAt: self.now)
        #expect(reader.call == .iterator(.trimHorizon))
        #expect(reader.since == Timestamp(seconds: 1_000_000))
    }

    @Test func whereTheServiceTellsNoTimeClocksMayDifferByFiveMinutes() {
        let moment = StartMoment(self.now.time, by: .consumer)
        let reader = ShardReader(shard: self.shard, startedAt: moment)
        #expect(reader.since == moment.time.advanced(by: .seconds(-300)))
        #expect(reader.resumption.contains("five minutes before it began at LATEST"))
    }

    @Test func aTrimmedPositionGoesOnAtTheOldestRecordAndOnlyOnce() {
        var reader = ShardReader(shard: self.shard, start: .after(ScriptedService.sequence(5)), startedAt: self.now)
        guard case .goOnWithLoss(let loss) = reader.failed(self.error(.trimmedDataAccess), shardEnd: nil) else {
            Issue.record("no loss")
            return
        }
        #expect(loss.after == ScriptedService.sequence(5))
        #expect(reader.call == .iterator(.trimHorizon))
        guard case .vanished(.some) = reader.failed(self.error(.trimmedDataAccess), shardEnd: nil) else {
            Issue.record("it goes round in circles")
            return
        }
        #expect(reader.end == .vanished)
    }

    @Test func aFirstRecordThatIsGoneIsNamedAndForgotten() {
        var reader = ShardReader(shard: self.shard, start: .at(ScriptedService.sequence(5)), startedAt: self.now)
        #expect(reader.call == .iterator(.at(ScriptedService.sequence(5))))
        #expect(reader.anchor == nil)
        guard case .goOnWithLoss(let loss) = reader.failed(self.error(.trimmedDataAccess), shardEnd: nil) else {
            Issue.record("no loss")
            return
        }
        #expect(loss.reason.contains("record \(ScriptedService.sequence(5)) was trimmed before it was handled"))
        reader.received(self.iterator)
        // The position means nothing any more: asking for it again would tell of the same loss.
        #expect(reader.failed(self.error(.expiredIterator), shardEnd: nil) == .goOn)
        #expect(reader.call == .iterator(.trimHorizon))
    }

    @Test func whatIsLostWithAShardIsNamedAsFarAsItIsKnown() {
        for (start, words) in [
            (ShardPosition.trimHorizon, "what it held, if it held something, is lost"),
            (.at(ScriptedService.sequence(5)), "what it held from \(ScriptedService.sequence(5)) on is lost"),
            (
                .after(ScriptedService.sequence(5)),
                "what it held after \(ScriptedService.sequence(5)), if it held something, is lost"
            ),
        ] {
            var reader = ShardReader(shard: self.shard, start: start, startedAt: self.now)
            guard case .vanished(let loss?) = reader.failed(self.error(.resourceNotFound), shardEnd: nil) else {
                Issue.record("no loss")
                continue
            }
            #expect(loss.reason.contains(words), "\(loss.reason)")
        }
    }

    @Test func aVanishedShardIsALossUnlessItWasReadToItsEnd() {
        for (end, isLoss) in [(nil, true), (11, true), (10, false)] as [(Int?, Bool)] {
            var reader = ShardReader(shard: self.shard, start: .trimHorizon, startedAt: self.now)
            reader.received(self.iterator)
            reader.received(last: ScriptedService.sequence(10), next: self.iterator)
            let recovery = reader.failed(
                self.error(.resourceNotFound),
                shardEnd: end.map { ScriptedService.sequence($0) }
            )
            guard case .vanished(let loss) = recovery else {
                Issue.record("\(recovery)")
                continue
            }
            #expect((loss != nil) == isLoss)
        }
    }

    @Test func failuresAreCountedUntilACallSucceeds() {
        var reader = ShardReader(shard: self.shard, start: .trimHorizon, startedAt: self.now)
        #expect(reader.failed(self.error(.throttling), shardEnd: nil) == .repeatLater(failures: 1))
        #expect(reader.failed(self.error(.throttling), shardEnd: nil) == .repeatLater(failures: 2))
        reader.received(self.iterator)
        #expect(reader.failed(self.error(.internalServerError), shardEnd: nil) == .repeatLater(failures: 1))
        #expect(reader.failed(self.error(.accessDenied), shardEnd: nil) == .giveUp)
        #expect(reader.call == .records(self.iterator))
    }
}
