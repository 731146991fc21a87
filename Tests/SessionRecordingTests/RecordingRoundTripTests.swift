// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// What was recorded is what was live.
@Suite(.timeLimit(.minutes(2)))
struct RecordingRoundTripTests {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func everyMomentIsTheStateThatTheLiveSessionHad(seed: UInt64) async throws {
        var rules = RecordingRules()
        rules.keyframeInterval = .seconds(3)
        rules.keyframeShare = 0
        rules.keyframeBytes = 20_000
        let retention = SessionRetention(batches: 12, records: 60, recordBytes: 16_000, logLines: 20)
        let recorded = try await RecordedScript(seed: seed, steps: 400, rules: rules, retention: retention)
        let reader = try RecordingReader(path: recorded.path)
        var random = SplitMix64(seed: seed)
        // To every key frame there is, and to any event.
        for _ in 0..<60 {
            let sequence = UInt64.random(in: 1...recorded.last, using: &random)
            guard let live = recorded.states[sequence] else { continue }
            var position = PlaybackPosition(reader: reader)
            try position.seek(toEvent: sequence)
            expectSame(position.state, live, "event \(sequence)")
        }
        let keyframe = try #require(try reader.keyframe(notAfter: .sequence(recorded.last)))
        expectSame(keyframe, recorded.states[keyframe.lastSequence])
        #expect(keyframe.lastSequence > 0 && !keyframe.records.isEmpty)
    }

    @Test func aMomentIsFoundByItsTime() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 200)
        let reader = try RecordingReader(path: recorded.path)
        var position = PlaybackPosition(reader: reader)
        let middle = try #require(recorded.times[recorded.last / 2])
        try position.seek(to: middle)
        // Events of the same moment belong to it.
        let expected = try #require(recorded.times.filter { $0.value <= middle }.keys.max())
        expectSame(position.state, recorded.states[expected])
    }

    @Test func aFileThatWasNotFinishedHoldsAllThatWasWritten() async throws {
        let recorded = try await RecordedScript(seed: 4, steps: 100, isFinished: false)
        let reader = try RecordingReader(path: recorded.path)
        let extent = try reader.extent()
        #expect(!extent.isSealed)
        #expect(extent.lastSequence == recorded.last)
        var position = PlaybackPosition(reader: reader)
        try position.seek(toEvent: recorded.last)
        expectSame(position.state, recorded.states[recorded.last])
    }

    @Test func aFinishedFileIsOneFileOfItsOwnerAlone() async throws {
        let recorded = try await RecordedScript(seed: 5, steps: 50)
        #expect(try FileManager.default.contentsOfDirectory(atPath: recorded.folder.path) == ["session.weir"])
        // And needs no other to be read, so it can be where nothing can be written.
        let reader = try RecordingReader(path: recorded.path)
        #expect(try reader.extent().events > 50)
        #expect(try FileManager.default.contentsOfDirectory(atPath: recorded.folder.path) == ["session.weir"])
        let attributes = try FileManager.default.attributesOfItem(atPath: recorded.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try RecordingReader(path: recorded.path).extent().isSealed)
    }

    @Test func whatTheRecorderCouldNotFollowIsAGap() async throws {
        let recorded = try await RecordedGap()
        #expect(recorded.missing > 4)
        let reader = try RecordingReader(path: recorded.path)
        let gaps = try reader.marks().compactMap { if case .gap(let count) = $0.kind { count } else { nil } }
        #expect(gaps == [recorded.missing])
        var position = PlaybackPosition(reader: reader)
        try position.seek(toEvent: .max)
        // Behind the gap the state is right again, but for records that were never written.
        #expect(position.state.totals == recorded.state.totals)
        #expect(position.state.lastSequence == recorded.state.lastSequence)
        // Who plays over it sees the same as who jumps behind it.
        var played = PlaybackPosition(reader: reader)
        try played.advance(to: try #require(position.asOf))
        expectSame(played.state, position.state)
    }
}
