// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Beginning at LATEST and losing the place before a record has come: nothing from before, and no gap.
@Suite(.timeLimit(.minutes(1)))
struct EngineLatestTests {
    /// A run at LATEST on a shard that has records of an hour ago and of just before.
    private func makeRun(
        _ handler: ScriptedHandler,
        before: [Duration] = [.seconds(3600), .seconds(200), .seconds(2)],
        _ change: @Sendable (inout ScriptedService.Manners) -> Void = { _ in }
    ) -> EngineRun {
        var run = EngineRun(handler: handler)
        run.configuration.startingPosition = .latest
        run.configuration.untilIdle = .seconds(30)
        run.service.behave(change)
        run.service.addShard(1)
        var manners = ScriptedService.Manners()
        change(&manners)
        for age in before {
            let createdAt = run.world.now.advanced(by: manners.clockLead - age)
            run.service.write("old\(age)", to: 1, createdAt: createdAt)
        }
        return run
    }

    /// How far the service's clock is ahead; whoever goes by his own would lose records or handle old ones.
    static let leads: [Duration] = [.zero, .seconds(7200), .seconds(-7200)]

    @Test(arguments: Self.leads)
    func anIteratorThatExpiresUnusedLosesNothingAndBringsNothingFromBefore(lead: Duration) throws {
        let handler = ScriptedHandler()
        let run = self.makeRun(handler) { $0.clockLead = lead }
        let service = run.service
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(5))
            service.fail(.records, with: [DynamoDBError(.expiredIterator, "expired", status: 400)])
            service.write(0..<5, to: 1)
        }
        #expect(session.losses.isEmpty)
        #expect(handler.keys == (0..<5).map { "k\($0)" })
        let notice = try #require(session.notices.first { $0.message.contains("the iterator expired") })
        #expect(notice.message.contains("goes on at the oldest record and passes over what was created before "))
        #expect(notice.message.hasSuffix("the second in which it began at LATEST"))
    }

    /// Between two runs: a shard that brought nothing has no number to go on after, but a moment.
    @Test(arguments: Self.leads)
    func onlyWhatWasWrittenSinceTheFirstOfTwoRunsIsHandled(lead: Duration) throws {
        let handler = ScriptedHandler()
        let run = self.makeRun(handler) { $0.clockLead = lead }
        _ = try run.run()
        #expect(handler.keys.isEmpty)
        _ = try run.run()
        #expect(handler.keys.isEmpty)
        run.service.write(0..<5, to: 1)
        _ = try run.run()
        #expect(handler.keys == (0..<5).map { "k\($0)" })
        // From there on it is a position like any other.
        run.service.write(5..<8, to: 1)
        _ = try run.run()
        #expect(handler.keys == (0..<8).map { "k\($0)" })
    }

    @Test func aRecordOfTheVerySecondIsNotLost() throws {
        let handler = ScriptedHandler()
        let run = self.makeRun(handler, before: [])
        let began = run.world.now
        let service = run.service
        _ = try run.run { _, world in
            try await world.sleep(for: .milliseconds(5))
            service.fail(.records, with: [DynamoDBError(.expiredIterator, "expired", status: 400)])
            // Rounded down by the service to a moment that may be before the beginning.
            service.write("new", to: 1, createdAt: Timestamp(seconds: began.milliseconds / 1000))
        }
        #expect(handler.keys == ["new"])
    }

    /// What the service does not tell is made up for by what clocks may differ.
    @Test(arguments: [Duration.seconds(240), .seconds(-240)])
    func whereTheServiceTellsNoTimeNothingIsLostIfClocksDiffer(lead: Duration) throws {
        let handler = ScriptedHandler()
        let run = self.makeRun(handler, before: [.seconds(3600)]) {
            $0.clockLead = lead
            $0.tellsTime = false
        }
        _ = try run.run()
        #expect(handler.keys.isEmpty)
        run.service.write(0..<5, to: 1)
        _ = try run.run()
        #expect(handler.keys == (0..<5).map { "k\($0)" })
    }
}
