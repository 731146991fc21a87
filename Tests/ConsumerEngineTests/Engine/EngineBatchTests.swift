// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EngineBatchTests {
    @Test func recordsNotWantedAreFilteredBeforeBatchesAreFormed() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 10
        run.configuration.eventNames = [.insert]
        run.service.addShard(1)
        for number in 0..<30 {
            run.service.write("i\(number)", to: 1)
            run.service.write("m\(number)", to: 1, kind: .modify)
            run.service.write("r\(number)", to: 1, kind: .remove)
        }
        let session = try run.run()
        #expect(handler.keys == (0..<30).map { "i\($0)" })
        #expect(session.formed.map(\.records.count) == [10, 10, 10])
        #expect(session.state.totals.polled == 90)
        #expect(session.state.totals.filteredOut == 60)
        #expect(session.imbalances == [])
    }

    @Test func aShardWhereNothingMatchesMovesItsPositionAllTheSame() async throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.eventNames = [.remove]
        run.configuration.endsWithShards = true
        run.service.behave { $0.pageLimit = 10 }
        run.service.addShard(1)
        run.service.addShard(2)
        let records = run.service.write(0..<30, to: 1)
        run.service.write(30..<40, to: 2)
        run.service.close(2)
        let session = try run.run()
        #expect(handler.keys == [])
        #expect(session.checkpoints(of: 1).last == .sequenceNumber(records[29].sequenceNumber))
        #expect(session.checkpoints(of: 2).last == .shardEnd)
        #expect(try await run.store.positions()[ScriptedService.shard(2)] == .shardEnd)
    }

    @Test func noPositionPassesAMatchingRecordThatIsNotDone() throws {
        let world = VirtualTime(seed: 9)
        let handler = ScriptedHandler { _, _ in
            try await world.sleep(for: .seconds(30))
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 9), handler: handler)
        run.configuration.eventNames = [.insert]
        run.service.addShard(1)
        let first = run.service.write("a", to: 1)
        let service = run.service
        let last = Mutex<SequenceNumber?>(nil)
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(5))
            let removed = service.write(0..<20, to: 1, kind: .remove)
            last.withLock { $0 = removed.last?.sequenceNumber }
            try await world.sleep(for: .seconds(20))
            // Read, but the record before is still in the handler.
            #expect(consumer.session.state.totals.filteredOut == 20)
            #expect(consumer.session.state.shards.first?.checkpoint == .before(first.sequenceNumber))
        }
        #expect(session.error == nil)
        let end = try #require(last.withLock { $0 })
        #expect(session.checkpoints(of: 1) == [.sequenceNumber(end)])
    }

    @Test func aWindowGathersWhatIsReadWhileItIsOpen() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 100
        run.configuration.batchWindow = .seconds(10)
        run.configuration.untilIdle = .seconds(60)
        run.service.addShard(1)
        let service = run.service
        let session = try run.run { _, world in
            for number in 0..<20 {
                service.write("k\(number)", to: 1)
                try await world.sleep(for: .seconds(1))
            }
        }
        #expect(handler.keys == (0..<20).map { "k\($0)" })
        #expect(session.formed.count == 2)
        #expect(session.formed.map(\.reason) == [.window, .window])
    }

    @Test func aFullBatchDoesNotWaitForItsWindow() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 100
        run.configuration.batchWindow = .seconds(300)
        run.configuration.runFor = .seconds(10)
        run.configuration.untilIdle = nil
        run.service.addShard(1)
        run.service.write(0..<250, to: 1)
        let session = try run.run()
        #expect(session.formed.map(\.records.count) == [100, 100])
        #expect(session.formed.map(\.reason) == [.full, .full])
        #expect(session.state.endedBecause == "10.0 seconds have passed")
    }

    @Test func theEndOfAShardAndOfTheSessionLetGoWhatWaitsForAWindow() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchWindow = .seconds(300)
        run.configuration.untilIdle = .seconds(5)
        run.service.addShard(1)
        run.service.addShard(2)
        run.service.write(0..<3, to: 1)
        run.service.close(1)
        run.service.write(3..<6, to: 2)
        let began = run.world.now
        let session = try run.run()
        #expect(Set(session.formed.map(\.reason)) == [.shardEnd, .drain])
        #expect(session.formed.map(\.records.count) == [3, 3])
        #expect(run.world.now.since(began) < .seconds(10))
    }

    @Test func aBatchNeverSpansShards() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchWindow = .seconds(5)
        for shard in 1...3 {
            run.service.addShard(shard)
            run.service.write(shard * 10..<shard * 10 + 4, to: shard)
        }
        _ = try run.run()
        #expect(handler.batches.count == 3)
        for batch in handler.batches {
            let keys = batch.records.map { ScriptedHandler.key(of: $0) }
            let shard = try #require((1...3).first { ScriptedService.shard($0) == batch.shard })
            #expect(keys == (shard * 10..<shard * 10 + 4).map { "k\($0)" })
        }
    }

    @Test func aBatchIsCutBeforeItsEventIsTooLarge() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 10_000
        run.configuration.batchBytes = 100_000
        run.service.addShard(1)
        for number in 0..<50 { run.service.write("k\(number)", to: 1, imageBytes: 5000) }
        let session = try run.run()
        #expect(handler.keys.count == 50)
        for batch in session.formed {
            let bytes = batch.records.reduce(14) { $0 + $1.lambdaEvent(streamARN: ScriptedService.streamARN).count + 1 }
            #expect(bytes <= 100_000)
        }
        #expect(session.formed.dropLast().allSatisfy { $0.reason == .bytes })
    }

    @Test func readingIsNeverFarAheadOfTheHandler() throws {
        let world = VirtualTime(seed: 2)
        let handler = ScriptedHandler { _, _ in
            try await world.sleep(for: .milliseconds(100))
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 2), handler: handler)
        run.configuration.batchSize = 50
        run.service.behave { $0.pageLimit = 200 }
        run.service.addShard(1)
        run.service.write(0..<5000, to: 1)
        let session = try run.run()
        #expect(handler.keys.count == 5000)
        let waiting = session.kinds.compactMap {
            if case .sample(let sample) = $0 { sample.waitingRecords } else { nil }
        }
        #expect(waiting.count > 5)
        #expect((waiting.max() ?? 0) <= 100 + 200)
        #expect(session.imbalances == [])
    }

    @Test func theRecordLimitCutsTheLastBatchAndCountsOverAllShards() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 100
        run.configuration.maxRecords = 230
        run.configuration.untilIdle = nil
        for shard in 1...3 {
            run.service.addShard(shard)
            run.service.write(shard * 1000..<shard * 1000 + 300, to: shard)
        }
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.keys.count == 230)
        #expect(session.formed.map(\.records.count).sorted() == [30, 100, 100])
        #expect(session.state.totals.succeeded == 230)
        #expect(session.state.endedBecause == "230 records were handed out")
        #expect(session.imbalances == [])
    }

    @Test func aSecondRunGoesOnWhereTheFirstEnded() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 10
        run.configuration.maxRecords = 25
        run.service.addShard(1)
        run.service.write(0..<60, to: 1)
        _ = try run.run()
        #expect(handler.keys == (0..<25).map { "k\($0)" })
        run.configuration.maxRecords = nil
        _ = try run.run()
        #expect(handler.keys == (0..<60).map { "k\($0)" })
    }

    @Test func whatAHandlerSaysIsPublishedLineByLine() throws {
        struct Speaker: RecordHandler {
            func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
                for number in 1...3 { meter.say("line \(number)") }
                return .done
            }
        }
        let run = EngineRun(handler: Speaker())
        run.service.addShard(1)
        run.service.write("a", to: 1)
        let said = try run.run().notices.filter { $0.code == WorkMeter.handlerOutput }
        #expect(said.map(\.message) == ["line 1", "line 2", "line 3"])
        #expect(said.allSatisfy { $0.shard == ScriptedService.shard(1) && $0.level == .info })
    }
}
