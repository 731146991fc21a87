// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EngineEndTests {
    /// A run whose first batch takes so long in the handler; cancelled two seconds after its begin.
    private func cancelledRun(
        handlerTime: Duration,
        isDeaf: Bool = false
    ) throws -> (session: EngineRun.Session, took: Duration, run: EngineRun) {
        let world = VirtualTime(seed: 4)
        let handler = ScriptedHandler { _, _ in
            if isDeaf {
                // Does not hear of its own cancellation.
                try await Task(executorPreference: world) { try await world.sleep(for: handlerTime) }.value
            } else {
                try await world.sleep(for: handlerTime)
            }
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 4), handler: handler)
        run.configuration.batchSize = 10
        run.configuration.untilIdle = nil
        run.service.addShard(1)
        run.service.write(0..<50, to: 1)
        let consumer = run.makeConsumer()
        let frames = consumer.session.frames(bufferLimit: 100_000)
        let began = world.now
        let outcome = world.run { () -> EngineRun.Session in
            async let recording = EventRecorder().record(frames)
            let task = Task(executorPreference: world) { try await consumer.run() }
            try await world.sleep(for: .seconds(2))
            task.cancel()
            var failure: (any Error)?
            if case .failure(let error) = await task.result { failure = error }
            let recorded = await recording
            return EngineRun.Session(
                error: failure,
                events: recorded.events,
                state: consumer.session.state,
                imbalances: recorded.imbalances
            )
        }
        guard case .finished(let result) = outcome else { throw EngineRun.Unfinished(consumer, "\(outcome)") }
        return (try result.get(), world.now.since(began), run)
    }

    @Test func aBatchInFlightMayEndAndItsPositionIsStored() async throws {
        let (session, took, run) = try self.cancelledRun(handlerTime: .seconds(4))
        #expect(session.error == nil)
        #expect(session.state.endedBecause == "stopped")
        #expect(took == .seconds(4))
        #expect(session.state.totals.succeeded == 10)
        let states = session.kinds.compactMap { if case .stateChanged(let change) = $0 { change } else { nil } }
        let whole = states.filter { $0.shard == nil }
        #expect(whole.map(\.to).suffix(2) == [.disabling, .disabled])
        #expect(whole.map(\.from).suffix(2) == [.enabled, .disabling])
        #expect(states.filter { $0.shard != nil }.map(\.to).suffix(2) == [.disabling, .disabled])
        #expect(session.checkpoints(of: 1).count == 1)
        #expect(try await run.store.positions().count == 1)
    }

    @Test func aHandlerThatTakesTooLongIsCancelledAndItsPositionStays() async throws {
        let (session, took, run) = try self.cancelledRun(handlerTime: .seconds(100))
        #expect(session.error == nil)
        #expect(took == .seconds(7))
        #expect(
            try await run.store.positions() == [
                ScriptedService.shard(1): .before(try #require(session.formed.first?.records.first).sequenceNumber)
            ]
        )
        let outcomes = session.kinds.compactMap { if case .batchFinished(let outcome) = $0 { outcome } else { nil } }
        guard case .abandoned? = outcomes.first?.result, outcomes.count == 1 else {
            Issue.record("\(outcomes)")
            return
        }
        // It was sent, and nobody knows how it went.
        let totals = session.state.totals
        #expect((totals.attempts, totals.invoked, totals.failedInvokes) == (1, 10, 0))
    }

    @Test func aHandlerThatIsDeafIsLeftAloneAndStoresNothingLater() async throws {
        let (session, took, run) = try self.cancelledRun(handlerTime: .seconds(100), isDeaf: true)
        #expect(session.error == nil)
        #expect(took == .seconds(8))
        let world = run.world
        _ = world.run { try await world.sleep(for: .seconds(200)) }
        #expect(
            try await run.store.positions() == [
                ScriptedService.shard(1): .before(try #require(session.formed.first?.records.first).sequenceNumber)
            ]
        )
    }

    @Test func aBatchThatWaitsForItsNextAttemptIsGivenUp() throws {
        let handler = ScriptedHandler { _, _ in .retry(after: .seconds(600), reason: "busy") }
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(10)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let began = run.world.now
        let session = try run.run()
        #expect(session.error == nil)
        #expect(run.world.now.since(began) == .seconds(10))
        #expect(session.checkpoints(of: 1) == [])
        #expect(session.state.endedBecause == "10.0 seconds have passed")
    }

    @Test func aRunCanBeCancelledAtEveryAwaitAndContinued() throws {
        var job = 1
        var cancelled = 0
        while true {
            let handler = ScriptedHandler()
            var run = EngineRun(seed: 11, handler: handler)
            run.configuration.batchSize = 4
            run.configuration.endsWithShards = true
            run.store = SlowStore(clock: run.world)
            run.service.behave { $0.latency = .milliseconds(1)...(.milliseconds(9)) }
            run.service.addShard(1)
            run.service.write(0..<9, to: 1)
            run.service.close(1, children: [2, 3])
            run.service.write(9..<14, to: 2)
            run.service.write(14..<20, to: 3)
            run.service.disable()
            let first = try run.run(cancelAfterJobs: job)
            try #require(first.error == nil, "cancelled after job \(job)")
            #expect(first.imbalances == [])
            if first.state.endedBecause == "stopped" { cancelled += 1 }
            let second = try run.run()
            try #require(second.error == nil, "resumed after job \(job)")
            // An orderly end repeats nothing and leaves out nothing.
            #expect(handler.keys.sorted() == (0..<20).map { "k\($0)" }.sorted(), "cancelled after job \(job)")
            guard first.state.endedBecause == "stopped" else { break }
            job += 1
        }
        #expect(cancelled > 100)
    }

    @Test func aCrashAtEveryAwaitLosesNothing() throws {
        var job = 1
        var hasRepeated = false
        while true {
            let handler = ScriptedHandler()
            var run = EngineRun(seed: 12, handler: handler)
            run.configuration.batchSize = 4
            run.configuration.endsWithShards = true
            run.store = SlowStore(clock: run.world)
            run.service.behave { $0.latency = .milliseconds(1)...(.milliseconds(9)) }
            run.service.addShard(1)
            run.service.write(0..<9, to: 1)
            run.service.close(1, children: [2, 3])
            run.service.write(9..<14, to: 2)
            run.service.write(14..<20, to: 3)
            run.service.disable()
            let outcome = run.start(run.makeConsumer(), maximumJobs: job)
            run.world.forgetPrograms()
            let second = try run.run()
            try #require(second.error == nil, "crashed after job \(job)")
            let keys = handler.keys
            #expect(Set(keys) == Set((0..<20).map { "k\($0)" }), "crashed after job \(job)")
            if keys.count > 20 { hasRepeated = true }
            // Parents first, in both lives: what a child brings comes after all of its parent.
            let lastParent = keys.lastIndex { (0..<9).map { "k\($0)" }.contains($0) } ?? 0
            let firstChild = keys.firstIndex { !(0..<9).map { "k\($0)" }.contains($0) } ?? .max
            #expect(lastParent < firstChild, "crashed after job \(job)")
            if case .finished = outcome { break }
            job += 1
        }
        #expect(hasRepeated)
        #expect(job > 100)
    }
}
