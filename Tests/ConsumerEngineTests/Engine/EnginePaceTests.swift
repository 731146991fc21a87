// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// What an event source mapping does by the clock: how often it reads, and how far behind it says it is.
@Suite(.timeLimit(.minutes(1)))
struct EnginePaceTests {
    @Test func aShardWhereNothingComesIsReadFourTimesASecond() throws {
        var run = EngineRun()
        run.configuration.untilIdle = nil
        run.configuration.runFor = .seconds(10)
        run.service.addShard(1)
        _ = try run.run()
        let reads = run.service.calls.filter { $0 == .records(ScriptedService.shard(1)) }.count
        #expect((39...41).contains(reads), "\(reads)")
    }

    /// IteratorAge: of the last record of the batch, when the handler is done with it.
    @Test func theAgeOfABatchIsThatOfItsLastRecordWhenItIsDone() throws {
        let world = VirtualTime(seed: 4)
        let handler = ScriptedHandler { _, _ in
            try await world.sleep(for: .seconds(20))
            return .done
        }
        let run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 4), handler: handler)
        run.service.addShard(1)
        for age in [100, 40] { run.service.write("k\(age)", to: 1, createdAt: world.now.advanced(by: .seconds(-age))) }
        let session = try run.run()
        let ages = session.outcomes.map(\.iteratorAge)
        #expect(ages.count == 1)
        #expect(ages.allSatisfy { (.seconds(60)...(.seconds(61))).contains($0) }, "\(ages)")
        #expect(session.state.shards.first?.iteratorAge == ages.first)
    }
}
