// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@testable import Simulation

struct ArrivalCollectorTests {
    private static func event(_ at: Int, _ kind: SessionEvent.Kind) -> SessionEvent {
        SessionEvent(sequence: 1, at: MadeArrivals.time(at), kind: kind)
    }

    private static func read(_ at: Int, _ count: Int, shard: Int = 1, size: Int = 100) -> SessionEvent {
        let summary = ReadSummary(
            shard: ScriptedService.shard(shard),
            records: count,
            filteredOut: 0,
            size: ByteCount(count * size),
            newestCreatedAt: nil,
            duration: .milliseconds(3)
        )
        return Self.event(at, .read(summary))
    }

    private static func batch(
        _ at: Int,
        _ sequences: [Int],
        shard: Int = 1,
        lane: Int = 0,
        id: UInt64 = 1,
        imageBytes: Int = 20
    ) -> SessionEvent {
        let records = sequences.map {
            ScriptedService.record(
                "k\($0)",
                sequence: $0,
                event: $0,
                imageBytes: imageBytes,
                createdAt: MadeArrivals.time(at)
            )
        }
        let batch = BatchDescription(
            id: BatchID(id),
            shard: ScriptedService.shard(shard),
            records: records,
            firstReadAt: MadeArrivals.time(at),
            reason: .window,
            lane: lane
        )
        return Self.event(at, .batchFormed(batch))
    }

    private static func listed(_ at: Int, _ shard: Int, parent: Int? = nil, isClosed: Bool = false) -> SessionEvent {
        let description = ShardDescription(
            id: ScriptedService.shard(shard),
            parent: parent.map { ScriptedService.shard($0) },
            range: SequenceRange(
                start: ScriptedService.sequence(1),
                end: isClosed ? ScriptedService.sequence(99) : nil
            )
        )
        return Self.event(at, .shardListed(description))
    }

    private static func arrivals(_ events: [SessionEvent]) throws(SimulationError) -> RecordedArrivals {
        var collector = ArrivalCollector()
        collector.add(Self.event(0, .started(MadeArrivals.description())))
        for event in events { collector.add(event) }
        return try collector.arrivals()
    }

    @Test func aSessionWithoutRecordsIsRefused() {
        let error = #expect(throws: SimulationError.self) {
            try Self.arrivals([Self.listed(0, 1), Self.read(5, 0)])
        }
        #expect(error?.code == .noArrivals)
    }

    @Test func aSessionThatDoesNotSayWhatItIsAboutIsRefused() {
        var collector = ArrivalCollector()
        collector.add(Self.batch(5, [1]))
        let error = #expect(throws: SimulationError.self) { try collector.arrivals() }
        #expect(error?.code == .noDescription)
    }

    @Test func aRecordingThatWasBegunLaterSaysWhatItIsAboutInItsFirstState() throws {
        var state = SessionState()
        state.apply(Self.event(0, .started(MadeArrivals.description(batchSize: 7))))
        state.apply(SessionEvent(sequence: 2, at: MadeArrivals.time(100), kind: Self.listed(100, 1).kind))
        var collector = ArrivalCollector(opening: state)
        collector.add(Self.batch(5000, [1]))
        let arrivals = try collector.arrivals()
        #expect(arrivals.description.batchSize == 7)
        #expect(arrivals.beginning == MadeArrivals.time(100))
    }

    @Test func recordsOfSeveralLanesComeInTheOrderOfTheirShardEachOnce() throws {
        let arrivals = try Self.arrivals([
            Self.listed(0, 1), Self.read(5, 6), Self.batch(5, [1, 4, 6], lane: 0, id: 1),
            Self.batch(5, [2, 3, 5], lane: 1, id: 2), Self.batch(9, [5, 6], lane: 0, id: 3),
        ])
        let numbers = arrivals.shards[0].records.map(\.sequenceNumber.text)
        #expect(numbers == ["1", "2", "3", "4", "5", "6"])
        #expect(arrivals.count == 6)
        #expect(arrivals.batches == 3)
    }

    @Test func recordsKeepTheirKeysAndTheLengthOfTheirImagesAlone() throws {
        let arrivals = try Self.arrivals([Self.listed(0, 1), Self.batch(5, [1, 2], imageBytes: 9000)])
        let record = arrivals.shards[0].records[1]
        let original = ScriptedService.record("k2", sequence: 2, event: 2, imageBytes: 9000)
        #expect(record.keys == original.keys)
        #expect(record.newImage?.count == original.newImage?.count)
        #expect(record.newImage != original.newImage)
        #expect(record.oldImage == nil)
        #expect(record.size == original.size)
    }

    @Test func anItemCostsWhatItsBatchHasCost() throws {
        var outcome = MadeArrivals.outcome(records: 2, time: .milliseconds(5), requests: 1)
        outcome.work.writeCapacityUnits = 6
        let arrivals = try Self.arrivals([
            Self.listed(0, 1), Self.batch(5, [1, 2]), Self.event(6, .batchFinished(outcome)),
            Self.batch(7, [3], id: 2, imageBytes: 3000),
        ])
        // The batch that nothing is known of: by the size of its image.
        #expect(arrivals.shards[0].units == [3, 3, 3])
        #expect(arrivals.work.requestTimes == [.milliseconds(5)])
        #expect(arrivals.work.deleteMode == .batch)
    }

    @Test func aParentIsClosedWhenItsChildIsListed() throws {
        let arrivals = try Self.arrivals([
            Self.listed(0, 1), Self.read(5, 1), Self.batch(5, [1]), Self.listed(9000, 2, parent: 1),
            Self.batch(9500, [9], shard: 2, id: 2),
        ])
        #expect(arrivals.shards[0].closedAt == MadeArrivals.time(9000))
        #expect(arrivals.shards[1].parent == ScriptedService.shard(1))
        #expect(arrivals.shards[1].listedAt == MadeArrivals.time(9000))
    }

    @Test func aShardIsNotClosedBeforeItsLastRecordArrives() throws {
        let arrivals = try Self.arrivals([
            Self.listed(0, 1), Self.read(5, 0), Self.listed(1000, 1, isClosed: true), Self.batch(7000, [1]),
        ])
        let shard = arrivals.shards[0]
        #expect(try #require(shard.closedAt) >= #require(shard.records.last).createdAt)
    }

    @Test func whatIsMissingIsCounted() throws {
        let arrivals = try Self.arrivals([Self.batch(5, [1]), Self.event(6, .gap(17))])
        #expect(arrivals.missingEvents == 17)
    }

    @Test func numbersThatNobodyCanAddUpDoNoHarm() throws {
        var outcome = MadeArrivals.outcome(records: .max, time: .seconds(1 << 50), requests: .max)
        outcome.work.kept = .max
        outcome.work.writeCapacityUnits = 1e300
        let arrivals = try Self.arrivals([
            Self.read(5, .max, size: 0), Self.read(5, .min, size: 0), Self.batch(5, [1]),
            Self.event(6, .batchFinished(outcome)), Self.event(6, .batchFinished(outcome)), Self.event(7, .gap(.max)),
            Self.event(8, .gap(.max)), Self.event(9, .gap(.min)),
        ])
        #expect(arrivals.count == 1)
        #expect(arrivals.missingEvents == 1 << 40)
        #expect(arrivals.shards[0].units == [100_000])
        #expect(try #require(arrivals.work.handled.first).time <= .seconds(86_400))
    }

    @Test func aFullPageDoesNotTellThatNothingElseWasThere() throws {
        // After a thousand records another one may have waited already; after ten it had not.
        let full = try Self.arrivals([
            Self.read(1250, 1000), Self.batch(1250, Array(1...1000)), Self.read(1900, 1),
            Self.batch(1900, [1001], id: 2),
        ])
        let short = try Self.arrivals([
            Self.read(1250, 10), Self.batch(1250, Array(1...10)), Self.read(1900, 1), Self.batch(1900, [11], id: 2),
        ])
        let last = try #require(short.shards[0].records.last).createdAt
        #expect(last > MadeArrivals.time(1250))
        #expect(try #require(full.shards[0].records.last).createdAt < last)
    }

    @Test func theTimeOfAReadIsTheMedian() throws {
        #expect(try Self.arrivals([Self.read(1, 1), Self.batch(5, [1])]).readTime == .milliseconds(3))
    }
}
