// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Retries, halves, partial responses, ages and discards through the whole engine.
@Suite(.timeLimit(.minutes(1)))
struct EngineRetryTests {
    private struct Broken: Error {}

    /// A handler that fails for batches with one of these keys.
    private func failing(_ keys: Set<String>) -> ScriptedHandler {
        ScriptedHandler { _, batch in
            guard batch.records.contains(where: { keys.contains(ScriptedHandler.key(of: $0)) }) else { return .done }
            return .responded(FunctionResponse(functionError: "Unhandled", body: Array(#"{"errorMessage":"x"}"#.utf8)))
        }
    }

    /// A handler that names these keys as failed.
    private func naming(_ keys: Set<String>) -> ScriptedHandler {
        ScriptedHandler { _, batch in
            let failed = batch.records.filter { keys.contains(ScriptedHandler.key(of: $0)) }
            let names = failed.map { "{\"itemIdentifier\":\"\($0.sequenceNumber)\"}" }.joined(separator: ",")
            return .responded(FunctionResponse(body: Array("{\"batchItemFailures\":[\(names)]}".utf8)))
        }
    }

    private func run(
        _ handler: ScriptedHandler,
        count: Int = 10,
        _ change: (inout EngineRun) -> Void
    ) throws -> (
        EngineRun.Session, EngineRun, [StreamRecord]
    ) {
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 5
        change(&run)
        run.service.addShard(1)
        let records = run.service.write(0..<count, to: 1)
        return (try run.run(), run, records)
    }

    @Test func whatIsUsedUpIsDiscardedToldAndPassed() async throws {
        let destination = ScriptedDestination()
        let (session, run, records) = try self.run(self.failing(["k2"])) {
            $0.configuration.maximumRetryAttempts = 2
            $0.onFailure = destination
        }
        #expect(session.error == nil)
        #expect(session.imbalances == [])
        #expect(session.outcomes.map(\.result) == [.discarded, .succeeded])
        #expect(session.outcomes.map(\.attempts) == [3, 1])
        #expect(session.outcomes.map(\.remaining) == [0, 5])
        let discard = try #require(session.discards.first)
        #expect(session.discards.count == 1)
        #expect(discard.condition == .retryAttemptsExhausted)
        #expect((discard.records, discard.invokeCount) == (5, 3))
        #expect((discard.first, discard.last) == (records[0].sequenceNumber, records[4].sequenceNumber))
        #expect(discard.message == .delivered)
        let message = try #require(destination.messages.first)
        #expect(message.records == Array(records[0..<5]))
        #expect(message.response?.functionError == "Unhandled")
        #expect(message.invokeCount == 3)
        let totals = session.state.totals
        #expect((totals.dropped, totals.attemptsExhausted, totals.ageExceeded) == (5, 5, 0))
        #expect((totals.succeeded, totals.destinationDelivered, totals.destinationFailed) == (5, 5, 0))
        #expect((totals.attempts, totals.invoked, totals.failedInvokes) == (4, 20, 15))
        #expect(session.state.lastResult == .succeeded)
        #expect(try await run.store.positions().values.first == .sequenceNumber(records[9].sequenceNumber))
    }

    @Test func aHandlerThatThrowsUsesUpAttemptsToo() throws {
        let handler = ScriptedHandler { _, _ in throw Broken() }
        let (session, _, _) = try self.run(handler, count: 5) { $0.configuration.maximumRetryAttempts = 0 }
        #expect(handler.batches.count == 1)
        #expect(session.discards.map(\.reason) == ["Broken()"])
        #expect(session.discards.map(\.message) == [.none])
        #expect(session.state.lastResult == .failed)
        #expect(session.state.shards.first?.lastResult.rawValue == "PROBLEM: Function call failed")
    }

    @Test func throttlesAreNoAttempts() throws {
        let handler = ScriptedHandler { delivery, _ in delivery < 20 ? .retry(after: nil, reason: "429") : .done }
        let (session, _, _) = try self.run(handler, count: 5) { $0.configuration.maximumRetryAttempts = 0 }
        #expect(session.discards == [])
        #expect(session.state.totals.succeeded == 5)
        #expect(session.retries.allSatisfy { $0.change == .notInvoked })
        #expect(session.retries.count == 20)
        #expect((session.state.totals.invoked, session.state.totals.failedInvokes) == (5, 0))
        // The pauses grow up to their cap.
        #expect(session.retries.map(\.delay).max() ?? .zero <= .seconds(30))
        #expect(session.retries.last?.delay ?? .zero >= .seconds(15))
    }

    @Test func bisectKeepsGoodRecordsFromBeingDiscarded() throws {
        let handler = self.failing(["k3"])
        let (session, _, records) = try self.run(handler) {
            $0.configuration.maximumRetryAttempts = 1
            $0.configuration.bisectsBatchOnFunctionError = true
        }
        #expect(session.imbalances == [])
        // 0-4, 0-1, 2-4, 2, 3-4, 3, 3 (the second attempt), 4, then the next batch.
        #expect(handler.batches.map { $0.records.count } == [5, 2, 3, 1, 2, 1, 1, 1, 5])
        #expect(session.discards.map(\.first) == [records[3].sequenceNumber])
        #expect(session.discards.map(\.records) == [1])
        #expect(session.state.totals.splits == 3)
        #expect(session.state.totals.succeeded == 9)
        #expect(session.outcomes.map(\.discarded) == [1, 0])
        // What is done before the bad record is stored while the batch goes on.
        #expect(session.checkpoints(of: 1).first == .sequenceNumber(records[1].sequenceNumber))
    }

    @Test func aPartialResponseBringsBackTheRestOnly() throws {
        let handler = self.naming(["k2"])
        let (session, _, records) = try self.run(handler) {
            $0.configuration.maximumRetryAttempts = 3
            $0.configuration.reportsBatchItemFailures = true
        }
        #expect(session.imbalances == [])
        // One delivery in the whole batch, then the rest four times, then the next batch.
        #expect(handler.batches.map { $0.records.count } == [5, 3, 3, 3, 3, 5])
        #expect(session.discards.map(\.invokeCount) == [4])
        #expect(session.discards.map(\.records) == [3])
        #expect(session.state.totals.partialSuccesses == 1)
        #expect(session.state.totals.succeeded == 7)
        #expect(session.retries.first?.change == .rest(done: 2, left: 3))
        #expect(session.checkpoints(of: 1).first == .sequenceNumber(records[1].sequenceNumber))
    }

    @Test func withTheFeatureOffNamedRecordsAreDone() throws {
        let handler = self.naming(["k2"])
        let (session, _, _) = try self.run(handler) { _ in }
        #expect(handler.batches.count == 2)
        #expect(session.state.totals.succeeded == 10)
    }

    @Test func newerRecordsDoNotJoinTheRest() throws {
        let handler = self.naming(["k4"])
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 5
        run.configuration.reportsBatchItemFailures = true
        run.configuration.maximumRetryAttempts = 2
        run.service.addShard(1)
        run.service.write(0..<20, to: 1)
        let session = try run.run()
        #expect(handler.batches.map { $0.records.count } == [5, 1, 1, 1, 5, 5, 5])
        #expect(session.imbalances == [])
    }

    @Test func recordsThatAreTooOldAreDiscardedAndYoungerOnesDelivered() throws {
        let handler = ScriptedHandler()
        let destination = ScriptedDestination()
        var run = EngineRun(handler: handler)
        run.configuration.maximumRecordAge = .seconds(60)
        run.onFailure = destination
        run.service.addShard(1)
        let now = run.world.now
        for (number, age) in [200, 100, 30, 0].enumerated() {
            run.service.write("k\(number)", to: 1, createdAt: now.advanced(by: .seconds(-age)))
        }
        let session = try run.run()
        #expect(handler.keys == ["k2", "k3"])
        #expect(session.discards.map(\.condition) == [.recordAgeExceeded])
        #expect(session.discards.map(\.invokeCount) == [1])
        #expect(destination.messages.first?.response == nil)
        #expect((session.state.totals.ageExceeded, session.state.totals.succeeded) == (2, 2))
        #expect(session.imbalances == [])
    }

    @Test func aBadRecordBlocksItsShardUntilItHasLeftTheStream() throws {
        let handler = self.failing(["k0"])
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 5
        run.configuration.idlePause = .seconds(60)
        run.service.addShard(1)
        let began = run.world.now
        // 23 of the 24 hours are over.
        for number in 0..<10 {
            run.service.write("k\(number)", to: 1, createdAt: began.advanced(by: .seconds(-82_800)))
        }
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.discards.map(\.condition) == [.recordAgeExceeded])
        #expect(session.discards.first?.invokeCount == session.retries.count)
        #expect(session.state.totals.succeeded == 5)
        let took = run.world.now.since(began)
        #expect(took > .seconds(3600) && took < .seconds(3700))
        #expect(session.imbalances == [])
    }

    @Test func aDestinationThatFailsIsReportedAndBlocksNothing() throws {
        let destination = ScriptedDestination { _ in throw Broken() }
        let (session, _, _) = try self.run(self.failing(["k0"])) {
            $0.configuration.maximumRetryAttempts = 0
            $0.onFailure = destination
        }
        #expect(session.discards.map(\.message) == [.dropped(reason: "Broken()")])
        #expect((session.state.totals.destinationFailed, session.state.totals.succeeded) == (5, 5))
        #expect(session.state.log.contains { $0.code == "discard" && $0.message.contains("did not take the message") })
    }

    @Test(arguments: [false, true])
    func aDestinationThatHangsIsLeftBehind(_ isDeaf: Bool) throws {
        var run = EngineRun(handler: self.failing(["k0"]))
        let world = run.world
        run.onFailure = ScriptedDestination { _ in
            if isDeaf {
                try? await Task(executorPreference: world) { try await world.sleep(for: .seconds(5000)) }.value
            } else {
                try await world.sleep(for: .seconds(5000))
            }
        }
        run.configuration.batchSize = 5
        run.configuration.maximumRetryAttempts = 0
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let began = world.now
        let session = try run.run()
        #expect(world.now.since(began) < .seconds(20))
        #expect(session.state.totals.succeeded == 5)
        guard case .dropped? = session.discards.first?.message else { return #expect(Bool(false)) }
    }

    @Test func theEndOfTheSessionLeavesARetriedBatchForTheNextOne() throws {
        let handler = self.naming(["k3"])
        var run = EngineRun(handler: handler)
        run.configuration.reportsBatchItemFailures = true
        run.configuration.runFor = .seconds(30)
        run.configuration.untilIdle = nil
        run.service.addShard(1)
        let records = run.service.write(0..<5, to: 1)
        let session = try run.run()
        #expect(session.imbalances == [])
        #expect(session.checkpoints(of: 1) == [.sequenceNumber(records[2].sequenceNumber)])
        #expect((session.state.totals.succeeded, session.state.totals.returned) == (3, 2))
        #expect(session.state.totals.inFlight == 0)
        let first = handler.batches.count
        _ = try run.run()
        #expect(handler.batches[first].records.map { ScriptedHandler.key(of: $0) } == ["k3", "k4"])
    }
}
