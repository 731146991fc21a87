// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// A handler whose answers are drawn by lot: all is done, throws, throttles, function errors, partial and invalid
/// responses.
private final class MoodyHandler: RecordHandler {
    private struct Broken: Error {}

    private enum Mood: CaseIterable {
        case done, doneToo, returns, throwsError, throttles, fails, names, isInvalid
    }

    private let judge: RecordJudge
    private let clock: VirtualTime
    private let configuration: ConsumerConfiguration
    private let generator: Mutex<SplitMix64>

    init(judge: RecordJudge, clock: VirtualTime, configuration: ConsumerConfiguration, seed: UInt64) {
        self.judge = judge
        self.clock = clock
        self.configuration = configuration
        self.generator = Mutex(SplitMix64(seed: seed))
    }

    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
        self.check(batch)
        self.judge.began(batch.records)
        let (mood, pause, place) = self.generator.withLock { generator in
            (
                Mood.allCases.randomElement(using: &generator) ?? .done,
                Int.random(in: 0...40, using: &generator),
                batch.records.isEmpty ? 0 : Int.random(in: 0..<batch.records.count, using: &generator)
            )
        }
        // A crash must not look like an end: nothing is told before the time has passed.
        try? await self.clock.sleep(for: .milliseconds(pause))
        let (outcome, done) = self.answer(mood, batch, place)
        self.judge.left(batch.records, done: Task.isCancelled ? 0 : done)
        if Task.isCancelled { throw CancellationError() }
        guard let outcome else { throw Broken() }
        return outcome
    }

    private func check(_ batch: RecordBatch) {
        let isFinal = batch.window?.isFinal ?? false
        if batch.records.isEmpty != isFinal { self.judge.note("\(batch.records.count) records, final: \(isFinal)") }
        if batch.records.count > self.configuration.batchSize { self.judge.note("\(batch.records.count) in a batch") }
        let bytes = batch.records.reduce(14) { $0 + $1.lambdaEvent(streamARN: ScriptedService.streamARN).count + 1 }
        if bytes > self.configuration.batchBytes, batch.records.count > 1 { self.judge.note("\(bytes) in a batch") }
        guard let window = batch.window else { return }
        for record in batch.records where record.createdAt >= window.end {
            self.judge.note("a record of a later window")
        }
    }

    /// The answer, nil for an error that is thrown, and how many records are done with it.
    private func answer(_ mood: Mood, _ batch: RecordBatch, _ place: Int) -> (HandlerOutcome?, done: Int) {
        let all = batch.records.count
        func returns(_ failures: String) -> HandlerOutcome {
            let state = batch.window == nil ? "" : "\"state\":{},"
            return .responded(FunctionResponse(body: Array("{\(state)\"batchItemFailures\":[\(failures)]}".utf8)))
        }
        switch mood {
        case .done, .doneToo: return (.done, all)
        case .returns: return (returns(""), all)
        case .throwsError: return (nil, 0)
        case .throttles: return (.retry(after: place.isMultiple(of: 2) ? nil : .milliseconds(30), reason: "429"), 0)
        case .fails: return (.responded(FunctionResponse(functionError: "Unhandled")), 0)
        case .names:
            guard all > 0 else { return (returns(""), 0) }
            let name = returns("{\"itemIdentifier\":\"\(batch.records[place].sequenceNumber)\"}")
            return (name, self.configuration.reportsBatchItemFailures ? place : all)
        case .isInvalid: return (returns("{}"), self.configuration.reportsBatchItemFailures ? 0 : all)
        }
    }
}

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
        for _ in 0..<Int.random(in: 5...25, using: &generator) {
            if next < 6, Int.random(in: 0..<8, using: &generator) == 0 {
                // A key stays in its half: the first shard rolls over, the second one splits into one that is used.
                let half = Int.random(in: 0...1, using: &generator)
                run.service.close(shards[half], children: half == 0 ? [next] : [next, next + 1])
                shards[half] = next
                next += half + 1
            }
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let number = Int.random(in: 0..<12, using: &generator)
                let shard = shards[number % 2]
                let kind = ChangeKind.allCases.randomElement(using: &generator) ?? .insert
                let age = Int.random(in: 0..<20, using: &generator) == 0 ? 70 : 0
                let record = run.service.write(
                    "k\(number)",
                    to: shard,
                    kind: kind,
                    createdAt: run.world.now.advanced(by: .seconds(-age))
                )
                if kind != .modify { judge.wrote(record, to: ScriptedService.shard(shard)) }
            }
            try await run.world.sleep(for: .milliseconds(Int.random(in: 0...300, using: &generator)))
        }
        run.service.disable()
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

        mutating func add(_ session: EngineRun.Session, crashes: Int) {
            let totals = session.state.totals
            self.totals.splits += totals.splits
            self.totals.partialSuccesses += totals.partialSuccesses
            self.totals.attemptsExhausted += totals.attemptsExhausted
            self.totals.ageExceeded += totals.ageExceeded
            self.totals.destinationFailed += totals.destinationFailed
            self.totals.filteredOut += totals.filteredOut
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
                ("lanes", self.lanes.count - 3), ("shards", self.shards - 4),
            ]
            return counts.filter { $0.1 <= 0 }.map(\.0)
        }
    }

    private static func check(seed: UInt64, _ met: inout Met) throws {
        var generator = SplitMix64(seed: seed)
        let world = VirtualTime(seed: seed)
        let judge = RecordJudge()
        let configuration = Self.settings(seed, &generator)
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
            _ = run.start(consumer, maximumJobs: jobs)
            world.forgetPrograms()
            judge.crashed()
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
        Self.checkWindows(session, configuration, seed: seed)
        met.add(session, crashes: crashes)
    }

    /// Where nobody else has to be waited for, no batch gathers for longer than its window.
    private static func checkWindows(_ session: EngineRun.Session, _ configuration: ConsumerConfiguration, seed: UInt64)
    {
        guard configuration.maximumConcurrentBatches == nil else { return }
        var lanes: [BatchID: LaneID] = [:]
        var free: [LaneID: Timestamp] = [:]
        for event in session.events {
            switch event.kind {
            case .batchFormed(let batch):
                let lane = LaneID(batch.shard, batch.lane)
                lanes[batch.id] = lane
                let since = max(batch.firstReadAt, free[lane] ?? batch.firstReadAt)
                // A position that is stored in between takes its time.
                let limit = configuration.batchWindow + .milliseconds(60)
                #expect(event.at.since(since) <= limit, "seed \(seed), batch \(batch.id.number)")
            case .batchFinished(let outcome):
                if let lane = lanes[outcome.id] { free[lane] = event.at }
            default: break
            }
        }
    }

    @Test(arguments: 0..<20)
    func nothingIsLostOutOfOrderOrUnaccounted(_ group: Int) throws {
        var met = Met()
        for seed in UInt64(group * 100)..<UInt64(group * 100 + 100) { try Self.check(seed: seed, &met) }
        #expect(met.missing == [])
    }
}
