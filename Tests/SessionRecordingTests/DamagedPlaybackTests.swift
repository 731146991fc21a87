// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// What is left of a damaged file is played.
@Suite(.timeLimit(.minutes(3)))
struct DamagedPlaybackTests {
    private static func recorded() async throws -> RecordedScript {
        var rules = RecordingRules()
        rules.keyframeInterval = .seconds(5)
        return try await RecordedScript(seed: 2, steps: 400, rules: rules)
    }

    @Test func aFileThatWasCutIsPlayedAsFarAsItGoes() async throws {
        let recorded = try await Self.recorded()
        let copy = "\(recorded.folder.path)/cut.weir"
        let size = try DamagedFile.size(recorded.path)
        var played = 0
        var tried = 0
        for bytes in stride(from: size - 4096, through: 4096, by: -5 * 4096) {
            try DamagedFile.copy(recorded.path, to: copy, bytes: bytes)
            tried += 1
            let player: SessionPlayer
            do throws(RecordingError) {
                player = try SessionPlayer(path: copy, clock: ManualClock())
            } catch {
                // Nothing of it can be shown, and what to do is said.
                #expect(error.code == .damaged, "\(error)")
                #expect(error.description.contains(copy))
                continue
            }
            #expect(await player.hasMetDamage)
            let extent = try RecordingReader(path: copy).extent()
            #expect(extent.isDamaged && extent.events <= Int(recorded.last))
            try await player.perform(.playback(.last))
            let status = try #require(await player.state.playback)
            #expect(status.at == status.last && !status.isFollowing)
            var state = await player.state
            state.playback = nil
            #expect(state.lastSequence <= recorded.last)
            // Where nothing is missing, nothing differs.
            if state.missingEvents == 0, state.lastSequence > 0,
                state.records.count == recorded.states[state.lastSequence]?.records.count
            {
                expectSame(state, recorded.states[state.lastSequence], "cut at \(bytes)")
            }
            played += 1
        }
        #expect(tried >= 5)
        #expect(played * 2 > tried, "\(played) of \(tried) could be played")
    }

    @Test func aWholeFileHasNoDamage() async throws {
        let recorded = try await Self.recorded()
        let player = try SessionPlayer(path: recorded.path, clock: ManualClock())
        for place in [PlaybackCommand.last, .seekShare(0.3), .first] { try await player.perform(.playback(place)) }
        #expect(await !player.hasMetDamage)
    }

    /// A damage in the middle is met by whoever goes there.
    @Test func aDamagedRowIsMetOnTheWay() async throws {
        let recorded = try await Self.recorded()
        try DamagedFile.change(recorded.path, "UPDATE event SET payload = '{}' WHERE sequence = \(recorded.last / 2)")
        let player = try SessionPlayer(path: recorded.path, clock: ManualClock())
        for _ in 0..<40 { try await player.perform(.playback(.move(.seconds(3)))) }
        try await player.perform(.playback(.toggle))
        try await player.perform(.playback(.seek(try #require(recorded.times[recorded.last / 2]))))
        #expect(await player.hasMetDamage)
    }

    /// The extent of a whole file is the same, however it is found out.
    @Test func walkingFindsWhatCountingFinds() async throws {
        let recorded = try await Self.recorded()
        let reader = try RecordingReader(path: recorded.path)
        let counted = try reader.extent()
        var walked = try RecordingExtent(walking: reader)
        #expect(walked.isDamaged && !counted.isDamaged)
        walked.isDamaged = false
        #expect(walked == counted)
    }
}
