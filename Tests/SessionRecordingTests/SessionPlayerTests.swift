// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

@Suite(.timeLimit(.minutes(2)))
struct SessionPlayerTests {
    private static func player(_ recorded: RecordedScript) throws -> SessionPlayer {
        try SessionPlayer(path: recorded.path, clock: ManualClock())
    }

    private static func status(_ player: SessionPlayer) async throws -> PlaybackStatus {
        try #require(await player.state.playback)
    }

    /// The state without what the player says of itself.
    private static func session(_ player: SessionPlayer) async -> SessionState {
        var state = await player.state
        state.playback = nil
        return state
    }

    @Test func itStandsAtTheBeginningUntilItIsPlayed() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 100)
        let player = try Self.player(recorded)
        let first = try await Self.status(player)
        #expect(!first.isPlaying && first.at == first.first && !first.isFollowing)
        await player.advance(by: .seconds(3))
        #expect(try await Self.status(player).at == first.first)
        try await player.perform(.playback(.toggle))
        try await player.perform(.playback(.toggleIdle))
        await player.advance(by: .seconds(3))
        #expect(try await Self.status(player).at == first.first.advanced(by: .seconds(3)))
    }

    /// The first line and the charts must not change when the session's own first event comes.
    @Test func whatTheSessionIsAboutIsKnownFromTheBeginning() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 20)
        let player = try Self.player(recorded)
        let description = try #require(recorded.states[recorded.last]?.description)
        #expect(await player.state.description == description)
        try await player.perform(.playback(.first))
        #expect(await player.state.description == description)
    }

    @Test(arguments: PlaybackStatus.speeds)
    func atAnySpeedItEndsInTheLastStateOfTheSession(speed: Double) async throws {
        let recorded = try await RecordedScript(seed: 2, steps: 100)
        let player = try Self.player(recorded)
        try await player.perform(.playback(.speed(speed)))
        try await player.perform(.playback(.toggle))
        var turns = 0
        while try await Self.status(player).isPlaying, turns < 100_000 {
            await player.advance(by: .milliseconds(50))
            turns += 1
        }
        let end = try await Self.status(player)
        #expect(end.at == end.last)
        expectSame(await Self.session(player), recorded.states[recorded.last])
        // Played again, it begins again.
        try await player.perform(.playback(.toggle))
        #expect(try await Self.status(player).at == end.first)
    }

    @Test func recordsAreSteppedThroughBothWays() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 60)
        let player = try Self.player(recorded)
        let total = try #require(recorded.states[recorded.last]).totals.delivered
        var seen: [[EventID]] = []
        for count in 1...total {
            try await player.perform(.playback(.stepRecord(.forward)))
            let state = await player.state
            #expect(state.totals.delivered == count)
            seen.append(state.records.map(\.record.eventID))
        }
        try await player.perform(.playback(.stepRecord(.forward)))
        #expect(try await Self.status(player).message != nil)
        for count in (1..<total).reversed() {
            try await player.perform(.playback(.stepRecord(.backward)))
            let state = await player.state
            #expect(state.totals.delivered == count)
            #expect(state.records.map(\.record.eventID) == seen[count - 1])
        }
        try await player.perform(.playback(.stepRecord(.backward)))
        #expect(await player.state.totals.delivered == 0)
        try await player.perform(.playback(.stepRecord(.backward)))
        #expect(try await Self.status(player).message != nil)
    }

    @Test func batchesAreSteppedThroughBothWays() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 60)
        let player = try Self.player(recorded)
        let total = try #require(recorded.states[recorded.last]).totals.batches
        for count in 1...total {
            try await player.perform(.playback(.stepBatch(.forward)))
            #expect(await player.state.totals.batches == count)
        }
        for count in (0..<total).reversed() {
            try await player.perform(.playback(.stepBatch(.backward)))
            #expect(await player.state.totals.batches == count)
        }
        try await player.perform(.playback(.stepBatch(.backward)))
        #expect(try await Self.status(player).message != nil)
    }

    @Test func itGoesToPlaces() async throws {
        let recorded = try await RecordedScript(seed: 4, steps: 300)
        let player = try Self.player(recorded)
        let whole = try await Self.status(player)
        let length = whole.last.since(whole.first)
        try await player.perform(.playback(.seekShare(0.5)))
        let middle = try await Self.status(player).share
        #expect(abs(middle - 0.5) < 0.001)
        try await player.perform(.playback(.seekOffset(.seconds(10))))
        #expect(try await Self.status(player).at == whole.first.advanced(by: .seconds(10)))
        try await player.perform(.playback(.move(.seconds(-60))))
        #expect(try await Self.status(player).at == whole.first)
        try await player.perform(.playback(.seekOffset(.zero - length)))
        #expect(try await Self.status(player).at == whole.first)
        try await player.perform(.playback(.last))
        expectSame(await Self.session(player), recorded.states[recorded.last])
        try await player.perform(.playback(.seekBatch(BatchID(5))))
        #expect(await player.state.batches.last?.description.id == BatchID(5))
        try await player.perform(.playback(.seekBatch(BatchID(50_000))))
        #expect(try await Self.status(player).message?.contains("50000") == true)
        let markers = whole.marks.filter { $0.kind == .marker }
        try #require(markers.count > 2)
        try await player.perform(.playback(.first))
        try await player.perform(.playback(.seekMarker(.forward)))
        #expect(try await Self.status(player).at == markers.first { $0.at > whole.first }?.at)
        try await player.perform(.playback(.last))
        try await player.perform(.playback(.seekMarker(.backward)))
        #expect(try await Self.status(player).at == markers.last { $0.at < whole.last }?.at)
    }

    @Test func aLoopGoesBackToItsBeginning() async throws {
        let recorded = try await RecordedScript(seed: 4, steps: 300)
        let player = try Self.player(recorded)
        let start = try await Self.status(player).first.advanced(by: .seconds(5))
        try await player.perform(.playback(.toggleIdle))
        try await player.perform(.playback(.seekOffset(.seconds(5))))
        try await player.perform(.playback(.loop))
        try await player.perform(.playback(.move(.seconds(2))))
        try await player.perform(.playback(.loop))
        try await player.perform(.playback(.toggle))
        await player.advance(by: .seconds(1))
        #expect(try await Self.status(player).at == start)
        await player.advance(by: .seconds(1))
        #expect(try await Self.status(player).at == start.advanced(by: .seconds(1)))
        try await player.perform(.playback(.loop))
        #expect(try await Self.status(player).loopStart == nil)
    }

    @Test func timeWithoutEventsIsPassed() async throws {
        var script = SessionScript(seed: 7)
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        let recorder = try SessionRecorder(
            path: path,
            header: RecordingHeader(startedAt: script.clock.now, toolVersion: "test")
        )
        var frames = script.hub.frames(bufferLimit: 1000).makeAsyncIterator()
        await recorder.take(try #require(await frames.next()))
        script.begin()
        for _ in 0..<100 {
            script.clock.advance(by: .seconds(1))
            script.hub.publish(
                .sample(EngineSample(waitingRecords: 0, inFlightRecords: 0, oldestPendingCreatedAt: nil))
            )
        }
        script.hub.publish(.marker("at last"))
        script.hub.finish()
        while let frame = await frames.next() { await recorder.take(frame) }
        await recorder.finish()
        let player = try SessionPlayer(path: path, clock: ManualClock())
        try await player.perform(.playback(.toggle))
        await player.advance(by: .milliseconds(50))
        let status = try await Self.status(player)
        #expect(status.hasSkipped)
        #expect(status.at == status.last.advanced(by: .milliseconds(-500)))
        await player.advance(by: .seconds(1))
        #expect(await player.state.markers.map(\.text) == ["at last"])
    }

    @Test func aFileThatGrowsIsFollowed() async throws {
        var script = SessionScript(seed: 8)
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        let recorder = try SessionRecorder(
            path: path,
            header: RecordingHeader(startedAt: script.clock.now, toolVersion: "test")
        )
        var frames = script.hub.frames(bufferLimit: 1000).makeAsyncIterator()
        script.begin()
        script.step()
        // The state so far.
        await recorder.take(try #require(await frames.next()))
        await recorder.flush()
        let player = try SessionPlayer(path: path, clock: ManualClock())
        #expect(try await Self.status(player).isFollowing)
        try await player.perform(.playback(.last))
        try await player.perform(.playback(.toggle))
        for _ in 0..<50 { script.step() }
        script.hub.finish()
        while let frame = await frames.next() { await recorder.take(frame) }
        await recorder.finish()
        for _ in 0..<200 { await player.advance(by: .milliseconds(500)) }
        expectSame(await Self.session(player), script.hub.state)
        #expect(try await !Self.status(player).isFollowing)
    }

    @Test func aRecordingTakesNoCommandsOfARunningSession() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 10)
        let player = try Self.player(recorded)
        for command in [SessionCommand.hold, .resume, .stepBatch, .stepRecord, .marker("x")] {
            await #expect(throws: SessionCommandError.self) { try await player.perform(command) }
        }
    }
}
