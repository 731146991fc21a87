// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// When a session ends because nothing new comes, while the service makes trouble.
@Suite(.timeLimit(.minutes(1)))
struct EngineIdleTests {
    @Test func anIteratorThatExpiresDoesNotBeginTheQuietTimeAnew() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = .seconds(10)
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        let service = run.service
        let began = run.world.now
        let session = try run.run { _, world in
            while true {
                try await world.sleep(for: .seconds(3))
                service.expireIterators()
            }
        }
        #expect(session.error == nil)
        #expect(handler.keys.count == 10)
        #expect(session.notices.contains { $0.code == "ExpiredIteratorException" })
        let took = run.world.now.since(began)
        #expect(took >= .seconds(10) && took < .seconds(15), "\(took)")
    }

    /// A read that fails shows nothing: only one that brings nothing does.
    @Test func whatCameWhileReadsFailedIsHandledBeforeTheEnd() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.untilIdle = .seconds(5)
        run.service.addShard(1)
        run.service.write(0..<2, to: 1)
        let service = run.service
        let throttled = DynamoDBError(.throttling, "Rate exceeded", operation: "GetRecords", status: 400)
        let session = try run.run { _, world in
            try await world.sleep(for: .seconds(2))
            service.fail(.records, with: Array(repeating: throttled, count: 12))
            service.write(2..<4, to: 1)
            // The iterator is another one afterwards: that answer shows nothing either.
            try await world.sleep(for: .seconds(8))
            service.expireIterators()
        }
        #expect(session.error == nil)
        #expect(handler.keys == ["k0", "k1", "k2", "k3"])
    }
}
