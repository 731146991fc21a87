// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Random sequences on virtual time: failures of all kinds, throttles, partial responses, splits and roll-overs of shards,
/// lanes, windows and crashes, each with what must hold at every moment.
@Suite(.timeLimit(.minutes(10)))
struct EngineRandomTests {
    private static func settings(_ seed: UInt64, _ generator: inout SplitMix64) -> ConsumerConfiguration {
        var configuration = ConsumerConfiguration(streamARN: ScriptedService.streamARN, startingPosition: .trimHorizon)
        configuration.seed = seed
        configuration.endsWithShards = true
        configuration.eventNames = [.insert, .remove]
        configuration.batchSize = [1, 3, 8, 30].randomElement(using: &generator) ?? 1
        configuration.batchBytes = [6_291_456, 3000].randomElement(using: &generator) ?? 3000
        configuration.batchWindow = .milliseconds([0, 0, 400].randomElement(using: &generator) ?? 0)
        configuration.backoff = .milliseconds(10)...(.milliseconds(200))
        configuration.parallelizationFactor = Int.random(in: 1...4, using: &generator)
        configuration.bisectsBatchOnFunctionError = Bool.random(using: &generator)
        configuration.maximumRetryAttempts = [nil, nil, 0, 2].randomElement(using: &generator) ?? nil
        configuration.maximumRecordAge = [nil, nil, .seconds(60)].randomElement(using: &generator) ?? nil
        configuration.reportsBatchItemFailures = Bool.random(using: &generator)
        configuration.maximumConcurrentBatches = [nil, nil, 1, 3].randomElement(using: &generator) ?? nil
        if configuration.parallelizationFactor == 1, Bool.random(using: &generator) {
            configuration.tumblingWindow = .seconds(Int.random(in: 1...5, using: &generator))
        }
        return configuration
    }

    /// Writes keys that come again into shards that roll over and split, and closes all in the end.
    private static func write(_ run: EngineRun, _ judge: RecordJudge, seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed &+ 1)
        var shards = [1, 2]
        var next = 3
        let repeatsPages = Int.random(in: 0..<4, using: &generator) == 0
        for _ in 0..<Int.random(in: 5...25, using: &generator) {
            if next < 6, Int.random(in: 0..<8, using: &generator) == 0 {
                // A key stays in its half: the first shard rolls over, the second one splits into one that is used.
                let half = Int.random(in: 0...1, using: &generator)
                let children = half == 0 ? [next] : [next, next + 1]
                judge.closes(ScriptedService.shard(shards[half]), children: children.map { ScriptedService.shard($0) })
                run.service.close(shards[half], children: children)
                shards[half] = next
                next += half + 1
            }
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let number = Int.random(in: 0..<12, using: &generator)
                let shard = shards[number % 2]
                let kind = ChangeKind.allCases.randomElement(using: &generator) ?? .insert
                // Some are about to be too old, others are so already.
                let ages = run.configuration.maximumRecordAge == nil ? [86_399, 86_410] : [58, 59, 70]
                let age =
                    Int.random(in: 0..<12, using: &generator) == 0 ? ages.randomElement(using: &generator) ?? 0 : 0
                let record = run.service.write(
                    "k\(number)",
                    to: shard,
                    kind: kind,
                    createdAt: run.world.now.advanced(by: .seconds(-age))
                )
                if kind != .modify { judge.wrote(record, to: ScriptedService.shard(shard)) }
            }
            let disturbed = shards.randomElement(using: &generator) ?? 1
            Self.disturb(run, judge, disturbed, repeatsPages: repeatsPages, using: &generator)
            try await run.world.sleep(for: .milliseconds(Int.random(in: 0...300, using: &generator)))
        }
        judge.closesAll((1..<next).map { ScriptedService.shard($0) })
        run.service.disable()
    }

    /// Lets the service do one of the things that a reader has to bear.
    private static func disturb(
        _ run: EngineRun,
        _ judge: RecordJudge,
        _ shard: Int,
        repeatsPages: Bool,
        using generator: inout SplitMix64
    ) {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: run.service.expireIterators()
        case 1: run.service.returnEmptyPages(2, of: shard)
        case 2 where repeatsPages:
            judge.repeatsPages()
            run.service.repeatPages(1, of: shard)
        default: break
        }
    }

    /// What a group of runs has met, so that none of it stays untested unnoticed.
    private struct Met {
        var totals = SessionTotals()
        var crashes = 0
        var repeated = 0
        var lanes: Set<Int> = []
        var windows = 0
        var throttled = 0
        var shards = 0
        var exactAges: Set<Bool> = []

        mutating func add(_ session: EngineRun.Session, crashes: Int) {
            let totals = session.state.totals
            self.totals.splits += totals.splits
            self.totals.partialSuccesses += totals.partialSuccesses
            self.totals.attemptsExhausted += totals.attemptsExhausted
            self.totals.ageExceeded += totals.ageExceeded
            self.totals.destinationFailed += totals.destinationFailed
            self.totals.filteredOut += totals.filteredOut
            self.totals.duplicates += totals.duplicates
            self.crashes += crashes
            self.repeated += crashes > 0 && totals.polled > 0 ? 1 : 0
            self.lanes.formUnion(session.formed.map(\.lane))
            self.windows += session.formed.count { $0.records.isEmpty }
            self.throttled += session.retries.count { $0.change == .notInvoked }
            self.shards = max(self.shards, session.state.shards.count)
        }

        var missing: [String] {
            let counts = [
                ("splits", self.totals.splits), ("rests", self.totals.partialSuccesses), ("crashes", self.crashes),
                ("exhausted", self.totals.attemptsExhausted), ("old", self.totals.ageExceeded),
                ("destination", self.totals.destinationFailed), ("filtered", self.totals.filteredOut),
                ("repeated", self.repeated), ("windows", self.windows), ("throttled", self.throttled),
                ("lanes", self.lanes.count - 3), ("shards", self.shards - 4), ("pages twice", self.totals.duplicates),
                ("ages to the millisecond", self.exactAges.count),
            ]
            return counts.filter { $0.1 <= 0 }.map(\.0)
        }
    }

    private static func check(seed: UInt64, _ met: inout Met) throws {
        var generator = SplitMix64(seed: seed)
        let world = VirtualTime(seed: seed)
        let configuration = Self.settings(seed, &generator)
        let judge = RecordJudge(configuration: configuration, clock: world)
        let handler = MoodyHandler(judge: judge, clock: world, configuration: configuration, seed: seed)
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: seed), handler: handler)
        run.configuration = configuration
        run.onFailure = JudgedDestination(judge: judge, seed: seed)
        let isSlow = Bool.random(using: &generator)
        run.store = JudgedStore(inner: isSlow ? SlowStore(clock: world) : InMemoryCheckpointStore(), judge: judge)
        run.service.behave {
            $0.latency = .milliseconds(1)...(.milliseconds(30))
            $0.throttledShare = 0.02
            $0.pageLimit = Int.random(in: 2...20, using: &generator)
            $0.endsWithRecords = Bool.random(using: &generator)
        }
        for shard in 1...2 { run.service.addShard(shard) }
        // The writer outlives crashes: it is done before the first one, or goes on in a run of its own.
        let crashes = Int.random(in: 0...2, using: &generator)
        if crashes > 0 {
            let writing = run
            _ = world.run { try await Self.write(writing, judge, seed: seed) }
        }
        for _ in 0..<crashes {
            let consumer = run.makeConsumer()
            let jobs = Int.random(in: 50...600, using: &generator)
            let recorder = EventRecorder()
            _ = run.start(consumer, maximumJobs: jobs, recorder: recorder)
            world.forgetPrograms()
            judge.crashed(try Self.positions(run))
            let recorded = recorder.recorded
            #expect(recorded.imbalances == [], "seed \(seed)")
            #expect(SessionJudge(recorded.events, configuration).violations == [], "seed \(seed)")
            let totals = consumer.session.state.totals
            let ended = totals.filteredOut + totals.succeeded + totals.dropped
            #expect(totals.polled == ended + totals.inFlight + totals.returned, "seed \(seed)")
        }
        let last = run
        let session = try run.run { _, _ in
            if crashes == 0 { try await Self.write(last, judge, seed: seed) }
        }
        #expect(session.error == nil, "seed \(seed)")
        #expect(session.imbalances == [], "seed \(seed)")
        #expect(session.losses == [], "seed \(seed)")
        #expect(judge.violations == [], "seed \(seed)")
        #expect(judge.unended == [], "seed \(seed)")
        #expect(session.state.totals.inFlight == 0, "seed \(seed)")
        #expect(session.state.totals.returned == 0, "seed \(seed)")
        var sessionJudge = SessionJudge(session.events, configuration)
        sessionJudge.compare(session.state.totals, with: judge)
        #expect(sessionJudge.violations == [], "seed \(seed)")
        #expect(try Self.positions(run).values.allSatisfy { $0 == .shardEnd }, "seed \(seed)")
        met.add(session, crashes: crashes)
        met.exactAges.formUnion(judge.exactAges)
    }

    private static func positions(_ run: EngineRun) throws -> [ShardID: CheckpointPosition] {
        guard case .finished(let positions) = run.world.run({ try await run.store.positions() }) else { return [:] }
        return try positions.get()
    }

    @Test(arguments: 0..<20)
    func nothingIsLostOutOfOrderOrUnaccounted(_ group: Int) throws {
        var met = Met()
        for seed in UInt64(group * 100)..<UInt64(group * 100 + 100) { try Self.check(seed: seed, &met) }
        #expect(met.missing == [])
    }
}
