// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Where the first run began holds for all later ones, whatever they are told: at least once, never a gap.
@Suite(.timeLimit(.minutes(1)))
struct EngineBeginningTests {
    @Test func aShardOfWhichNothingWasHandledIsGoneOnWithWhereTheFirstRunBegan() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.addShard(2)
        run.service.write(0..<30, to: 1)
        run.service.write(30..<60, to: 2)
        run.configuration.startingPosition = .trimHorizon
        run.configuration.batchSize = 10
        run.configuration.maxRecords = 10
        _ = try run.run()
        #expect(handler.keys.count < 60)

        run.configuration.startingPosition = .latest
        run.configuration.maxRecords = nil
        run.configuration.untilIdle = .seconds(5)
        _ = try run.run()
        #expect(Set(handler.keys) == Set((0..<60).map { "k\($0)" }))
    }

    @Test func whatIsWrittenBetweenARunThatFoundNothingAndTheNextIsHandled() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.configuration.startingPosition = .trimHorizon
        run.configuration.untilIdle = .seconds(5)
        _ = try run.run()
        #expect(handler.keys.isEmpty)

        run.service.write(0..<5, to: 1)
        run.configuration.startingPosition = .latest
        _ = try run.run()
        #expect(handler.keys == (0..<5).map { "k\($0)" })
    }

    /// A run that begins one shard and handles nothing of it, as it is busy with another one.
    private func beginOnly(
        _ position: StartingPosition = .trimHorizon
    ) throws -> (EngineRun, ScriptedHandler, written: [SequenceNumber]) {
        let handler = ScriptedHandler { _, batch in
            batch.shard == ScriptedService.shard(1) ? .retry(after: .seconds(600), reason: "busy") : .done
        }
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.configuration.startingPosition = position
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(10)
        let session = try run.run { [service = run.service] _, world in
            try await world.sleep(for: .seconds(5))
            service.write(0..<10, to: 1)
        }
        let written = session.formed.flatMap(\.records).map(\.sequenceNumber)
        #expect(session.error == nil)
        #expect(session.losses == [])
        #expect(session.positions(of: 1) == written.first.map { [.before($0)] })
        let next = ScriptedHandler()
        run.handler = next
        run.configuration.untilIdle = .seconds(5)
        run.configuration.runFor = nil
        return (run, next, written)
    }

    @Test(arguments: [StartingPosition.trimHorizon, .latest])
    func whatWasReadAndIsTrimmedBeforeTheNextRunIsALoss(_ position: StartingPosition) throws {
        let (run, handler, written) = try self.beginOnly(position)
        run.service.trim(1, count: 4)
        let session = try run.run()
        let loss = try #require(session.losses.first)
        #expect(session.losses.count == 1)
        #expect(loss.shard == ScriptedService.shard(1))
        #expect(loss.reason.contains("record \(written[0]) was trimmed before it was handled"))
        #expect(handler.keys == (4..<10).map { "k\($0)" })
    }

    @Test(arguments: [StartingPosition.trimHorizon, .latest])
    func whatWasReadAndIsStillThereIsNoLoss(_ position: StartingPosition) throws {
        let (run, handler, _) = try self.beginOnly(position)
        let session = try run.run()
        #expect(session.losses == [])
        #expect(session.notices.allSatisfy { $0.level == .info })
        #expect(handler.keys == (0..<10).map { "k\($0)" })
    }

    @Test func aLossIsToldOfOnceAlthoughNothingIsHandledAfterIt() throws {
        var (run, _, written) = try self.beginOnly()
        run.service.trim(1, count: 4)
        run.handler = ScriptedHandler { _, _ in .retry(after: .seconds(600), reason: "busy") }
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(10)
        let session = try run.run()
        #expect(session.losses.count == 1)
        #expect(session.positions(of: 1) == [.before(written[4])])
        #expect(try run.run().losses == [])
        run.service.trim(1, count: 1)
        #expect(try run.run().losses.count == 1)
    }

    @Test func whatLiesBeforeTheStartIsNoLossWhenItIsTrimmed() throws {
        let handler = ScriptedHandler { _, _ in .retry(after: .seconds(600), reason: "busy") }
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        let world = run.world
        _ = world.run { try await world.sleep(for: .seconds(60)) }
        run.configuration.startingPosition = .latest
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(10)
        let session = try run.run { [service = run.service] _, world in
            // The iterator at LATEST is lost, and the oldest records are read instead.
            try await world.sleep(for: .seconds(2))
            service.expireIterators()
            service.write(5..<8, to: 1)
        }
        let first = try #require(session.formed.first?.records.first)
        #expect(ScriptedHandler.key(of: first) == "k5")
        #expect(session.positions(of: 1) == [.before(first.sequenceNumber)])
        run.service.trim(1, count: 5)
        #expect(try run.run().losses == [])
    }

    @Test(arguments: [StartingPosition.trimHorizon, .latest])
    func aShardThatIsGoneBeforeARecordOfItCameIsALoss(_ position: StartingPosition) throws {
        var run = EngineRun()
        run.service.addShard(1)
        run.configuration.startingPosition = position
        #expect(try run.run().losses == [])
        run.service.close(1, children: [2])
        run.service.forget(1)
        let session = try run.run()
        #expect(session.losses.map(\.shard) == [ScriptedService.shard(1)])
        #expect(session.losses.first?.reason.contains("if it held something") == true)
        #expect(session.activities(of: 1).last == .vanished)
        #expect(try run.run().losses == [])
    }

    @Test(arguments: [StartingPosition.trimHorizon, .latest], [86_300, 86_500])
    func anEmptyShardThatWasNotReadForADayMayHaveLostRecords(_ position: StartingPosition, seconds: Int) throws {
        var run = EngineRun()
        run.service.addShard(1)
        run.configuration.startingPosition = position
        #expect(try run.run().notices.allSatisfy { $0.code != Notice.unreadForLong })
        let world = run.world
        _ = world.run { try await world.sleep(for: .seconds(seconds)) }
        let notices = try run.run().notices.filter { $0.code == Notice.unreadForLong }
        #expect(notices.map(\.level) == (seconds > 86_400 ? [.warning] : []))
        #expect(
            notices.allSatisfy { $0.shard == ScriptedService.shard(1) && $0.message.contains("24 hours ago is lost") }
        )
    }

    @Test func aShardThatWasHeldForADayBeforeItsFirstReadMayHaveLostRecords() throws {
        for hours in [23, 25] {
            var run = EngineRun()
            run.service.addShard(1)
            run.configuration.untilIdle = nil
            run.configuration.runFor = .seconds(hours * 3600 + 60)
            run.configuration.startsHeld = true
            let session = try run.run { consumer, world in
                try await world.sleep(for: .seconds(hours * 3600))
                try await consumer.session.perform(.resume)
            }
            #expect(session.notices.contains { $0.code == Notice.unreadForLong } == (hours > 24))
        }
    }

    @Test(arguments: [StartingPosition.trimHorizon, .latest])
    func aQuietShardThatIsReadNowAndThenIsNoReasonToWarn(_ position: StartingPosition) throws {
        var run = EngineRun()
        run.service.addShard(1)
        run.configuration.startingPosition = position
        let world = run.world
        for _ in 0..<3 {
            let session = try run.run()
            #expect(session.notices.allSatisfy { $0.code != Notice.unreadForLong })
            _ = world.run { try await world.sleep(for: .seconds(20 * 3600)) }
        }
        // Where it began holds: what came meanwhile is handled, and what was there before is not.
        let handler = ScriptedHandler()
        run.handler = handler
        run.service.write(0..<3, to: 1)
        #expect(try run.run().losses == [])
        #expect(handler.keys == ["k0", "k1", "k2"])
    }

    @Test func thatNothingHasComeIsStoredSeldom() throws {
        var run = EngineRun()
        run.service.addShard(1)
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(3 * 3600 + 60)
        let session = try run.run()
        #expect(session.positions(of: 1).count == 3)
    }

    @Test func aLossBehindWhatIsHandledIsToldOnceAlthoughNothingMoreComes() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<50, to: 1)
        run.configuration.batchSize = 10
        run.configuration.maxRecords = 10
        _ = try run.run()
        run.service.trim(1, count: 50)
        run.configuration.maxRecords = nil
        #expect(try run.run().losses.count == 1)
        let second = try run.run()
        #expect(second.losses == [])
        #expect(second.notices.allSatisfy { $0.level == .info })
        // What comes then is handled, and lost again if it is trimmed unread.
        run.service.write(50..<55, to: 1)
        #expect(try run.run().losses == [])
        #expect(handler.keys.count == 15)
        run.service.write(55..<60, to: 1)
        run.service.trim(1, count: 10)
        #expect(try run.run().losses.count == 1)
        // Nobody can tell of what comes and goes behind it, but for the time.
        let world = run.world
        _ = world.run { try await world.sleep(for: .seconds(25 * 3600)) }
        #expect(try run.run().notices.contains { $0.code == Notice.unreadForLong })
    }

    @Test func aShardThatCameAndWentBetweenTwoRunsIsALoss() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.close(1)
        run.configuration.untilIdle = nil
        run.configuration.endsWithShards = true
        #expect(try run.run().losses == [])
        #expect(try run.run().losses == [])
        run.service.addShard(2, parent: 1)
        run.service.write(5..<8, to: 2)
        run.service.close(2, children: [3])
        run.service.write(8..<10, to: 3)
        run.service.close(3)
        run.service.forget(1)
        run.service.forget(2)
        let session = try run.run()
        #expect(session.losses.map(\.shard) == [ScriptedService.shard(2)])
        #expect(session.losses.first?.reason.contains("came and went between two runs") == true)
        #expect(handler.keys == [0, 1, 2, 3, 4, 8, 9].map { "k\($0)" })
        #expect(try run.run().losses == [])
    }

    @Test func whatLiesBeforeAPassedOverShardIsNoLossWhenItIsNoLongerListed() throws {
        var run = EngineRun()
        run.service.addShard(1)
        run.service.close(1, children: [2])
        run.service.close(2, children: [3])
        run.configuration.startingPosition = .latest
        #expect(try run.run().losses == [])
        // 1 and 2 were passed over, and 1 leaves the list first.
        run.service.forget(1)
        #expect(try run.run().losses == [])
    }

    @Test func aFirstRunKnowsOfNoShardThatItCouldHaveMissed() throws {
        let run = EngineRun()
        run.service.addShard(1)
        run.service.close(1, children: [2])
        run.service.forget(1)
        #expect(try run.run().losses == [])
    }
}
