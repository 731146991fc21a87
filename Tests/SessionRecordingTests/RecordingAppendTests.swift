// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// A recording with which another run of the same pipeline goes on.
@Suite("Recordings that go on", .timeLimit(.minutes(2)))
struct RecordingAppendTests {
    /// Another run, an hour after a recorded one, in the same file.
    private struct Resumed {
        let recorded: RecordedScript
        let path: String
        let state: SessionState
        let firstEnd: Timestamp
        let secondBeginning: Timestamp
    }

    private static func resume(isFinished: Bool = true, joinsLate: Bool = false) async throws -> Resumed {
        let recorded = try await RecordedScript(seed: 3, steps: 150, isFinished: isFinished)
        // What a killed writer leaves, without its lock.
        let path = isFinished ? recorded.path : "\(recorded.folder.path)/killed.weir"
        if !isFinished {
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: recorded.path + suffix, toPath: path + suffix)
            }
        }
        let end = try #require(recorded.times[recorded.last])
        var script = SessionScript(seed: 4)
        script.clock.advance(by: end.since(script.clock.now) + .seconds(3600))
        if joinsLate {
            script.begin()
            for _ in 0..<400 { script.step() }
        }
        let beginning = script.clock.now
        let recorder = try SessionRecorder(
            appendingTo: path,
            description: SessionScript.description,
            now: beginning
        )
        var frames = script.hub.frames(bufferLimit: 100_000).makeAsyncIterator()
        await recorder.take(try #require(await frames.next()))
        if !joinsLate { script.begin() }
        for _ in 0..<150 { script.step() }
        script.hub.finish()
        while let frame = await frames.next() { await recorder.take(frame) }
        await recorder.finish()
        #expect(await recorder.progress.failure == nil)
        return Resumed(
            recorded: recorded,
            path: path,
            state: script.hub.state,
            firstEnd: end,
            secondBeginning: beginning
        )
    }

    @Test(arguments: [(true, false), (true, true), (false, false)])
    func bothRunsAreWholeAndTheTimeBetweenIsAGap(isFinished: Bool, joinsLate: Bool) async throws {
        let resumed = try await Self.resume(isFinished: isFinished, joinsLate: joinsLate)
        let reader = try RecordingReader(path: resumed.path)
        let report = try reader.verify()
        #expect(report.isWhole && report.completeness == .complete && report.missingEvents == 0, "\(report.damages)")
        #expect(try reader.summary().resumptions == 1)
        let marks = TimelineMarks.marks(try reader.marks(), end: resumed.firstEnd).filter { $0.kind == .gap }
        #expect(marks.count == 1 && marks.first?.at == resumed.firstEnd)
        #expect(try #require(marks.first).until >= resumed.secondBeginning || joinsLate)

        var position = PlaybackPosition(reader: reader)
        // The first run is as it was, up to its end.
        try position.seek(to: resumed.firstEnd)
        expectSame(position.state, resumed.recorded.states[resumed.recorded.last])
        try position.seek(to: reader.header.startedAt)
        #expect(position.state.lastSequence <= resumed.recorded.last)
        // The second one has its own figures; its batches have numbers behind those of the first.
        try position.seek(toEvent: .max)
        #expect(position.state.totals == resumed.state.totals)
        #expect(position.state.records.map(\.record) == resumed.state.records.map(\.record))
        let first = try #require(resumed.recorded.states[resumed.recorded.last]).totals.batches
        let numbers = position.state.batches.map(\.description.id.number)
        #expect(numbers.allSatisfy { $0 > UInt64(first) } && Set(numbers).count == numbers.count)
    }

    @Test func whatIsMadeOfARecordingOfTwoRunsIsWhole() async throws {
        let resumed = try await Self.resume()
        let target = "\(resumed.recorded.folder.path)/copy.weir"
        _ = try await RecordingRewrite(RecordingReader(path: resumed.path), toolVersion: "test").write(to: target)
        let report = try RecordingReader(path: target).verify()
        #expect(report.isWhole, "\(report.damages)")
        var position = PlaybackPosition(reader: try RecordingReader(path: target))
        try position.seek(toEvent: .max)
        #expect(position.state.totals == resumed.state.totals)
    }

    private static func refusal(
        _ path: String,
        now: Timestamp = Timestamp(seconds: 4_000_000_000),
        redactor: SessionRedactor? = nil,
        _ change: (inout SessionDescription) -> Void = { _ in }
    ) throws -> RecordingError {
        var description = SessionScript.description
        change(&description)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = #expect(throws: RecordingError.self) {
            try SessionRecorder(appendingTo: path, description: description, now: now, redactor: redactor)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        return try #require(error)
    }

    @Test func anotherSessionIsRefusedAndTheFileIsLeftAsItIs() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 50)
        let stream = StreamARN("arn:aws:dynamodb:eu-central-1:123456789012:table/Other/stream/2026-01-01T00:00:00.000")
        #expect(try Self.refusal(recorded.path) { $0.streamARN = stream }.code == .anotherSession)
        #expect(try Self.refusal(recorded.path) { $0.pipeline = "other" }.code == .anotherSession)
        #expect(try Self.refusal(recorded.path, redactor: .random(.values)).description.contains("--redact"))
        #expect(try Self.refusal(recorded.path, now: Timestamp(seconds: 1)).code == .anotherSession)
        try DamagedFile.change(recorded.path, "PRAGMA user_version = 2000")
        #expect(try Self.refusal(recorded.path).description.contains("repair"))
    }

    @Test func whatIsNoRecordingIsLeftAsItIs() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("empty", ""), ("text", "a text that is longer than the header of a database, by some words"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            #expect(try Self.refusal("\(folder.path)/\(name)").code == .notARecording)
        }
        try DamagedFile.change("\(folder.path)/other", "CREATE TABLE t (a)")
        #expect(try Self.refusal("\(folder.path)/other").code == .notARecording)
    }

    @Test func aRecordingThatIsBeingWrittenHasOneWriter() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 50, isFinished: false)
        let error = #expect(throws: RecordingError.self) {
            try SessionRecorder(
                appendingTo: recorded.path,
                description: SessionScript.description,
                now: Timestamp(seconds: 4_000_000_000)
            )
        }
        #expect(error?.code == .inUse)
    }
}

extension SessionRedactor {
    fileprivate static func random(_ rule: RedactionRule) -> SessionRedactor {
        SessionRedactor(rule, secret: Array(0..<32))
    }
}
