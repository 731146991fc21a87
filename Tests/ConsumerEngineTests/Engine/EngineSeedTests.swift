// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

/// Checks the order in which a handler gets keys, and hands the batches on.
private final class OrderCheckingHandler: RecordHandler {
    private struct State: Sendable {
        var newest: [String: SequenceNumber] = [:]
        var busy: Set<String> = []
        var handled: Set<SequenceNumber> = []
        var violations: [String] = []
    }

    private let inner: any RecordHandler
    private let state = Mutex(State())

    init(_ inner: any RecordHandler) {
        self.inner = inner
    }

    var violations: [String] { self.state.withLock { $0.violations } }
    var handled: Set<SequenceNumber> { self.state.withLock { $0.handled } }

    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        let keys = Set(batch.records.map { ScriptedHandler.key(of: $0) })
        self.state.withLock { state in
            for key in keys.intersection(state.busy) { state.violations.append("\(key) is in two handlers at once") }
            state.busy.formUnion(keys)
            for record in batch.records {
                let key = ScriptedHandler.key(of: record)
                if let newest = state.newest[key], record.sequenceNumber < newest, batch.attempt == 1 {
                    state.violations.append("\(key) goes back from \(newest) to \(record.sequenceNumber)")
                }
                state.newest[key] = record.sequenceNumber
            }
        }
        defer { self.state.withLock { $0.busy.subtract(keys) } }
        let outcome = try await self.inner.handle(batch, meter: meter)
        if outcome == .done {
            self.state.withLock { $0.handled.formUnion(batch.records.map(\.sequenceNumber)) }
        }
        return outcome
    }
}

@Suite(.timeLimit(.minutes(3)))
struct EngineSeedTests {
    private static let kept = ["kept-1", "kept-2", "kept-3"]

    /// Three shards, one of which splits, unsteady answers, keys that come again.
    private func check(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let world = VirtualTime(seed: seed)
        let service = ScriptedService(clock: world, seed: seed)
        service.behave {
            $0.latency = .milliseconds(1)...(.milliseconds(80))
            $0.unprocessedShare = 0.2
            $0.throttledShare = 0.02
            $0.pageLimit = Int.random(in: 3...40, using: &generator)
            $0.endsWithRecords = Bool.random(using: &generator)
        }
        for shard in 1...3 { service.addShard(shard) }
        for key in Self.kept { service.put(key) }
        let delete = DeleteHandler(
            configuration: .init(
                stagingTable: ScriptedService.table,
                mode: .batch,
                keyNames: ScriptedService.keyNames,
                concurrency: Int.random(in: 1...4, using: &generator)
            ),
            api: service,
            clock: world,
            seed: seed
        )
        let handler = OrderCheckingHandler(delete)
        var run = EngineRun(world: world, service: service, handler: handler)
        run.configuration.seed = seed
        run.configuration.eventNames = [.insert]
        run.configuration.batchSize = [1, 7, 30, 100].randomElement(using: &generator) ?? 1
        run.configuration.batchWindow = .milliseconds([0, 0, 700].randomElement(using: &generator) ?? 0)
        run.configuration.endsWithShards = true
        run.configuration.untilIdle = nil
        let session = try run.run { _, world in
            try await Self.write(to: service, seed: seed, world: world)
        }
        #expect(session.error == nil, "seed \(seed)")
        #expect(session.imbalances == [], "seed \(seed)")
        #expect(session.losses == [], "seed \(seed)")
        #expect(handler.violations == [], "seed \(seed)")
        #expect(service.violations == [], "seed \(seed)")
        #expect(service.items == Set(Self.kept.map { ScriptedService.key($0) }), "seed \(seed)")
        let totals = session.state.totals
        #expect(totals.succeeded == totals.polled - totals.filteredOut, "seed \(seed)")
        #expect(totals.succeeded == handler.handled.count, "seed \(seed)")
        #expect(session.state.shards.count == 5, "seed \(seed)")
        for shard in 1...5 { #expect(session.checkpoints(of: shard).last == .shardEnd, "seed \(seed)") }
    }

    /// Writes keys of which many come again, splits the second shard on the way, and closes all in the end.
    private static func write(to service: ScriptedService, seed: UInt64, world: VirtualTime) async throws {
        var generator = SplitMix64(seed: seed &+ 1)
        let steps = Int.random(in: 20...60, using: &generator)
        let split = Int.random(in: 0..<steps, using: &generator)
        var hasSplit = false
        for step in 0..<steps {
            if step == split {
                service.close(2, children: [4, 5])
                hasSplit = true
            }
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let number = Int.random(in: 0..<24, using: &generator)
                var shard = number % 3 + 1
                if hasSplit, shard == 2 { shard = number % 2 == 0 ? 4 : 5 }
                let kind = [ChangeKind.insert, .insert, .insert, .modify].randomElement(using: &generator) ?? .insert
                service.write("k\(number)", to: shard, kind: kind)
            }
            try await world.sleep(for: .milliseconds(Int.random(in: 0...120, using: &generator)))
        }
        for shard in [1, 3, 4, 5] { service.close(shard) }
        service.disable()
    }

    @Test(arguments: 0..<20)
    func noKeyGoesBackIsTwiceInACallOrLost(_ group: Int) throws {
        for seed in UInt64(group * 50)..<UInt64(group * 50 + 50) { try self.check(seed: seed) }
    }
}
