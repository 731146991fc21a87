// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// One test for each thing that goes wrong after reading: with positions, leases, handlers, and refusals for good.
@Suite(.timeLimit(.minutes(1)))
struct EngineHandlingFailureTests {
    @Test func aRefusedCheckpointEndsTheSessionAndTellsWhy() throws {
        var run = EngineRun()
        run.store = RefusingStore(error: .backwards(ScriptedService.shard(1), from: .shardEnd, to: .shardEnd))
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let session = try run.run()
        #expect(session.consumerError?.code == .checkpointStorage)
        #expect(session.consumerError?.shardID == ScriptedService.shard(1))
        #expect(session.state.totals.succeeded == 10)
    }

    @Test func aStorageThatFailsIsTriedAgainBeforeTheSessionEnds() throws {
        let store = RefusingStore(error: CheckpointError(.storage, "disk full"), times: 4)
        var run = EngineRun()
        run.store = store
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.notices.contains { $0.code == "checkpoint-storage" })
        #expect(session.checkpoints(of: 1).count == 1)
    }

    @Test func aLostLeaseStopsItsShardOnly() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 5
        let lost = Lease(
            shard: ScriptedService.shard(1),
            owner: "x",
            term: 1,
            position: .trimHorizon(quietUntil: run.world.now)
        )
        run.store = RefusingStore(error: .leaseLost(lost), shard: ScriptedService.shard(1), isTaken: true)
        run.service.addShard(1)
        run.service.addShard(2)
        run.service.write(0..<10, to: 1)
        run.service.write(10..<20, to: 2)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(handler.batches.filter { $0.shard == ScriptedService.shard(1) }.count == 1)
        #expect(handler.batches.filter { $0.shard == ScriptedService.shard(2) }.count == 2)
        let hasStopped = session.activities(of: 1).contains { if case .stopped = $0 { true } else { false } }
        #expect(hasStopped)
    }

    @Test func aHandlerThatThrowsGetsTheBatchAgainAndBlocksItsShardOnly() throws {
        struct Broken: Error {}
        let handler = ScriptedHandler { delivery, batch in
            if batch.shard == ScriptedService.shard(1), batch.attempt < 4 { throw Broken() }
            return .done
        }
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 5
        run.service.addShard(1)
        run.service.addShard(2)
        run.service.write(0..<10, to: 1)
        run.service.write(10..<20, to: 2)
        let session = try run.run()
        #expect(session.error == nil)
        let first = handler.batches.filter { $0.shard == ScriptedService.shard(1) }
        #expect(first.map(\.attempt) == [1, 2, 3, 4, 1, 2, 3, 4])
        #expect(Set(first.prefix(4).map(\.id)).count == 1)
        #expect(session.state.totals.retries == 6)
        #expect(session.state.totals.work.singleRequests == 4 * 10 + 10)
        let second = try #require(handler.batches.lastIndex { $0.shard == ScriptedService.shard(2) })
        let retried = try #require(handler.batches.lastIndex { $0.shard == ScriptedService.shard(1) })
        #expect(second < retried)
        #expect(session.imbalances == [])
    }

    @Test func aHandlerChoosesWhenItsBatchComesAgain() throws {
        let handler = ScriptedHandler { delivery, _ in
            delivery == 0 ? .retry(after: .seconds(77), reason: "full") : .done
        }
        let run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<3, to: 1)
        let session = try run.run()
        let retries = session.kinds.compactMap { if case .batchRetried(let retry) = $0 { retry } else { nil } }
        #expect(retries.map(\.delay) == [.seconds(77)])
        #expect(retries.map(\.reason) == ["full"])
        let outcomes = session.kinds.compactMap { if case .batchFinished(let outcome) = $0 { outcome } else { nil } }
        #expect(outcomes.map(\.attempts) == [2])
        #expect(outcomes.map(\.result) == [.succeeded])
    }

    @Test func aHandlerThatStopsEndsTheSessionAndItsPositionStays() throws {
        let handler = ScriptedHandler { delivery, _ in delivery == 1 ? .stop(reason: "no permission") : .done }
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 5
        run.service.addShard(1)
        let records = run.service.write(0..<20, to: 1)
        let session = try run.run()
        #expect(session.consumerError?.code == .handlerStopped)
        #expect(session.consumerError?.message.contains("no permission") == true)
        #expect(handler.batches.count == 2)
        #expect(session.checkpoints(of: 1) == [.sequenceNumber(records[4].sequenceNumber)])
        #expect(session.state.endedBecause?.contains("no permission") == true)
    }

    @Test func aDryRunMovesNoPositionNotEvenToTheEnd() async throws {
        let handler = ScriptedHandler { _, _ in .doneWithoutCheckpoint }
        var run = EngineRun(handler: handler)
        run.configuration.endsWithShards = true
        run.configuration.eventNames = [.insert]
        run.service.addShard(1)
        let first = run.service.write(0..<5, to: 1)[0]
        run.service.write(5..<9, to: 1, kind: .remove)
        run.service.close(1, children: [2])
        let second = run.service.write(9..<12, to: 2)[0]
        run.service.close(2)
        let session = try run.run()
        #expect(handler.keys.count == 8)
        #expect(session.error == nil)
        let beginnings: [ShardID: CheckpointPosition] = [
            ScriptedService.shard(1): .before(first.sequenceNumber),
            ScriptedService.shard(2): .before(second.sequenceNumber),
        ]
        #expect(try await run.store.positions() == beginnings)
    }

    @Test(arguments: [
        (DynamoDBError(.accessDenied, "not authorized", status: 400), ConsumerError.Code.accessDenied, "GetRecords"),
        (DynamoDBError(.validation, "bad", status: 400), ConsumerError.Code.requestRefused, "ARN"),
        (DynamoDBError(.expiredToken, "old", status: 400), ConsumerError.Code.credentialsRefused, "renew"),
        (DynamoDBError(.malformedResponse, "half"), ConsumerError.Code.serviceFailed, "half"),
    ])
    func whatRepeatingCannotMendEndsTheSessionWithAdvice(
        _ error: DynamoDBError,
        _ code: ConsumerError.Code,
        _ advice: String
    ) throws {
        for operation in [ScriptedService.Operation.records, .describeStream, .shardIterator] {
            let run = EngineRun()
            run.service.addShard(1)
            run.service.fail(operation, with: [error])
            let session = try run.run()
            #expect(session.consumerError?.code == code)
            #expect(session.consumerError?.message.contains(advice) == true)
            // It is an event as well, and counted.
            #expect(session.notices.last?.level == .error && session.notices.last?.message.contains(advice) == true)
            #expect(session.state.totals.errors == 1 && session.state.totals.failedReads.count == 1)
        }
    }

    @Test func aStreamThatDoesNotExistSaysHowToEnableOne() throws {
        var run = EngineRun()
        run.configuration.streamARN = StreamARN("arn:aws:dynamodb:us-east-1:1:table/Other/stream/2026")
        let session = try run.run()
        #expect(session.consumerError?.code == .streamNotFound)
        #expect(session.consumerError?.message.contains("update-table --table-name Other") == true)
    }

    @Test func aStreamWithoutShardsIsNoError() throws {
        let run = EngineRun()
        let session = try run.run()
        #expect(session.error == nil)
        #expect(session.notices.map(\.code) == ["nothing-to-read"])
    }

    @Test func aSettingOutsideOfItsRangeIsRefused() throws {
        var run = EngineRun()
        run.configuration.batchSize = 10_001
        let session = try run.run()
        #expect(session.consumerError?.code == .invalidConfiguration)
        #expect(session.consumerError?.message == "batchSize is 10001, and has to be from 1 to 10000.")
    }
}
