// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// One test for each thing that goes wrong between a stream and its consumer.
@Suite(.timeLimit(.minutes(1)))
struct EngineFailureTests {
    private let throttled = DynamoDBError(.throttling, "Rate exceeded", operation: "GetRecords", status: 400)

    @Test func aHealthyStreamIsReadInOrder() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 100
        run.service.addShard(1)
        run.service.write(0..<250, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.keys == (0..<250).map { "k\($0)" })
        #expect(session.formed.map(\.records.count) == [100, 100, 50])
        #expect(session.imbalances == [])
        #expect(session.state.endedBecause == "nothing new for 2.0 seconds")
    }

    @Test func aThrottledReadIsRepeatedUntilItSucceeds() throws {
        let handler = ScriptedHandler()
        let run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        run.service.fail(.records, with: Array(repeating: self.throttled, count: 40))
        run.service.fail(.shardIterator, with: Array(repeating: self.throttled, count: 3))
        run.service.fail(.describeStream, with: Array(repeating: self.throttled, count: 3))
        let began = run.world.now
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.keys.count == 10)
        // 40 failures: the pauses have grown to the cap, and few of them are told.
        #expect(run.world.now.since(began) > .seconds(300))
        let notices = session.notices.filter { $0.code == "ThrottlingException" }
        #expect((3..<46).contains(notices.count))
        #expect(notices.allSatisfy { $0.level == .warning })
        let hasBackedOff = session.activities(of: 1).contains { if case .backingOff = $0 { true } else { false } }
        #expect(hasBackedOff)
        #expect(session.imbalances == [])
    }

    @Test(arguments: [
        DynamoDBError(.internalServerError, "oops", status: 500),
        DynamoDBError(.connectionFailed, "refused"),
        DynamoDBError(.limitExceeded, "too many readers", status: 400),
        DynamoDBError(.timedOut, "no answer"),
        DynamoDBError(.checksumMismatch, "crc"),
    ])
    func aPassingFailureOfTheServiceLosesNothing(_ error: DynamoDBError) throws {
        let handler = ScriptedHandler()
        let run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        run.service.fail(.records, with: [error, error])
        run.service.fail(.describeStream, with: [error])
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.keys == (0..<10).map { "k\($0)" })
    }

    @Test func anExpiredIteratorResumesAfterTheLastRecordRead() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = .seconds(30)
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(5))
            service.expireIterators()
            service.write(10..<20, to: 1)
        }
        #expect(session.error == nil)
        #expect(handler.keys == (0..<20).map { "k\($0)" })
        let last = ScriptedService.sequence(111)
        #expect(service.calls.contains(.shardIterator(ScriptedService.shard(1), .after(last))))
        #expect(session.losses == [])
        #expect(session.state.totals.duplicates == 0)
    }

    @Test func anIteratorThatExpiresBehindABatchInFlightResumesAfterTheLastRecordReceived() throws {
        let world = VirtualTime(seed: 3)
        let handler = ScriptedHandler { delivery, _ in
            if delivery == 0 { try await world.sleep(for: .seconds(1200)) }
            return .done
        }
        let service = ScriptedService(clock: world, seed: 3)
        var run = EngineRun(world: world, service: service, handler: handler)
        run.configuration.batchSize = 10
        run.service.addShard(1)
        run.service.behave { $0.pageLimit = 40 }
        run.service.write(0..<200, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.keys == (0..<200).map { "k\($0)" })
        #expect(session.state.totals.duplicates == 0)
    }

    @Test func aTrimmedPositionIsALoudLossAndReadingGoesOnAtTheOldestRecord() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        let records = run.service.write(0..<30, to: 1)
        run.service.trim(1, count: 20)
        let position = CheckpointPosition.sequenceNumber(records[4].sequenceNumber)
        run.store = InMemoryCheckpointStore(positions: [ScriptedService.shard(1): position])
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.losses.map(\.after) == [records[4].sequenceNumber])
        #expect(session.state.totals.dataLosses == 1 && session.state.totals.errors == 1)
        #expect(handler.keys == (20..<30).map { "k\($0)" })
    }

    @Test func aPositionTrimmedWhileReadingIsALoss() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = .seconds(30)
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(5))
            service.write(10..<20, to: 1)
            service.trim(1, count: 15)
        }
        #expect(session.losses.count == 1)
        #expect(handler.keys == ((0..<10).map { "k\($0)" } + (15..<20).map { "k\($0)" }))
    }

    @Test func aShardThatVanishesBeforeItsEndIsALossAndItsChildrenGoOn() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = .seconds(30)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(3))
            service.close(1, children: [2])
            service.write(10..<15, to: 2)
            service.forget(1)
        }
        #expect(session.error == nil)
        #expect(session.losses.map(\.shard) == [ScriptedService.shard(1)])
        #expect(session.activities(of: 1).last == .vanished)
        #expect(handler.keys == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14].map { "k\($0)" })
    }

    @Test func aShardThatVanishesAtItsEndIsNoLoss() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        let records = run.service.write(0..<5, to: 1)
        run.service.close(1, children: [2])
        let end = ScriptedService.sequence(107)
        #expect(records[4].sequenceNumber < end)
        run.store = InMemoryCheckpointStore(positions: [ScriptedService.shard(1): .sequenceNumber(end)])
        run.service.fail(.shardIterator, of: 1, with: [DynamoDBError(.resourceNotFound, "gone", status: 400)])
        let session = try run.run()
        #expect(session.losses == [])
        #expect(session.activities(of: 1).last == .vanished)
    }

    @Test func aStoredShardThatIsNotListedAnyMoreIsALossOnce() throws {
        let store = InMemoryCheckpointStore(
            positions: [ScriptedService.shard(1): .sequenceNumber(ScriptedService.sequence(50))]
        )
        for expected in [1, 0] {
            var run = EngineRun()
            run.store = store
            run.service.addShard(2)
            let session = try run.run()
            #expect(session.losses.count == expected)
        }
    }

    @Test func aChildIsNotReadBeforeItsParentIsHandledToItsEnd() throws {
        let world = VirtualTime(seed: 5)
        let handler = ScriptedHandler { _, batch in
            if batch.shard == ScriptedService.shard(1) { try await world.sleep(for: .seconds(20)) }
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 5), handler: handler)
        run.configuration.endsWithShards = true
        run.configuration.untilIdle = nil
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.close(1, children: [2, 3])
        run.service.write(5..<10, to: 2)
        run.service.write(10..<15, to: 3)
        run.service.close(2)
        run.service.close(3)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(Array(handler.keys.prefix(5)) == (0..<5).map { "k\($0)" })
        #expect(Set(handler.keys) == Set((0..<15).map { "k\($0)" }))
        let parentEnd = session.kinds.firstIndex(of: .checkpoint(ScriptedService.shard(1), .shardEnd))
        let childStart = session.kinds.firstIndex(of: .shardChanged(ScriptedService.shard(2), .draining))
        #expect(try #require(parentEnd) < (try #require(childStart)))
        #expect(session.state.endedBecause == "all shards are read to their end")
    }

    @Test func twoParentsHoldOnlyTheirOwnChildren() throws {
        let world = VirtualTime(seed: 6)
        let handler = ScriptedHandler { _, batch in
            if batch.shard == ScriptedService.shard(1) { try await world.sleep(for: .seconds(60)) }
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 6), handler: handler)
        run.configuration.endsWithShards = true
        run.configuration.untilIdle = nil
        for parent in [1, 2] {
            run.service.addShard(parent)
            run.service.write(parent * 100..<parent * 100 + 3, to: parent)
            run.service.close(parent, children: [parent + 10])
            run.service.write(parent * 1000..<parent * 1000 + 3, to: parent + 10)
            run.service.close(parent + 10)
        }
        let session = try run.run()
        let finished = session.kinds.compactMap { kind -> ShardID? in
            if case .shardChanged(let shard, .finished) = kind { shard } else { nil }
        }
        #expect(finished == [2, 12, 1, 11].map { ScriptedService.shard($0) })
    }

    @Test func emptyPagesAreNoEndAndArePacedByTheIdlePause() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = nil
        run.configuration.endsWithShards = true
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.returnEmptyPages(8, of: 1)
        run.service.close(1)
        let began = run.world.now
        let session = try run.run()
        #expect(handler.keys.count == 5)
        #expect(session.state.totals.emptyReads == 8)
        #expect(run.world.now.since(began) >= .milliseconds(8 * 250))
    }

    @Test(arguments: [true, false])
    func aClosedShardEndsWithItsLastRecordsOrWithOneMorePage(_ endsWithRecords: Bool) throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = nil
        run.configuration.endsWithShards = true
        run.service.behave { $0.endsWithRecords = endsWithRecords }
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.close(1)
        let session = try run.run()
        #expect(handler.keys.count == 5)
        #expect(session.checkpoints(of: 1).last == .shardEnd)
        #expect(session.state.totals.emptyReads == (endsWithRecords ? 0 : 1))
    }

    @Test func aRepeatedPageIsRecognisedCountedAndDelivered() throws {
        let handler = ScriptedHandler()
        let run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        run.service.repeatPages(1, of: 1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.keys.count == 20)
        #expect(session.state.totals.duplicates == 10)
        #expect(session.checkpoints(of: 1).count == 1)
    }
}

extension EngineRun {
    init(world: VirtualTime, service: ScriptedService, handler: any RecordHandler) {
        self.world = world
        self.service = service
        self.handler = handler
    }
}
