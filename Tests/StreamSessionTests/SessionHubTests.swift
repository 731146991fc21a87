// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Testing

@Suite(.timeLimit(.minutes(1))) struct SessionHubTests {
    private struct FixedClock: SessionClock {
        var now: Timestamp { Samples.start }
        func sleep(for duration: Duration) async throws {}
    }

    private let hub = SessionHub(clock: FixedClock())

    @Test func aReaderWhoJoinsLateBeginsWithTheState() async {
        self.hub.publish(Samples.listed())
        self.hub.publish(Samples.read(5))
        let frames = self.hub.frames()
        self.hub.publish(Samples.read(2))
        self.hub.finish()
        var state = SessionState()
        for await frame in frames { state.apply(frame) }
        #expect(state == self.hub.state)
        #expect(state.totals.polled == 7)
    }

    @Test func everyReaderSeesEveryEventWhileItKeepsUp() async {
        let readers = (0..<3).map { _ in self.hub.frames() }
        async let seen = withTaskGroup(of: Int.self, returning: [Int].self) { group in
            for frames in readers {
                group.addTask {
                    var state = SessionState()
                    for await frame in frames { state.apply(frame) }
                    #expect(state.missingEvents == 0)
                    return state.totals.polled
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for _ in 0..<500 { self.hub.publish(Samples.read(1)) }
        self.hub.finish()
        #expect(await seen == [500, 500, 500])
    }

    @Test func aReaderThatFellBehindGetsAKeyFrameAndNothingTwice() async {
        let frames = self.hub.frames(bufferLimit: 4)
        var iterator = frames.makeAsyncIterator()
        var state = SessionState()
        if let first = await iterator.next() { state.apply(first) }
        for _ in 0..<10 { self.hub.publish(Samples.read(1)) }
        self.hub.finish()
        var keyframes = 0
        while let frame = await iterator.next() {
            if case .keyframe = frame { keyframes += 1 }
            state.apply(frame)
        }
        #expect(keyframes == 1)
        #expect(state == self.hub.state)
    }

    @Test func aCancelledReaderEnds() async {
        let frames = self.hub.frames()
        let reader = Task {
            var count = 0
            for await _ in frames { count += 1 }
            return count
        }
        reader.cancel()
        #expect(await reader.value <= 1)
    }

    @Test func publishingAfterTheEndStillCounts() async {
        let frames = self.hub.frames()
        self.hub.finish()
        self.hub.publish(Samples.read(3))
        var last = SessionState()
        for await frame in frames { last.apply(frame) }
        #expect(last.totals.polled == 3)
    }

    @Test func theMailboxWakesOnceForManyChangesAndHandsOutTheNewest() {
        let wakeups = Counter()
        let mailbox = Mailbox(0) { wakeups.increment() }
        #expect(mailbox.take() == nil)
        for value in 1...5 { mailbox.put(value) }
        #expect(wakeups.count == 1)
        #expect(mailbox.take() == 5)
        #expect(mailbox.take() == nil)
        mailbox.update { $0 += 1 }
        #expect(wakeups.count == 2)
        #expect(mailbox.take() == 6)
    }
}
