// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import ConsumerEngine

/// No call that fails is made again without anybody hearing of it.
@Suite("Calls that fail in a session", .timeLimit(.minutes(1)))
struct EngineFailedCallTests {
    private static let throttled = DynamoDBError(.throttling, "slow", status: 400)
    private static let broken = DynamoDBError(.connectionFailed, "reset")

    private static func failures(_ session: EngineRun.Session) -> [CallFailure] {
        session.kinds.compactMap { if case .callFailed(let failure) = $0 { failure } else { nil } }
    }

    /// One request a batch, of which the first one's first two tries fail.
    private struct Repeating: RecordHandler {
        func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome {
            if batch.id == BatchID(1) {
                for isThrottling in [true, false] {
                    FailedCall(operation: "Put", code: "c", message: "m", isThrottling: isThrottling).tell()
                }
                // A condition that is not met is an answer.
                FailedCall(operation: "Put", code: "ConditionalCheckFailedException", message: "", isThrottling: false)
                    .tell()
            }
            meter.add(HandlerWork(requests: ["Put": 1]))
            if batch.id == BatchID(2), batch.attempt == 1 {
                FailedCall(operation: "Put", code: "c", message: "m", isThrottling: false, isRepeated: false).tell()
                return .retry(after: nil, reason: "m")
            }
            return .done
        }
    }

    @Test func everyReadThatFailsIsAnEventAndCounted() throws {
        let run = EngineRun(handler: ScriptedHandler())
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        run.service.fail(.records, with: Array(repeating: Self.throttled, count: 4) + [Self.broken])
        run.service.fail(.shardIterator, with: [Self.broken])
        run.service.fail(.describeStream, with: [Self.throttled])
        let session = try run.run()
        let failures = Self.failures(session)
        let shard = ScriptedService.shard(1)
        #expect(failures.filter { $0.operation == "DescribeStream" && $0.shard == nil && $0.isThrottling }.count == 1)
        #expect(failures.filter { $0.operation == "GetShardIterator" && $0.shard == shard }.count == 1)
        #expect(failures.filter { $0.operation == "GetRecords" && $0.shard == shard && $0.isThrottling }.count == 4)
        #expect(failures.filter { $0.code == "ConnectionFailed" }.count == 2)
        let totals = session.state.totals
        #expect((totals.failedReads.count, totals.failedReads.throttled) == (7, 5))
        #expect(totals.throttles == 5 && totals.succeeded == 10)
    }

    /// One closed connection is no error; a service that stays away is.
    @Test func aFailureIsAnErrorFromTheThirdInARowOn() throws {
        for (count, level) in [(2, Notice.Level.warning), (3, .error)] {
            let run = EngineRun(handler: ScriptedHandler())
            run.service.addShard(1)
            run.service.write(0..<10, to: 1)
            run.service.fail(.records, with: Array(repeating: Self.broken, count: count))
            let session = try run.run()
            #expect(session.notices.filter { $0.code == "ConnectionFailed" }.map(\.level).max() == level)
            #expect(session.state.totals.errors == (level == .error ? 1 : 0))
        }
    }

    @Test func aRequestThatIsRepeatedBelowTheHandlerCountsWithItsOwn() throws {
        var run = EngineRun(handler: Repeating())
        run.configuration.batchSize = 5
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let session = try run.run()
        let work = session.state.totals.work
        #expect(work.requests == ["Put": 5] && work.failedRequests == 3 && work.throttles == 1)
        let failures = Self.failures(session)
        #expect(
            failures.map(\.batch) == [BatchID(1), BatchID(1), BatchID(2)]
                && failures.allSatisfy { $0.shard == ScriptedService.shard(1) }
        )
        #expect(session.state.totals.failedReads.count == 0)
        // Nobody listens outside.
        #expect(FailedCall.listener.map { _ in 1 } == nil)
    }

    @Test func theStatesAreEventsAndTheEndIsTheLastOne() throws {
        let run = EngineRun(handler: ScriptedHandler())
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let session = try run.run()
        let changes = session.kinds.compactMap { if case .stateChanged(let change) = $0 { change } else { nil } }
        let whole = changes.filter { $0.shard == nil }.map(\.to)
        #expect(whole == [.creating, .enabled, .disabled])
        #expect(changes.filter { $0.shard == ScriptedService.shard(1) }.map(\.to) == [.creating, .enabled, .disabled])
        for (before, after) in zip(changes.filter { $0.shard == nil }, changes.filter { $0.shard == nil }.dropFirst()) {
            #expect(after.from == before.to)
        }
        let isLast = if case .ended = session.kinds.last { true } else { false }
        #expect(isLast)
    }
}
