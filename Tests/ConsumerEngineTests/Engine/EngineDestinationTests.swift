// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// A failure destination that does not answer, refuses, and comes back.
@Suite(.timeLimit(.minutes(1)))
struct EngineDestinationTests {
    private struct Refused: Error {}

    /// Tells whether it was asked to repeat what fails.
    private final class NotingDestination: FailureDestination {
        private let seen = Mutex<[Bool]>([])
        private let fails: @Sendable (Int) -> Bool

        init(fails: @escaping @Sendable (Int) -> Bool) {
            self.fails = fails
        }

        /// For each message, whether it was tried once only.
        var once: [Bool] { self.seen.withLock { $0 } }

        func deliver(_ discarded: DiscardedBatch) async throws { try self.note(isOnce: false) }
        func deliverOnce(_ discarded: DiscardedBatch) async throws { try self.note(isOnce: true) }

        private func note(isOnce: Bool) throws {
            let number = self.seen.withLock { seen in
                seen.append(isOnce)
                return seen.count - 1
            }
            if self.fails(number) { throw Refused() }
        }
    }

    /// A run that gives every record up, each with a message of its own.
    private static func makeRun(records: Int) -> EngineRun {
        var run = EngineRun(
            handler: ScriptedHandler { _, _ in .responded(FunctionResponse(functionError: "Unhandled")) }
        )
        run.configuration.batchSize = 1
        run.configuration.maximumRetryAttempts = 0
        run.service.addShard(1)
        run.service.write(0..<records, to: 1)
        return run
    }

    private static func silence(_ seconds: Int) -> RecordDiscard.MessageFate {
        .dropped(
            reason:
                "no answer within \(seconds) s. Check that the destination's endpoint can be reached from this machine."
        )
    }

    @Test func aDestinationThatNeverAnswersCostsOneLongWaitAndThenAShortOneForEachMessage() throws {
        var run = Self.makeRun(records: 20)
        let world = run.world
        run.onFailure = ScriptedDestination { _ in try await world.sleep(for: .seconds(5000)) }
        let began = world.now
        let session = try run.run()
        #expect(session.discards.map(\.message) == [Self.silence(10)] + Array(repeating: Self.silence(1), count: 19))
        // 10 s, then 19 times 1 s, and the time in which nothing new comes.
        let took = world.now.since(began)
        #expect(took >= .seconds(29) && took < .seconds(35))
        let totals = session.state.totals
        #expect((totals.messagesFailed, totals.messagesDelivered) == (20, 0))
        #expect((totals.dropped, totals.destinationFailed) == (20, 20))
    }

    @Test func aMessageThatIsTakenBringsTheTimeBack() throws {
        var run = Self.makeRun(records: 4)
        let world = run.world
        run.onFailure = ScriptedDestination { number in
            if number != 1 { try await world.sleep(for: .seconds(5000)) }
        }
        let session = try run.run()
        #expect(session.discards.map(\.message) == [Self.silence(10), .delivered, Self.silence(10), Self.silence(1)])
        let totals = session.state.totals
        #expect((totals.messagesFailed, totals.messagesDelivered) == (3, 1))
    }

    @Test func afterAMessageThatWasNotTakenEachIsTriedOnceUntilOneIsTaken() throws {
        var run = Self.makeRun(records: 6)
        let destination = NotingDestination { [1, 2, 3].contains($0) }
        run.onFailure = destination
        let session = try run.run()
        #expect(destination.once == [false, false, true, true, true, false])
        let refused = RecordDiscard.MessageFate.dropped(reason: "Refused()")
        #expect(
            session.discards.map(\.message) == [.delivered, refused, refused, refused, .delivered, .delivered]
        )
    }

    @Test func allShardsKnowThatTheDestinationIsAway() throws {
        var run = Self.makeRun(records: 5)
        let world = run.world
        run.service.addShard(2)
        run.service.write(5..<10, to: 2)
        run.onFailure = ScriptedDestination { _ in try await world.sleep(for: .seconds(5000)) }
        let began = world.now
        let session = try run.run()
        #expect(session.state.totals.messagesFailed == 10)
        // Both wait for their first message at once.
        #expect(world.now.since(began) < .seconds(20))
        #expect(session.discards.filter { $0.message == Self.silence(10) }.count <= 2)
    }
}
