// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EngineDiscoveryTests {
    @Test func allPagesOfTheShardListAreRead() throws {
        let handler = ScriptedHandler()
        let run = EngineRun(handler: handler)
        run.service.behave { $0.shardsPerPage = 2 }
        for shard in 1...7 {
            run.service.addShard(shard)
            run.service.write("k\(shard)", to: shard)
        }
        let session = try run.run()
        #expect(Set(handler.keys) == Set((1...7).map { "k\($0)" }))
        #expect(session.state.shards.count == 7)
    }

    @Test func aChildThatIsListedLateIsFoundSoonAndReadFromItsOldestRecord() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startingPosition = .latest
        run.configuration.untilIdle = .seconds(30)
        run.service.addShard(1)
        let service = run.service
        let hides: @Sendable ([ShardDescription]) -> [ShardDescription] = { $0.filter { $0.parent == nil } }
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(5))
            service.write("a", to: 1)
            service.close(1, children: [2])
            service.write("b", to: 2)
            service.falsifyLists([hides, hides])
            try await world.sleep(for: .seconds(3))
            #expect(handler.keys == ["a", "b"])
        }
        #expect(session.error == nil)
        #expect(session.losses == [])
    }

    @Test func listsThatContradictThemselvesLoseAndRepeatNothing() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.discoveryInterval = .seconds(1)
        run.configuration.untilIdle = .seconds(10)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.close(1, children: [2])
        run.service.write(5..<10, to: 2)
        run.service.falsifyLists([
            { $0.map { ShardDescription(id: $0.id, parent: $0.parent, range: SequenceRange(start: $0.range.start)) } },
            { Array($0.dropFirst()) },
            { _ in [] },
            { $0.reversed() },
        ])
        let session = try run.run()
        #expect(handler.keys == (0..<10).map { "k\($0)" })
        #expect(session.losses == [])
    }

    @Test func atLatestOnlyWhatIsWrittenFromNowOnIsHandled() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.startingPosition = .latest
        run.configuration.untilIdle = .seconds(10)
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.close(1, children: [2])
        run.service.write(5..<10, to: 2)
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(5))
            service.write(10..<15, to: 2)
        }
        #expect(handler.keys == (10..<15).map { "k\($0)" })
        #expect(session.activities(of: 1) == [.finished])
    }

    @Test func aDisabledStreamIsReadToItsEndFromTheOldestRecord() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = nil
        run.configuration.endsWithShards = true
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.close(1, children: [2])
        run.service.write(5..<10, to: 2)
        run.service.disable()
        let began = run.world.now
        let session = try run.run()
        #expect(handler.keys == (0..<10).map { "k\($0)" })
        #expect(session.state.streamStatus == .disabled)
        // Nobody looks for children of a stream that is off.
        #expect(run.world.now.since(began) < .seconds(1))
    }

    @Test func aDisabledStreamAtLatestSaysThatThereIsNothingToRead() throws {
        var run = EngineRun()
        run.configuration.startingPosition = .latest
        run.configuration.endsWithShards = true
        run.service.addShard(1)
        run.service.write(0..<5, to: 1)
        run.service.disable()
        let session = try run.run()
        #expect(session.state.totals.polled == 0)
        #expect(session.notices.contains { $0.message.contains("TRIM_HORIZON") })
    }

    @Test func shardsAreListedEveryTenSecondsAndAtOnceWhenOneEnds() throws {
        var run = EngineRun()
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(95)
        run.service.addShard(1)
        let session = try run.run()
        #expect(session.error == nil)
        #expect(run.service.calls.filter { $0 == .describeStream }.count == 10)
    }

    @Test func oneSampleASecondIsPublished() throws {
        var run = EngineRun()
        run.configuration.untilIdle = nil
        run.configuration.runFor = .milliseconds(10_500)
        run.service.addShard(1)
        let session = try run.run()
        #expect(session.kinds.filter { if case .sample = $0 { true } else { false } }.count == 10)
    }
}
