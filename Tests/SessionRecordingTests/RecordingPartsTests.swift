// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// A recording that goes on in another file when one is full, and a disk that is full.
@Suite("Parts of a recording", .timeLimit(.minutes(2)))
struct RecordingPartsTests {
    private struct Recorded {
        let folder: TemporaryFolder
        let path: String
        let recorder: SessionRecorder
        let state: SessionState
    }

    private static let partBytes = 150_000

    private static func record(_ change: (inout RecordingRules) -> Void = { _ in }) async throws -> Recorded {
        var script = SessionScript(seed: 3, retention: SessionRetention(batches: 20, records: 100))
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        var rules = RecordingRules()
        rules.partBytes = Self.partBytes
        rules.keyframeInterval = .seconds(3)
        change(&rules)
        let recorder = try SessionRecorder(
            path: path,
            header: RecordingHeader(startedAt: script.clock.now, toolVersion: "test", session: "a1b2"),
            rules: rules
        )
        var frames = script.hub.frames(bufferLimit: 100_000).makeAsyncIterator()
        await recorder.take(try #require(await frames.next()))
        script.begin()
        for _ in 0..<1500 { script.step() }
        script.hub.finish()
        while let frame = await frames.next() { await recorder.take(frame) }
        await recorder.finish()
        return Recorded(folder: folder, path: path, recorder: recorder, state: script.hub.state)
    }

    private static func parts(_ recorded: Recorded) -> [RecordingPart] {
        [RecordingPart(of: recorded.path, number: 1)] + RecordingPart.numbered(of: recorded.path)
    }

    @Test func eachPartOpensByItselfAndNoEventIsLost() async throws {
        let recorded = try await Self.record()
        let parts = Self.parts(recorded)
        #expect(parts.count > 3 && parts.map(\.number) == Array(1...parts.count))
        #expect(await recorded.recorder.progress.parts == parts.count)
        var last: UInt64 = 0
        for part in parts {
            let reader = try RecordingReader(path: part.path)
            let report = try reader.verify()
            #expect(report.isWhole && report.completeness == .complete, "\(part.path): \(report.damages)")
            #expect(reader.header.session == "a1b2" && reader.header.part == part.number)
            #expect(try DamagedFile.size(part.path) <= Self.partBytes)
            var walk = EventWalk(reader: reader)
            while let step = try walk.next() {
                guard case .event(let event) = step else { continue }
                #expect(event.sequence == last + 1)
                last = event.sequence
            }
            #expect(try reader.summary().isContinued == (part != parts.last))
            #expect(try reader.summary().otherParts == parts.filter { $0 != part })
        }
        #expect(last == recorded.state.lastSequence)
        let reader = try RecordingReader(path: try #require(parts.last).path)
        var position = PlaybackPosition(reader: reader)
        try position.seek(toEvent: last)
        expectSame(position.state, recorded.state)
    }

    @Test func onlyTheNewestPartsAreKept() async throws {
        let recorded = try await Self.record { $0.keptParts = 2 }
        let progress = await recorded.recorder.progress
        #expect(progress.parts > 3 && progress.removedParts == progress.parts - 2)
        #expect(!FileManager.default.fileExists(atPath: recorded.path))
        #expect(RecordingPart.numbered(of: recorded.path).map(\.number) == [progress.parts - 1, progress.parts])
    }

    @Test func nothingIsWrittenOverAnotherPart() async throws {
        let folder = try TemporaryFolder()
        let other = "\(folder.path)/session.7.weir"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: other))
        var rules = RecordingRules()
        rules.partBytes = Self.partBytes
        let header = RecordingHeader(startedAt: Timestamp(seconds: 1), toolVersion: "test")
        let error = #expect(throws: RecordingError.self) {
            try SessionRecorder(path: "\(folder.path)/session.weir", header: header, rules: rules)
        }
        #expect(error?.code == .exists && error?.description.contains("session.7.weir") == true)
    }

    @Test func playingGoesOnInTheNextPartAndBack() async throws {
        let recorded = try await Self.record()
        let parts = Self.parts(recorded)
        let player = try SessionPlayer(path: recorded.path, clock: ManualClock())
        try await player.perform(.playback(.speed(64)))
        try await player.perform(.playback(.toggle))
        for _ in 0..<2000 { await player.advance(by: .milliseconds(500)) }
        var state = await player.state
        #expect(state.playback?.isPlaying == false)
        state.playback = nil
        expectSame(state, recorded.state)
        for _ in 1..<parts.count {
            try await player.perform(.playback(.first))
            try await player.perform(.playback(.move(.seconds(-5))))
        }
        try await player.perform(.playback(.first))
        #expect(try await player.state.playback?.first == RecordingReader(path: recorded.path).extent().first)
        try await player.perform(.playback(.last))
        let end = await player.state.lastSequence
        try await player.perform(.playback(.stepBatch(.forward)))
        #expect(await player.state.lastSequence > end)
    }

    @Test(arguments: [
        ("a.weir", 2, "a.2.weir"), ("a", 3, "a.3"), ("x.y/a", 2, "x.y/a.2"), ("/x/.weir", 2, "/x/.weir.2"),
        ("a.b.weir", 12, "a.b.12.weir"),
    ])
    func aPartIsNamedAfterTheFirstOne(first: String, number: Int, path: String) {
        let part = RecordingPart(of: first, number: number)
        #expect(part.path == path)
        #expect(RecordingPart(path: path, number: number) == part)
        #expect(RecordingPart(path: "renamed.weir", number: number) == RecordingPart(of: "renamed.weir", number: 1))
    }

    /// The disk is full: what was written before is whole, and whoever records is told.
    @Test func aFullDiskEndsTheRecordingAndNothingElse() async throws {
        let recorded = try await Self.record {
            $0.partBytes = nil
            $0.flushBytes = 20_000
            $0.pageLimit = 60
        }
        let failure = try #require(await recorded.recorder.progress.failure)
        #expect(failure.code == .storage && failure.description.contains("disk is full"), "\(failure)")
        let later = SessionEvent(sequence: 1 << 40, at: Timestamp(seconds: 1), kind: .marker("x"))
        #expect(await !recorded.recorder.take(.event(later)))
        let report = try RecordingReader(path: recorded.path).verify()
        #expect(report.isWhole && report.events > 100, "\(report.damages)")
        #expect(report.events == (await recorded.recorder.progress.events))
    }

    /// Whoever follows hinders SQLite in removing its log, but not in emptying it: the file can be moved alone.
    @Test func aFileIsWholeByItselfAlsoWhenSomebodyFollowsIt() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 200, isFinished: false)
        let follower = try RecordingReader(path: recorded.path)
        #expect(try follower.extent().events > 0)
        await recorded.recorder.finish()
        #expect(await recorded.recorder.progress.filesWithLog.isEmpty)
        let alone = "\(recorded.folder.path)/alone.weir"
        try FileManager.default.copyItem(atPath: recorded.path, toPath: alone)
        let report = try RecordingReader(path: alone).verify()
        #expect(report.isWhole && report.completeness == .complete)
        #expect(try report.events == follower.extent().events)
    }
}
