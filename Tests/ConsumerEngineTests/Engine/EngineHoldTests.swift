// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EngineHoldTests {
    private func reads(_ service: ScriptedService) -> Int {
        service.calls.filter { if case .records = $0 { true } else { false } }.count
    }

    @Test func whileHeldNothingIsReadOrHandedOutAndTheBatchInFlightEnds() throws {
        let world = VirtualTime(seed: 1)
        let handler = ScriptedHandler { delivery, _ in
            if delivery == 1 { try await world.sleep(for: .seconds(10)) }
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 1), handler: handler)
        run.configuration.batchSize = 10
        run.service.addShard(1)
        run.service.write(0..<50, to: 1)
        let service = run.service
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(5))
            try await consumer.session.perform(.hold)
            let reads = self.reads(service)
            try await world.sleep(for: .seconds(60))
            #expect(handler.batches.count == 2)
            #expect(self.reads(service) == reads)
            #expect(consumer.session.state.totals.succeeded == 20)
            #expect(consumer.session.state.shards.first?.activity == .held)
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(handler.keys == (0..<50).map { "k\($0)" })
        #expect(session.checkpoints(of: 1).count == 5)
        #expect(session.imbalances == [])
    }

    @Test func aHoldLongerThanAnIteratorLivesLosesNothing() throws {
        let handler = ScriptedHandler()
        let run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let service = run.service
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(1))
            try await consumer.session.perform(.hold)
            service.write(5..<10, to: 1)
            try await world.sleep(for: .seconds(7200))
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(handler.keys == (0..<10).map { "k\($0)" })
        #expect(session.losses == [])
        #expect(session.state.totals.duplicates == 0)
    }

    @Test func aSessionAtLatestThatBeginsHeldLosesNothingThatIsWrittenMeanwhile() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startingPosition = .latest
        run.configuration.startsHeld = true
        run.service.addShard(1)
        run.service.write("before", to: 1)
        let service = run.service
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(3000))
            service.write(0..<5, to: 1)
            try await world.sleep(for: .seconds(3000))
            #expect(handler.keys == [])
            // One call every five minutes keeps the place, until there is a record to come back to.
            #expect((10...12).contains(self.reads(service)))
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(handler.keys == (0..<5).map { "k\($0)" })
        #expect(session.losses == [])
    }

    @Test func aStepOfABatchLetsOneBatchThrough() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startsHeld = true
        run.configuration.batchSize = 10
        run.service.addShard(1)
        run.service.write(0..<25, to: 1)
        let service = run.service
        let session = try run.run { consumer, world in
            for expected in [10, 20, 25, 25] {
                try await world.sleep(for: .seconds(3))
                try await consumer.session.perform(.stepBatch)
                try await world.sleep(for: .seconds(3))
                #expect(handler.keys.count == expected)
            }
            // What waited was taken first: one read for three batches, one more that found nothing.
            #expect(self.reads(service) == 2)
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(session.formed.map(\.reason) == [.step, .step, .step])
        #expect(session.notices.contains { $0.code == "step-empty" })
        #expect(session.checkpoints(of: 1).count == 3)
    }

    @Test func aStepOfARecordTakesTheOldestOfAllShardsAsABatchOfOne() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startsHeld = true
        run.service.addShard(1)
        run.service.addShard(2)
        let began = run.world.now
        for (key, shard, age) in [("a", 1, 100), ("d", 1, 400), ("b", 2, 200), ("c", 2, 300)] {
            run.service.write(key, to: shard, createdAt: began.advanced(by: .seconds(age)))
        }
        let session = try run.run { consumer, world in
            for expected in ["a", "b", "c", "d"] {
                try await world.sleep(for: .seconds(3))
                try await consumer.session.perform(.stepRecord)
                try await world.sleep(for: .seconds(3))
                #expect(handler.keys.last == expected)
            }
            #expect(consumer.session.state.hold?.steppedRecords == 4)
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(handler.keys == ["a", "b", "c", "d"])
        #expect(session.formed.allSatisfy { $0.records.count == 1 && $0.reason == .step })
        #expect(session.checkpoints(of: 1).count == 2)
        #expect(session.checkpoints(of: 2).count == 2)
    }

    @Test func aStepCountsForTheRecordLimitAndStepsOverTheEndOfAShard() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startsHeld = true
        run.configuration.untilIdle = nil
        run.configuration.maxRecords = 3
        run.service.addShard(1)
        run.service.write(0..<2, to: 1)
        run.service.close(1, children: [2])
        run.service.write(2..<9, to: 2)
        let session = try run.run { consumer, world in
            for _ in 0..<3 {
                try await world.sleep(for: .seconds(3))
                try await consumer.session.perform(.stepRecord)
            }
        }
        #expect(session.error == nil)
        #expect(handler.keys == ["k0", "k1", "k2"])
        #expect(session.state.endedBecause == "3 records were handed out")
    }

    @Test func commandsThatMakeNoSenseAreRefusedAndSayWhy() throws {
        var run = EngineRun()
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(60)
        run.service.addShard(1)
        _ = try run.run { consumer, world in
            try await world.sleep(for: .seconds(1))
            for command in [SessionCommand.resume, .stepBatch, .stepRecord] {
                await #expect(throws: SessionCommandError.self) { try await consumer.session.perform(command) }
            }
            try await consumer.session.perform(.hold)
            await #expect(throws: SessionCommandError.self) { try await consumer.session.perform(.hold) }
            try await consumer.session.perform(.marker("here"))
            #expect(consumer.session.state.markers.map(\.text) == ["here"])
        }
        let consumer = run.makeConsumer()
        _ = run.start(consumer)
        let outcome = run.world.run { try await consumer.session.perform(.hold) }
        guard case .finished(.failure(let error)) = outcome else {
            Issue.record("a session that is over was held")
            return
        }
        #expect("\(error)".contains("over"))
    }

    @Test func aStepOnAFailingShardIsOverWhenItsReadFails() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startsHeld = true
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(30)
        run.service.addShard(1)
        run.service.addShard(2)
        run.service.write("a", to: 2)
        let error = DynamoDBError(.throttling, "slow", status: 400)
        run.service.fail(.records, of: 1, with: Array(repeating: error, count: 100))
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(3))
            try await consumer.session.perform(.stepRecord)
        }
        #expect(session.error == nil)
        #expect(handler.keys == ["a"])
    }
}
