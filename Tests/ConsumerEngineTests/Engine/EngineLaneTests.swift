// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// Several lanes in a shard, and the limit over all of them, through the whole engine.
@Suite(.timeLimit(.minutes(1)))
struct EngineLaneTests {
    /// Counts batches in the handler at once.
    private final class Concurrency: Sendable {
        private let state = Mutex((now: 0, most: 0))

        var most: Int { self.state.withLock { $0.most } }

        func enter() {
            self.state.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }

        func leave() { self.state.withLock { $0.now -= 1 } }
    }

    private func makeRun(
        factor: Int,
        seed: UInt64 = 5,
        _ answer: @escaping @Sendable (VirtualTime, RecordBatch) async throws -> HandlerOutcome = { _, _ in .done }
    ) -> (EngineRun, ScriptedHandler) {
        let world = VirtualTime(seed: seed)
        let handler = ScriptedHandler { _, batch in try await answer(world, batch) }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: seed), handler: handler)
        run.configuration.seed = seed
        run.configuration.batchSize = 5
        run.configuration.parallelizationFactor = factor
        run.service.addShard(1)
        return (run, handler)
    }

    @Test func lanesWorkAtOnceAndKeepTheOrderOfEachKey() async throws {
        let concurrency = Concurrency()
        let (run, handler) = self.makeRun(factor: 4) { world, batch in
            concurrency.enter()
            defer { concurrency.leave() }
            try await world.sleep(for: .milliseconds(100))
            return .done
        }
        var last: StreamRecord?
        for round in 0..<5 { for key in 0..<60 { last = run.service.write("k\(key)", to: 1, imageBytes: round) } }
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.imbalances == [])
        #expect(concurrency.most == 4)
        #expect(session.state.totals.succeeded == 300)
        #expect(Set(session.formed.map(\.lane)) == [0, 1, 2, 3])
        for key in 0..<60 {
            let records = handler.batches.flatMap(\.records).filter { ScriptedHandler.key(of: $0) == "k\(key)" }
            let numbers = records.map(\.sequenceNumber)
            #expect(numbers.count == 5)
            #expect(numbers == numbers.sorted())
        }
        #expect(try await run.store.positions().values.first == last.map { .sequenceNumber($0.sequenceNumber) })
    }

    @Test func aLaneThatFailsBlocksOnlyItselfAndThePositionStaysBeforeIt() throws {
        let (run, handler) = self.makeRun(factor: 4) { _, batch in
            batch.records.contains { ScriptedHandler.key(of: $0) == "bad" }
                ? .responded(FunctionResponse(functionError: "Unhandled")) : .done
        }
        var run2 = run
        run2.configuration.untilIdle = nil
        run2.configuration.runFor = .seconds(60)
        let before = run2.service.write(0..<20, to: 1)
        run2.service.write("bad", to: 1)
        run2.service.write(20..<60, to: 1)
        let session = try run2.run()
        #expect(session.imbalances == [])
        // Three lanes are through, the fourth stands at the bad record.
        let done = Set(handler.batches.flatMap(\.records).map { ScriptedHandler.key(of: $0) })
        #expect(done.count > 40)
        let marks = session.checkpoints(of: 1)
        #expect(!marks.isEmpty)
        for mark in marks {
            guard case .sequenceNumber(let number) = mark else { return #expect(Bool(false)) }
            #expect(number <= before[19].sequenceNumber)
        }
        #expect(session.state.totals.succeeded > 40)
        // The next run gets the bad record and what was done behind it again, and nothing from before.
        let count = handler.batches.count
        _ = try run2.run()
        let again = handler.batches[count...].flatMap(\.records)
        #expect(again.contains { ScriptedHandler.key(of: $0) == "bad" })
        guard case .sequenceNumber(let mark)? = marks.last else { return #expect(Bool(false)) }
        #expect(again.allSatisfy { $0.sequenceNumber > mark })
    }

    @Test func aPositionNeverPassesAnUndoneRecordFilteredOnesIncluded() throws {
        let (base, _) = self.makeRun(factor: 3) { world, batch in
            try await world.sleep(
                for: .seconds(batch.records.contains { ScriptedHandler.key(of: $0) == "k0" } ? 30 : 1)
            )
            return .done
        }
        var run = base
        run.configuration.eventNames = [.insert]
        let slow = run.service.write("k0", to: 1)
        run.service.write(1..<10, to: 1, kind: .modify)
        run.service.write(10..<30, to: 1)
        let last = run.service.write("gone", to: 1, kind: .remove)
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(25))
            #expect(consumer.session.state.totals.succeeded > 10)
            #expect(consumer.session.state.shards.first?.checkpoint == .before(slow.sequenceNumber))
        }
        #expect(session.error == nil)
        #expect(session.checkpoints(of: 1).last == .sequenceNumber(last.sequenceNumber))
        for mark in session.checkpoints(of: 1) {
            guard case .sequenceNumber(let number) = mark else { return #expect(Bool(false)) }
            #expect(number >= slow.sequenceNumber)
        }
    }

    @Test func aStuckLaneStopsReadingOnlyAtTheBound() throws {
        let (base, handler) = self.makeRun(factor: 2) { world, batch in
            if batch.records.contains(where: { ScriptedHandler.key(of: $0) == "k0" }) {
                try await world.sleep(for: .seconds(100_000))
            }
            return .done
        }
        var run = base
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(600)
        run.configuration.batchSize = 1000
        run.service.write(0..<60_000, to: 1)
        let session = try run.run()
        let waiting = session.kinds.compactMap {
            if case .sample(let sample) = $0 { sample.waitingRecords } else { nil }
        }
        #expect((waiting.max() ?? 0) <= 21_000)
        // The other lane got far more than two batches ahead.
        #expect(session.state.totals.succeeded > 15_000)
        #expect(handler.batches.count > 15)
        #expect(session.imbalances == [])
    }

    @Test func aStepOfARecordTakesTheOldestOfAllLanes() throws {
        let (base, handler) = self.makeRun(factor: 4)
        var run = base
        run.configuration.startsHeld = true
        run.service.write(0..<12, to: 1)
        let session = try run.run { consumer, world in
            for expected in 1...6 {
                try await world.sleep(for: .seconds(2))
                try await consumer.session.perform(.stepRecord)
                try await world.sleep(for: .seconds(2))
                #expect(handler.keys == (0..<expected).map { "k\($0)" })
            }
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(Set(handler.keys) == Set((0..<12).map { "k\($0)" }))
        #expect(session.imbalances == [])
    }

    @Test func aShardWithLanesIsHandledToItsEndBeforeItsChildren() throws {
        let (base, handler) = self.makeRun(factor: 3) { world, batch in
            try await world.sleep(for: .milliseconds(50 * batch.records.count))
            return .done
        }
        var run = base
        run.configuration.endsWithShards = true
        run.configuration.untilIdle = nil
        run.service.write(0..<40, to: 1)
        run.service.close(1, children: [2, 3])
        run.service.write(40..<50, to: 2)
        run.service.write(50..<60, to: 3)
        run.service.disable()
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.imbalances == [])
        for shard in 1...3 { #expect(session.checkpoints(of: shard).last == .shardEnd) }
        let firstChild = handler.batches.firstIndex { $0.shard != ScriptedService.shard(1) } ?? 0
        #expect(handler.batches[firstChild...].allSatisfy { $0.shard != ScriptedService.shard(1) })
        #expect(session.state.totals.succeeded == 60)
    }

    @Test(arguments: [nil, 1])
    func aLostLeaseStopsAllLanesOfTheShardAndKeepsNoSlot(_ limit: Int?) throws {
        let (base, _) = self.makeRun(factor: 4) { world, batch in
            try await world.sleep(for: .milliseconds(100 * batch.records.count))
            return .done
        }
        var run = base
        let lost = Lease(
            shard: ScriptedService.shard(1),
            owner: "x",
            term: 1,
            position: .trimHorizon(quietUntil: run.world.now)
        )
        run.store = RefusingStore(error: .leaseLost(lost), shard: ScriptedService.shard(1), isTaken: true)
        run.configuration.maximumConcurrentBatches = limit
        run.service.addShard(2)
        run.service.write(0..<40, to: 1)
        run.service.write(40..<60, to: 2)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.imbalances == [])
        let isStopped = session.activities(of: 1).contains { if case .stopped = $0 { true } else { false } }
        #expect(isStopped)
        #expect(session.checkpoints(of: 2).count > 0)
        #expect(session.state.shards.last?.totals.succeeded == 20)
        #expect(session.state.totals.returned > 0)
    }

    @Test func soManyBatchesAreInHandlersOverAllShardsAndEachGetsItsTurn() throws {
        let concurrency = Concurrency()
        let (base, handler) = self.makeRun(factor: 2) { world, _ in
            concurrency.enter()
            defer { concurrency.leave() }
            try await world.sleep(for: .milliseconds(100))
            return .done
        }
        var run = base
        run.configuration.maximumConcurrentBatches = 3
        for shard in 2...6 { run.service.addShard(shard) }
        for shard in 1...6 { run.service.write(shard * 100..<shard * 100 + 60, to: shard) }
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.imbalances == [])
        #expect(concurrency.most == 3)
        #expect(session.state.totals.succeeded == 360)
        // In the first half nobody has had a second turn more than anybody else.
        let half = handler.batches.prefix(36)
        let turns = (1...6).map { shard in half.count { $0.shard == ScriptedService.shard(shard) } }
        #expect((turns.max() ?? 0) - (turns.min() ?? 0) <= 4, "\(turns)")
    }

    @Test func aBatchThatWaitsForItsNextAttemptKeepsNobodyFromASlot() throws {
        let (base, handler) = self.makeRun(factor: 1) { _, batch in
            batch.shard == ScriptedService.shard(1) ? .retry(after: .seconds(3600), reason: "full") : .done
        }
        var run = base
        run.configuration.maximumConcurrentBatches = 1
        run.configuration.runFor = .seconds(60)
        run.configuration.untilIdle = nil
        run.service.addShard(2)
        run.service.write(0..<5, to: 1)
        run.service.write(5..<25, to: 2)
        let session = try run.run()
        #expect(handler.batches.count { $0.shard == ScriptedService.shard(2) } == 4)
        #expect(session.state.totals.succeeded == 20)
        #expect(session.imbalances == [])
    }

    @Test func aDisabledConsumerReadsNothingUntilItIsResumed() throws {
        let (base, handler) = self.makeRun(factor: 1)
        var run = base
        run.configuration.isEnabled = false
        run.service.write(0..<5, to: 1)
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(60))
            #expect(handler.batches.isEmpty)
            #expect(consumer.session.state.mappingState == .disabled)
            try await consumer.session.perform(.resume)
            #expect(consumer.session.state.mappingState == .enabling)
            try await world.sleep(for: .seconds(1))
            #expect(consumer.session.state.mappingState == .enabled)
            #expect(consumer.session.state.shards.first?.toldState == .enabled)
        }
        #expect(session.state.totals.succeeded == 5)
        #expect(session.state.mappingState == .disabled)
    }
}
