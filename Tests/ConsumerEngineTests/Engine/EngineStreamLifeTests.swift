// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// A stream that is switched off, goes, or comes back as another one is told of as what it is.
@Suite(.timeLimit(.minutes(1)))
struct EngineStreamLifeTests {
    private static let former = StreamARN(
        "arn:aws:dynamodb:us-east-1:000000000000:table/Staging/stream/2025-12-31T00:00:00.000"
    )

    @Test(arguments: [
        (StartingPosition.trimHorizon, "from its oldest record"), (.latest, "LATEST"),
    ])
    func aStreamThatReplacesAnotherIsSaidToBeNewOnce(position: StartingPosition, fact: String) throws {
        var run = EngineRun()
        run.configuration.startingPosition = position
        run.store = RenewedStore(after: Self.former)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let session = try run.run()
        #expect(session.error == nil)
        let notice = try #require(session.notices.first { $0.code == "stream-replaced" })
        #expect(notice.level == .warning)
        for fact in ["table Staging was switched off and on again", Self.former.text, fact] {
            #expect(notice.message.contains(fact), "\(notice.message)")
        }
        // The old one is no loss: it can still be read.
        #expect(session.losses == [] && session.state.totals.errors == 0)
        #expect(session.state.totals.succeeded == (position == .latest ? 0 : 5))

        let second = try run.run()
        #expect(second.notices.filter { $0.code == "stream-replaced" } == [])
    }

    @Test func aStreamThatIsSwitchedOffIsReadToItsEndAndThenSaidToBeOver() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(120)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let service = run.service
        let states = Mutex<[MappingState]>([])
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(5))
            service.write(5..<8, to: 1)
            service.disable()
            try await world.sleep(for: .seconds(60))
            states.withLock { $0.append(consumer.session.state.mappingState) }
        }
        #expect(session.error == nil)
        #expect(handler.keys == (0..<8).map { "k\($0)" })
        #expect(session.kinds.contains(.streamChanged(.disabled)))
        #expect(session.checkpoints(of: 1).last == .shardEnd)
        let told = session.notices.filter { $0.code == "stream-ended" }
        #expect(told.count == 1)
        #expect(told.first?.level == .warning)
        #expect(told.first?.message.contains("new stream with an ARN of its own") == true)
        #expect(session.losses == [])
        // Who deletes the table does not switch its consumer off.
        #expect(states.withLock { $0 } == [.enabled])
    }

    /// 24 hours after it was switched off, with records that nobody has read.
    @Test func aStreamThatGoesWhileItIsReadIsALossAndEndsTheSession() throws {
        var run = EngineRun()
        run.configuration.untilIdle = nil
        run.configuration.discoveryInterval = .seconds(10)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(5))
            service.fail(.describeStream, with: [DynamoDBError(.resourceNotFound, "Stream not found", status: 400)])
            service.forget(1)
        }
        #expect(session.losses.map(\.shard) == [ScriptedService.shard(1)])
        #expect(session.state.totals.dataLosses == 1)
        #expect(session.activities(of: 1).last == .vanished)
        #expect(session.consumerError?.code == .streamNotFound)
        for fact in ["gone after 24 hours", "gives it a new ARN", "weir streams"] {
            #expect(session.consumerError?.message.contains(fact) == true)
        }
    }

    /// An iterator at LATEST is not sharp on AWS: what was written shortly before may come all the same.
    @Test func atLatestWhatTheServiceGivesOfBeforeIsHandled() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startingPosition = .latest
        run.configuration.untilIdle = .seconds(10)
        run.service.behave { $0.latestSlack = 2 }
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(3))
            service.write(5..<7, to: 1)
        }
        #expect(session.error == nil)
        #expect(handler.keys == (3..<7).map { "k\($0)" })
        #expect(session.imbalances == [] && session.losses == [])
    }
}
