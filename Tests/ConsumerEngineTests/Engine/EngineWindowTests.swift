// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Tumbling windows through the whole engine: a function that counts in its state.
@Suite(.timeLimit(.minutes(1)))
struct EngineWindowTests {
    /// Adds the records of a batch to the number in the state.
    private static func counting(_ batch: RecordBatch) throws -> HandlerOutcome {
        let state = try #require(batch.window).state
        let text = String(decoding: state, as: UTF8.self)
        let known = Int(text.filter(\.isNumber)) ?? 0
        let body = Array("{\"state\":{\"n\":\(known + batch.records.count)}}".utf8)
        return .responded(FunctionResponse(body: body))
    }

    private func makeRun(_ handler: ScriptedHandler) -> EngineRun {
        var run = EngineRun(handler: handler)
        run.configuration.tumblingWindow = .seconds(60)
        run.configuration.batchSize = 5
        run.service.addShard(1)
        return run
    }

    /// What an invocation was, as text: `+3 from 0`, and `final 8` for the last of a window.
    private func trace(_ handler: ScriptedHandler) -> [String] {
        handler.batches.map { batch in
            let number = String(decoding: batch.window?.state ?? [], as: UTF8.self).filter(\.isNumber)
            let known = number.isEmpty ? "0" : number
            return batch.window?.isFinal == true ? "final \(known)" : "+\(batch.records.count) from \(known)"
        }
    }

    /// Writes records that many seconds after a whole minute.
    private func write(_ ages: [Int], _ run: EngineRun) -> [StreamRecord] {
        let start = Timestamp(seconds: 1_699_999_980)
        return ages.enumerated().map { number, age in
            run.service.write("k\(number)", to: 1, createdAt: start.advanced(by: .seconds(age)))
        }
    }

    @Test func theStateGoesThroughAWindowAndTheNextOneBeginsEmpty() throws {
        let handler = ScriptedHandler { _, batch in try Self.counting(batch) }
        let run = self.makeRun(handler)
        let records = self.write([1, 2, 3, 4, 5, 6, 59, 60, 61, 125], run)
        run.service.close(1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.imbalances == [])
        let first = ["+5 from 0", "+2 from 5", "final 7"]
        #expect(self.trace(handler) == first + ["+2 from 0", "final 2", "+1 from 0", "final 1"])
        #expect(session.state.totals.succeeded == 10)
        // Positions are those of whole windows.
        #expect(
            session.checkpoints(of: 1) == [
                .sequenceNumber(records[6].sequenceNumber), .sequenceNumber(records[8].sequenceNumber),
                .sequenceNumber(records[9].sequenceNumber), .shardEnd,
            ]
        )
        #expect(session.formed.map(\.reason).contains(.tumblingWindow))
    }

    @Test func aQuietShardEndsItsWindowByTheClock() throws {
        let handler = ScriptedHandler { _, batch in try Self.counting(batch) }
        var run = self.makeRun(handler)
        run.configuration.untilIdle = .seconds(5)
        let began = run.world.now
        run.service.write(0..<3, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(self.trace(handler) == ["+3 from 0", "final 3"])
        #expect(session.checkpoints(of: 1).count == 1)
        let took = run.world.now.since(began)
        #expect(took > .seconds(5) && took < .seconds(70))
    }

    @Test func whoWaitsForTheEndOfAWindowSaysSoOnce() throws {
        let handler = ScriptedHandler { _, batch in try Self.counting(batch) }
        var run = self.makeRun(handler)
        run.configuration.untilIdle = .seconds(2)
        run.configuration.tumblingWindow = .seconds(900)
        run.service.write(0..<3, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        let end = try #require(handler.batches.last?.window).end
        let told = session.notices.filter { $0.code == "waits-for-window" }
        #expect(told.map(\.level) == [.info])
        #expect(told.first?.message.contains("waits for the tumbling window that ends at \(end.iso8601)") == true)
        // Whose window is over does not wait.
        let other = self.makeRun(ScriptedHandler { _, batch in try Self.counting(batch) })
        _ = self.write([1, 2], other)
        other.service.close(1)
        #expect(try !other.run().notices.contains { $0.code == "waits-for-window" })
    }

    @Test func aCrashDeliversTheWholeWindowAgain() throws {
        let handler = ScriptedHandler { _, batch in try Self.counting(batch) }
        var run = self.makeRun(handler)
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(10)
        _ = self.write([1, 2, 3, 61, 62], run)
        // The clock stands in the second window, which stays open.
        let first = try run.run()
        #expect(self.trace(handler) == ["+3 from 0", "final 3", "+2 from 0"])
        #expect(first.checkpoints(of: 1).count == 1)
        run.service.close(1)
        run.configuration.runFor = nil
        run.configuration.endsWithShards = true
        let second = try run.run()
        #expect(second.error == nil)
        #expect(self.trace(handler) == ["+3 from 0", "final 3", "+2 from 0", "+2 from 0", "final 2"])
    }

    @Test func aResponseWithoutStateIsAFailedInvocation() throws {
        let handler = ScriptedHandler { delivery, batch in
            delivery < 2 ? .responded(FunctionResponse(body: Array("{}".utf8))) : try Self.counting(batch)
        }
        let run = self.makeRun(handler)
        _ = self.write([1, 2], run)
        run.service.close(1)
        let session = try run.run()
        #expect(self.trace(handler) == ["+2 from 0", "+2 from 0", "+2 from 0", "final 2"])
        #expect(session.retries.allSatisfy { $0.reason.contains("no state") })
        #expect(session.retries.count == 2)
    }

    @Test func aFinalInvocationThatFailsStopsTheShardUntilItSucceeds() throws {
        let handler = ScriptedHandler { delivery, batch in
            guard batch.window?.isFinal == true, delivery < 6 else { return try Self.counting(batch) }
            return .responded(FunctionResponse(functionError: "Unhandled"))
        }
        let run = self.makeRun(handler)
        _ = self.write([1, 61], run)
        run.service.close(1)
        let session = try run.run()
        #expect(session.imbalances == [])
        #expect(self.trace(handler).dropFirst().prefix(6).allSatisfy { $0 == "final 1" })
        #expect(session.state.totals.succeeded == 2)
        #expect(session.outcomes.map(\.records) == [1, 0, 1, 0])
    }

    @Test func aFinalInvocationIsGivenUpAfterItsAttemptsAndThatIsTold() throws {
        let handler = ScriptedHandler { _, batch in
            guard batch.window?.isFinal == true else { return try Self.counting(batch) }
            return .responded(FunctionResponse(functionError: "Unhandled"))
        }
        var run = self.makeRun(handler)
        let destination = ScriptedDestination()
        run.onFailure = destination
        run.configuration.maximumRetryAttempts = 1
        _ = self.write([1, 61], run)
        run.service.close(1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(self.trace(handler) == ["+1 from 0", "final 1", "final 1", "+1 from 0", "final 1", "final 1"])
        #expect(session.notices.count { $0.code == "window-discarded" } == 2)
        #expect(session.outcomes.last?.records == 0)
        #expect(session.outcomes.last?.result == .discarded)
        #expect(session.state.lastResult == .failed)
        #expect(session.discards == [])
        #expect(destination.messages.isEmpty)
        #expect(session.checkpoints(of: 1).last == .shardEnd)
    }

    /// Ten seconds is how long other notices of a kind stay quiet.
    @Test func eachWindowThatIsGivenUpIsToldHoweverSoonItFollows() throws {
        let handler = ScriptedHandler { _, batch in
            guard batch.window?.isFinal == true else { return try Self.counting(batch) }
            return .responded(FunctionResponse(functionError: "Unhandled"))
        }
        var run = self.makeRun(handler)
        run.configuration.tumblingWindow = .seconds(1)
        run.configuration.maximumRetryAttempts = 0
        _ = self.write([1, 2, 3, 4], run)
        run.service.close(1)
        let session = try run.run()
        #expect(session.outcomes.count { $0.result == .discarded } == 4)
        #expect(session.notices.count { $0.code == "window-discarded" } == 4)
    }

    @Test func theLastInvocationIsAsOldAsTheNewestRecordThoughALateOneCameBehindIt() throws {
        let world = VirtualTime(seed: 1)
        let handler = ScriptedHandler { _, batch in
            if batch.window?.isFinal == false { try await world.sleep(for: .seconds(20)) }
            return try Self.counting(batch)
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world), handler: handler)
        run.configuration.tumblingWindow = .seconds(60)
        run.configuration.maximumRecordAge = .seconds(60)
        run.service.addShard(1)
        run.service.write("new", to: 1)
        run.service.write("late", to: 1, createdAt: world.now.advanced(by: .seconds(-50)))
        run.service.close(1)
        let session = try run.run()
        #expect(self.trace(handler) == ["+2 from 0", "final 2"])
        #expect(session.notices.filter { $0.code == "window-discarded" } == [])
        #expect(session.state.totals.succeeded == 2)
    }

    @Test func aStateThatIsTooLargeEndsTheWindowEarly() throws {
        let handler = ScriptedHandler { delivery, batch in
            guard delivery == 0 else { return try Self.counting(batch) }
            let large = String(repeating: "x", count: ResponseReading.stateLimit)
            return .responded(FunctionResponse(body: Array("{\"state\":{\"x\":\"\(large)\"}}".utf8)))
        }
        let run = self.makeRun(handler)
        _ = self.write([1, 2, 3, 4, 5, 6], run)
        run.service.close(1)
        let session = try run.run()
        #expect(session.error == nil)
        let windows = handler.batches.compactMap(\.window)
        #expect(windows.map(\.isFinal) == [false, true, false, true])
        #expect(windows.map(\.isTerminatedEarly) == [false, true, false, false])
        #expect(windows[1].state.count == ResponseReading.stateLimit + 8)
        #expect(windows[2].state == Array("{}".utf8))
        #expect(Set(windows.map(\.start)).count == 1)
        #expect(session.state.totals.succeeded == 6)
    }

    @Test func childrenBeginWithAFreshWindow() throws {
        let handler = ScriptedHandler { _, batch in try Self.counting(batch) }
        var run = self.makeRun(handler)
        run.configuration.endsWithShards = true
        run.service.write(0..<2, to: 1)
        run.service.close(1, children: [2])
        run.service.write(2..<5, to: 2)
        run.service.close(2)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(self.trace(handler) == ["+2 from 0", "final 2", "+3 from 0", "final 3"])
    }

    @Test func aStepDoesNotPassTheEndOfAWindow() throws {
        let handler = ScriptedHandler { _, batch in try Self.counting(batch) }
        var run = self.makeRun(handler)
        run.configuration.startsHeld = true
        run.configuration.batchSize = 100
        _ = self.write([1, 2, 61, 62], run)
        run.service.close(1)
        let session = try run.run { consumer, world in
            for expected in [["+2 from 0"], ["+2 from 0", "final 2", "+2 from 0"]] {
                try await world.sleep(for: .seconds(2))
                try await consumer.session.perform(.stepBatch)
                try await world.sleep(for: .seconds(2))
                #expect(self.trace(handler) == expected)
            }
            try await consumer.session.perform(.resume)
        }
        #expect(session.error == nil)
        #expect(self.trace(handler).last == "final 2")
    }
}
