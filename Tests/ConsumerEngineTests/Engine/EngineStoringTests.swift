// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// A position is stored between two parts of a batch, and storing takes its time.
@Suite(.timeLimit(.minutes(1)))
struct EngineStoringTests {
    /// Fails for whole batches, so that they come as halves; then does something before each part is done.
    private func halving(_ work: @escaping @Sendable (_ key: String) async throws -> Void) -> ScriptedHandler {
        ScriptedHandler { _, batch in
            guard batch.records.count == 1 else { return .responded(FunctionResponse(functionError: "Unhandled")) }
            try await work(ScriptedHandler.key(of: batch.records[0]))
            return .done
        }
    }

    private func makeRun(_ handler: ScriptedHandler, _ service: ScriptedService, _ world: VirtualTime) -> EngineRun {
        var run = EngineRun(world: world, service: service, handler: handler)
        run.store = SlowStore(clock: world)
        run.configuration.bisectsBatchOnFunctionError = true
        return run
    }

    @Test func aRecordThatGrowsTooOldWhileAPositionIsStoredIsNotHandedOver() throws {
        let world = VirtualTime(seed: 1)
        let tooOld = world.now.advanced(by: .seconds(10))
        let handler = self.halving { key in
            // 3 ms later the record behind this one may still be handed over, and storing takes 10 ms.
            if key == "k0" { try await world.sleep(for: tooOld.since(world.now) - .milliseconds(3)) }
        }
        var run = self.makeRun(handler, ScriptedService(clock: world), world)
        let destination = ScriptedDestination()
        run.onFailure = destination
        run.configuration.maximumRecordAge = .seconds(60)
        run.service.addShard(1)
        run.service.write("k0", to: 1)
        let late = run.service.write("k1", to: 1, createdAt: tooOld.advanced(by: .seconds(-60)))
        let session = try run.run()
        #expect(handler.keys == ["k0", "k1", "k0"])
        #expect(destination.messages.map(\.records) == [[late]])
        #expect(destination.messages.map(\.condition) == [.recordAgeExceeded])
        // The message says when they were given up, not when that was decided.
        #expect(destination.messages.map { $0.at.since(tooOld) } == [.milliseconds(7)])
        #expect(session.imbalances == [])
    }

    @Test func aBatchWhosePositionIsStoredKeepsNobodyFromASlot() throws {
        let world = VirtualTime(seed: 1)
        let service = ScriptedService(clock: world)
        let handler = self.halving { key in
            if key == "k0" { service.write("other", to: 2) }
        }
        var run = self.makeRun(handler, service, world)
        run.configuration.maximumConcurrentBatches = 1
        // Storing takes 10 ms, in which the other record is read.
        run.configuration.idlePause = .milliseconds(3)
        service.addShard(1)
        service.addShard(2)
        service.write(0..<2, to: 1)
        let session = try run.run()
        #expect(handler.keys == ["k0", "k1", "k0", "other", "k1"])
        #expect(session.imbalances == [])
    }

    @Test(arguments: [false, true])
    func whatALaneLeavesToBeStoredIsStoredByOneThatWaitsForRecords(_ gathers: Bool) throws {
        let world = VirtualTime(seed: 1)
        let store = SlowStore(clock: world)
        let seen = Mutex<[CheckpointPosition]>([])
        // Of two lanes one has `b` and `c`. While it stores three positions in a row, 10 ms each, the other one comes to
        // its end; then it is in its handler for long.
        let handler = ScriptedHandler { _, batch in
            switch ScriptedHandler.key(of: batch.records[0]) {
            case "b": try await world.sleep(for: .milliseconds(1))
            case "c":
                try await world.sleep(for: .seconds(10))
                let positions = try await store.positions()
                seen.withLock { $0 += positions.values }
            default: try await world.sleep(for: .milliseconds(6))
            }
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world), handler: handler)
        run.store = store
        run.configuration.batchSize = 2
        run.configuration.batchWindow = gathers ? .seconds(60) : .zero
        run.configuration.parallelizationFactor = 2
        run.configuration.untilIdle = .seconds(90)
        run.service.addShard(1)
        let done = ["b", "b"] + Array(repeating: "a", count: 8)
        let records = (done + (gathers ? ["a"] : []) + ["c", "c"]).map { run.service.write($0, to: 1) }
        let session = try run.run()
        #expect(seen.withLock { $0 } == [.sequenceNumber(records[9].sequenceNumber)])
        #expect(session.imbalances == [])
    }
}
