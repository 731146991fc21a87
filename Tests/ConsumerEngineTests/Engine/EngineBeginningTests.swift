// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
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
}
