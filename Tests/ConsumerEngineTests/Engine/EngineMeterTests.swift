// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// What a handler leaves word of in the meter of its batch.
@Suite(.timeLimit(.minutes(1)))
struct EngineMeterTests {
    /// Does one record of what is left of a batch, and is throttled then.
    private final class SlowHandler: RecordHandler {
        let seen = Mutex<[(batch: BatchID, left: Int)]>([])
        let pace: WritePace?

        init(pace: WritePace? = nil) {
            self.pace = pace
        }

        func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
            let left = meter.remaining(of: batch.records)
            self.seen.withLock { $0.append((batch.id, left.count)) }
            if let pace { meter.tell(pace) }
            guard let first = left.first, left.count > 1 else { return .done }
            meter.markDone([first.sequenceNumber])
            return .retry(after: .milliseconds(10), reason: "throttled")
        }
    }

    @Test func whatIsDoneIsRememberedAsLongAsTheBatch() throws {
        let handler = SlowHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 4
        run.service.addShard(1)
        _ = run.service.write(0..<8, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.state.totals.succeeded == 8)
        let seen = handler.seen.withLock { $0 }
        #expect(seen.map(\.left) == [4, 3, 2, 1, 4, 3, 2, 1])
        #expect(seen.map(\.batch.number) == [1, 1, 1, 1, 2, 2, 2, 2])
    }

    /// Does something twice a second for five seconds.
    private struct LongHandler: RecordHandler {
        let clock: any SessionClock

        func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
            for _ in 0..<10 {
                meter.add(HandlerWork(requests: ["DeleteItem": 1], itemsDeleted: 1, writeCapacityUnits: 2))
                try await self.clock.sleep(for: .milliseconds(500))
            }
            meter.add(HandlerWork(singleRequests: batch.records.count))
            return .done
        }
    }

    @Test func whatIsDoneIsToldEverySecondAndCountedOnce() throws {
        var run = EngineRun()
        run.handler = LongHandler(clock: run.world)
        run.service.addShard(1)
        _ = run.service.write(0..<20, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        let told = session.kinds.compactMap { if case .batchWorked(let work) = $0 { work } else { nil } }
        #expect((4...5).contains(told.count), "\(told)")
        #expect(told.allSatisfy { (1...3).contains($0.work.itemsDeleted) && $0.id == BatchID(1) })
        let outcome = try #require(session.outcomes.first)
        let whole = HandlerWork(
            requests: ["DeleteItem": 10],
            itemsDeleted: 10,
            singleRequests: 20,
            writeCapacityUnits: 20
        )
        #expect(outcome.work == whole)
        var sum = outcome.untoldWork
        for work in told { sum.add(work.work) }
        #expect(sum == whole)
        #expect(session.state.totals.work == whole)
        #expect(session.state.shards.first?.totals.work == whole)
        #expect(session.state.batches.last?.work == whole)
        // Each second has what was done in it.
        let busy = session.state.seconds.filter { $0.deletes > 0 }
        #expect(busy.count >= 5)
        #expect(busy.allSatisfy { $0.deletes <= 3 })
        #expect(busy.reduce(0) { $0 + $1.deletes } == 10)
    }

    @Test func aPaceIsPublishedWhileTheBatchIsInTheHandler() throws {
        let pace = WritePace(limit: 3, maximum: nil, change: .slowed, reason: "full")
        var run = EngineRun(handler: SlowHandler(pace: pace))
        run.configuration.batchSize = 1
        run.service.addShard(1)
        _ = run.service.write(0..<1, to: 1)
        let session = try run.run()
        let places = session.kinds.indices.filter { session.kinds[$0] == .paced(pace) }
        #expect(places.count == 1)
        let finished = try #require(session.kinds.firstIndex { if case .batchFinished = $0 { true } else { false } })
        #expect(places.allSatisfy { $0 < finished })
        #expect(session.state.writePace == pace)
    }
}
