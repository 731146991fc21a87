// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// What a running session was a while ago.
@Suite(.timeLimit(.minutes(2)))
struct SessionPastTests {
    /// A session of which a past is kept, and the live states by their newest event.
    private struct Kept {
        private var states: [SessionState] = []
        /// When each of them began to be so.
        private var times: [Timestamp] = []
        let past: SessionPast
        let first: Timestamp
        let now: Timestamp

        init(seed: UInt64, steps: Int, limit: Int = SessionPast.limit, gap: Int? = nil) async throws {
            var script = SessionScript(seed: seed)
            self.first = script.clock.now
            self.past = try SessionPast(startedAt: script.clock.now, toolVersion: "test", limit: limit)
            var reader = script.hub.frames(bufferLimit: gap ?? 100_000).makeAsyncIterator()
            // The state before the first event: from here on every event is kept.
            var frames = [try #require(await reader.next())]
            script.begin()
            for _ in 0..<steps { script.step() }
            script.hub.finish()
            while let frame = await reader.next() { frames.append(frame) }
            var replayed = SessionState()
            for frame in frames {
                replayed.apply(frame)
                self.states.append(replayed)
                self.times.append(replayed.asOf ?? self.first)
            }
            let (stream, input) = AsyncStream.makeStream(of: SessionFrame.self)
            for frame in frames { input.yield(frame) }
            input.finish()
            await self.past.keep(stream)
            self.now = try #require(script.hub.state.asOf)
        }

        /// When its first event was.
        var beginning: Timestamp? { self.times.dropFirst().first }

        /// The live state behind the last event not behind a time.
        func live(at time: Timestamp) -> SessionState? {
            self.times.lastIndex { $0 <= time }.map { self.states[$0] }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func theStateShownAtAMomentIsTheOneThatTheSessionHadThen(seed: UInt64) async throws {
        let kept = try await Kept(seed: seed, steps: 250)
        let beginning = try #require(kept.beginning)
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let length = kept.now.milliseconds - beginning.milliseconds
            // At its first event and later.
            let time = beginning.advanced(by: .milliseconds(Int64.random(in: 0..<length, using: &random)))
            let view = await kept.past.perform(.seek(time), now: kept.now, file: nil)
            #expect(view.message == nil)
            #expect(view.moment?.at == time)
            expectSame(try #require(view.moment?.state), kept.live(at: time), "at \(time)")
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func whatIsLeftOfATrimmedPastIsTrue(seed: UInt64) async throws {
        let kept = try await Kept(seed: seed, steps: 900, limit: 128 << 10)
        let far = await kept.past.perform(.move(.seconds(-1_000_000)), now: kept.now, file: nil)
        let first = try #require(far.moment?.at)
        // It was trimmed, and says where it begins.
        #expect(first > kept.first.advanced(by: .seconds(60)))
        #expect(far.message?.contains("kept from here on") == true)
        expectSame(try #require(far.moment?.state), kept.live(at: first))
        var random = SplitMix64(seed: seed)
        for _ in 0..<25 {
            let length = kept.now.milliseconds - first.milliseconds
            let time = first.advanced(by: .milliseconds(Int64.random(in: 0..<length, using: &random)))
            let view = await kept.past.perform(.seek(time), now: kept.now, file: nil)
            expectSame(try #require(view.moment?.state), kept.live(at: time), "at \(time)")
        }
    }

    @Test func whatIsKeptStaysWithinItsLimit() async throws {
        let limit = 256 << 10
        for steps in [800, 1600] {
            let kept = try await Kept(seed: 9, steps: steps, limit: limit)
            let bytes = try await kept.past.bytes
            // A key frame and what came since the last look are above it.
            #expect(bytes < 2 * limit, "\(bytes) bytes after \(steps) steps")
        }
    }

    @Test func itMovesFromWhereItIsAndBackToNow() async throws {
        let kept = try await Kept(seed: 4, steps: 300)
        let past = kept.past
        let back = await past.perform(.move(.seconds(-5)), now: kept.now, file: nil)
        #expect(back.moment?.at == kept.now.advanced(by: .seconds(-5)))
        let further = await past.perform(.move(.seconds(-5)), now: kept.now.advanced(by: .seconds(60)), file: nil)
        // The moment stands still while the session goes on.
        #expect(further.moment?.at == kept.now.advanced(by: .seconds(-10)))
        let on = await past.perform(.move(.seconds(5)), now: kept.now, file: nil)
        #expect(on.moment?.at == kept.now.advanced(by: .seconds(-5)))
        let now = await past.perform(.move(.seconds(60)), now: kept.now, file: nil)
        #expect(now == PastView(message: "back to now"))
        let further2 = await past.perform(.move(.seconds(5)), now: kept.now, file: nil)
        #expect(further2.moment == nil)
        _ = await past.perform(.move(.seconds(-5)), now: kept.now, file: nil)
        #expect(await past.perform(.last, now: kept.now, file: nil) == PastView())
        let unborn = await past.perform(.move(.seconds(-5)), now: nil, file: nil)
        #expect(unborn.moment == nil && unborn.message != nil)
    }

    @Test func aRecordingThatWasBegunEarlierReachesBackToItsBeginning() async throws {
        let recorded = try await RecordedScript(seed: 5, steps: 900, isFinished: false)
        let kept = try await Kept(seed: 5, steps: 900, limit: 128 << 10)
        let memory = await kept.past.perform(.move(.seconds(-1_000_000)), now: kept.now, file: nil)
        let file = await kept.past.perform(.move(.seconds(-1_000_000)), now: kept.now, file: recorded.path)
        let (trimmed, whole) = (try #require(memory.moment?.at), try #require(file.moment?.at))
        #expect(whole < trimmed)
        let time = whole.advanced(by: .seconds(20))
        let view = await kept.past.perform(.seek(time), now: kept.now, file: recorded.path)
        #expect(view.moment?.at == time)
        expectSame(try #require(view.moment?.state), kept.live(at: time))
    }

    @Test func whatItCouldNotFollowIsAGapAndTheRestIsTrue() async throws {
        let kept = try await Kept(seed: 6, steps: 200, gap: 50)
        let view = await kept.past.perform(.seek(kept.now.advanced(by: .milliseconds(-1))), now: kept.now, file: nil)
        let state = try #require(view.moment?.state)
        #expect(state.lastSequence == 0 || state.lastSequence > 200)
    }
}
