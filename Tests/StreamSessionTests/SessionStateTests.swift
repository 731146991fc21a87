// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@Suite struct SessionStateTests {
    @Test func totalsOfTheSessionAndOfTheShardAgree() {
        let state = SessionState([
            (0, Samples.listed()), (1, Samples.read(10, filteredOut: 3)), (2, Samples.batch(1, 0..<7)),
            (3, Samples.finished(1, records: 7)), (4, Samples.read(0)),
        ])
        #expect(state.totals.polled == 10)
        #expect(state.totals.filteredOut == 3)
        #expect(state.totals.succeeded == 7)
        #expect(state.totals.emptyReads == 1)
        #expect(state.totals.work.requests == ["BatchWriteItem": 4])
        #expect(state.shards.first?.totals == state.totals)
        #expect(state.totals.polled == state.totals.filteredOut + state.totals.succeeded + state.totals.dropped)
    }

    @Test func anAbandonedBatchDidNotSucceedButItsWorkCounts() {
        let state = SessionState([
            (0, Samples.listed()), (1, Samples.batch(1, 0..<7)),
            (2, Samples.finished(1, records: 7, result: .abandoned(reason: "the session ended"))),
        ])
        #expect(state.totals.succeeded == 0)
        #expect(state.totals.batchesSucceeded == 0)
        #expect(state.totals.work.itemsDeleted == 7)
        #expect(state.log.last?.code == "abandoned")
    }

    @Test(arguments: [nil, "2 were refused"])
    func aReplayIsToldAndMovesNoSumAndNoPosition(failure: String?) {
        let events = [(Int64(0), Samples.listed()), (1, Samples.batch(1, 0..<7)), (2, Samples.finished(1, records: 7))]
        let replay = SessionReplay(
            batches: [BatchID(1)],
            records: 7,
            handled: failure == nil ? 7 : 5,
            handler: "delete from Staging",
            duration: .seconds(1),
            work: HandlerWork(requests: ["DeleteItem": 7], itemsDeleted: 7),
            failure: failure
        )
        let before = SessionState(events)
        let state = SessionState(events + [(3, .replayed(replay))])
        #expect(state.totals == before.totals)
        #expect(state.shards == before.shards)
        #expect(state.seconds == before.seconds)
        #expect(state.log.last?.code == "replay")
        #expect(state.log.last?.level == (failure == nil ? .info : .warning))
        let text = failure == nil ? "7 records of batch 1" : "5 of 7 records of batch 1"
        #expect(state.log.last?.message.hasPrefix("sent again: \(text) handled by delete from Staging") == true)
        #expect(state.log.last?.message.contains(failure ?? "") == true || failure == nil)
    }

    @Test func shardsStandInOrderOfTheirNamesAndAreListedOnce() {
        let names = ["shardId-3", "shardId-1", "shardId-2"]
        var events = names.map { (Int64(0), Samples.listed(ShardID($0))) }
        events.append((1, Samples.listed(ShardID("shardId-2"), end: "9")))
        let state = SessionState(events)
        #expect(state.shards.map(\.description.id.text) == names.sorted())
        #expect(state.openShardCount == 2)
    }

    @Test func anEventSeenBeforeIsIgnoredAndAMissingOneIsCounted() {
        var state = SessionState()
        let first = SessionEvent(sequence: 1, at: Samples.start, kind: Samples.listed())
        state.apply(first)
        state.apply(SessionEvent(sequence: 4, at: Samples.start, kind: Samples.read(5)))
        state.apply(SessionEvent(sequence: 4, at: Samples.start, kind: Samples.read(5)))
        #expect(state.totals.polled == 5)
        #expect(state.missingEvents == 2)
    }

    @Test func sessionTimeNeverGoesBack() {
        let state = SessionState([(5000, Samples.listed()), (1000, Samples.read(1))])
        #expect(state.asOf == Samples.at(5000))
    }

    @Test func aRetriedBatchKeepsItsFailureAndCountsItsAttempts() {
        let state = SessionState([
            (0, Samples.listed()), (1, Samples.batch(1, 0..<2)),
            (
                2,
                .batchRetried(
                    BatchRetry(
                        id: BatchID(1),
                        shard: Samples.shard,
                        attempt: 1,
                        reason: "no",
                        delay: .seconds(1)
                    )
                )
            ),
        ])
        #expect(state.batches.last?.attempts == 2)
        #expect(state.batches.last?.lastFailure == "no")
        #expect(state.totals.retries == 1)
        #expect(state.shards.first?.lastProblem == "no")
    }

    @Test func recordsAreBoundedByBytesAndOldBatchesLetGoOfTheirs() {
        let retention = SessionRetention(batches: 10, records: 100, recordBytes: 5000, logLines: 10)
        let events = (1...6).map { (Int64($0), Samples.batch(UInt64($0), ($0 * 10)..<($0 * 10 + 2), padding: 500)) }
        let state = SessionState([(0, Samples.listed())] + events, retention: retention)
        #expect(state.recordBytes <= 5000)
        #expect(state.recordBytes == state.records.reduce(0) { $0 + $1.record.retainedBytes })
        #expect(state.records.last?.record == Samples.record(61, padding: 500))
        #expect(state.records.droppedCount + state.records.count == 12)
        let oldest = state.records.first?.batch ?? BatchID(0)
        for batch in state.batches {
            #expect(batch.description.records.isEmpty == (batch.description.id < oldest))
            #expect(batch.recordCount == 2)
        }
    }

    @Test func withoutRetentionNoRecordStays() {
        let state = SessionState(
            [(0, Samples.listed()), (1, Samples.batch(1, 0..<5))],
            retention: .figuresOnly
        )
        #expect(state.records.isEmpty)
        #expect(state.batches.last?.description.records.isEmpty == true)
        #expect(state.batches.last?.recordCount == 5)
    }

    @Test func aRepeatedRecordIsMarkedWhereItIsShown() {
        let state = SessionState([
            (0, Samples.listed()), (1, Samples.batch(1, 0..<3)), (2, .duplicate(Samples.shard, EventID("event-1"))),
        ])
        #expect(state.records.map(\.isDuplicate) == [false, true, false])
        #expect(state.totals.duplicates == 1)
    }

    @Test func theSameLineInARowIsOneLineThatCounts() {
        let notice = SessionEvent.Kind.notice(Notice(level: .error, code: "ThrottlingException", message: "slow down"))
        let state = SessionState([(0, notice), (10, notice), (20, notice), (30, .marker("here"))])
        #expect(state.log.map(\.repetitions) == [3, 1])
        #expect(state.log.first?.at == Samples.at(20))
        #expect(state.totals.errors == 3)
    }

    @Test func aHoldCountsWhatItLetsThroughAndEnds() {
        var events: [(Int64, SessionEvent.Kind)] = [
            (0, .hold(.held)), (10, .hold(.steppedRecord)), (20, .hold(.steppedBatch)), (30, .hold(.steppedBatch)),
        ]
        let held = SessionState(events)
        #expect(held.hold?.since == Samples.start)
        #expect(held.hold?.steppedBatches == 2)
        #expect(held.hold?.steppedRecords == 1)
        events.append((40, .hold(.resumed)))
        #expect(SessionState(events).hold == nil)
    }

    @Test func theSameFramesGiveTheSameStateFromAnyKeyFrame() {
        let kinds: [(Int64, SessionEvent.Kind)] =
            [(0, Samples.listed())]
            + (1...40).flatMap { index -> [(Int64, SessionEvent.Kind)] in
                let id = UInt64(index)
                return [
                    (Int64(index * 700), Samples.read(3)), (Int64(index * 700), Samples.batch(id, 0..<3)),
                    (Int64(index * 700 + 90), Samples.finished(id, records: 3)),
                    (Int64(index * 700 + 95), Samples.sample()),
                ]
            }
        let whole = SessionState(kinds)
        for cut in stride(from: 1, to: kinds.count, by: 13) {
            var resumed = SessionState()
            resumed.apply(.keyframe(SessionState(Array(kinds[..<cut]))))
            for (index, kind) in kinds.enumerated().dropFirst(cut) {
                let event = SessionEvent(sequence: UInt64(index + 1), at: Samples.at(kind.0), kind: kind.1)
                resumed.apply(.event(event))
            }
            #expect(resumed == whole)
        }
    }

    @Test func whatIsSaidOfAShardTwiceIsInTheLogOnce() {
        let state = SessionState([
            (0, Samples.listed()), (0, Samples.listed()), (10, .shardChanged(Samples.shard, .finished)),
            (10, .checkpoint(Samples.shard, .shardEnd)), (20, .shardChanged(Samples.shard, .finished)),
            (30, Samples.listed(end: "9999999")), (30, .shardChanged(Samples.shard, .finished)),
        ])
        #expect(state.log.map(\.message) == ["open", "finished: read and done to its end", "closed"])
    }
}
