// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// What is made of a recording is a whole recording.
@Suite(.timeLimit(.minutes(5)))
struct RecordingRewriteTests {
    private static func recorded(_ seed: UInt64 = 2, isFinished: Bool = true) async throws -> RecordedScript {
        var rules = RecordingRules()
        rules.keyframeInterval = .seconds(3)
        rules.keyframeShare = 0
        return try await RecordedScript(seed: seed, steps: 200, rules: rules, isFinished: isFinished)
    }

    private static func rewrite(
        _ path: String,
        _ target: String,
        _ change: (inout RecordingRewrite) -> Void = { _ in }
    ) async throws -> RecordingRewrite.Result {
        var rewrite = RecordingRewrite(try RecordingReader(path: path), toolVersion: "new")
        change(&rewrite)
        return try await rewrite.write(to: target)
    }

    private static func state(_ path: String, _ sequence: UInt64) throws -> SessionState {
        var position = PlaybackPosition(reader: try RecordingReader(path: path))
        try position.seek(toEvent: sequence)
        return position.state
    }

    @Test func aPartShowsWhatTheWholeShows() async throws {
        let recorded = try await Self.recorded()
        let target = "\(recorded.folder.path)/part.weir"
        let from = try #require(recorded.times[recorded.last / 3])
        let to = try #require(recorded.times[recorded.last / 2])
        let result = try await Self.rewrite(recorded.path, target) {
            $0.range = RecordingRange(from: .time(from), to: .time(to))
        }
        let reader = try RecordingReader(path: target)
        let report = try reader.verify()
        #expect(report.isWhole && report.completeness == .complete, "\(report.damages)")
        let kept = recorded.times.filter { (from...to).contains($0.value) }.keys
        #expect(result.events == kept.count && result.damageCount == 0)
        for sequence in kept { expectSame(try Self.state(target, sequence), recorded.states[sequence]) }
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(reader.header.toolVersion == "new")
        #expect(reader.header.startedAt == (try RecordingReader(path: recorded.path)).header.startedAt)
    }

    @Test func aPartInWhichNothingHappenedIsRefusedAndNoFileIsMade() async throws {
        let recorded = try await Self.recorded()
        let target = "\(recorded.folder.path)/part.weir"
        let late = try #require(recorded.times[recorded.last]).advanced(by: .seconds(60))
        let error = await #expect(throws: RecordingError.self) {
            try await Self.rewrite(recorded.path, target) { $0.range = RecordingRange(from: .time(late)) }
        }
        #expect(error?.code == .nothingThere)
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func aFileThatIsThereIsNeverWrittenOver() async throws {
        let recorded = try await Self.recorded()
        let error = await #expect(throws: RecordingError.self) {
            try await Self.rewrite(recorded.path, recorded.path)
        }
        #expect(error?.code == .exists)
    }

    @Test func aFileWhoseWriterIsGoneIsMadeAWholeOne() async throws {
        let recorded = try await Self.recorded(isFinished: false)
        let target = "\(recorded.folder.path)/whole.weir"
        let result = try await Self.rewrite(recorded.path, target)
        #expect(result.events == Int(recorded.last) && result.damageCount == 0)
        #expect(try RecordingReader(path: target).verify().completeness == .complete)
        expectSame(try Self.state(target, recorded.last), recorded.states[recorded.last])
    }

    @Test(arguments: [
        "UPDATE event SET payload = '{}' WHERE sequence = 40", "DELETE FROM event WHERE sequence BETWEEN 40 AND 47",
        "DELETE FROM batch WHERE batch = 4", "DELETE FROM event WHERE sequence <= 3",
        "UPDATE keyframe SET crc = crc + 1 WHERE sequence > 0 AND sequence < 100",
        "UPDATE event SET kind = 'newer', crc = 0 WHERE sequence = 40",
    ])
    func whatIsDamagedIsAGapAndTheRestIsAsItWas(sql: String) async throws {
        let recorded = try await Self.recorded()
        try DamagedFile.change(recorded.path, sql)
        let target = "\(recorded.folder.path)/whole.weir"
        _ = try await Self.rewrite(recorded.path, target)
        let reader = try RecordingReader(path: target)
        let report = try reader.verify()
        #expect(report.isWhole, "\(report.damages)")
        var walk = EventWalk(reader: reader)
        var same = 0
        while case .event(let event)? = try walk.next() {
            if case .gap = event.kind { continue }
            #expect(recorded.events[event.sequence] == event)
            same += 1
        }
        #expect(same >= Int(recorded.last) - 10)
        // Behind the next whole state nothing but the number of missing events tells of it.
        var end = try Self.state(target, recorded.last)
        end.missingEvents = 0
        if !sql.contains("batch WHERE") { expectSame(end, recorded.states[recorded.last]) }
    }

    @Test func aFileThatWasCutIsRepairedAsFarAsItGoes() async throws {
        let recorded = try await Self.recorded()
        let size = try DamagedFile.size(recorded.path)
        var damaged = 0
        for share in 5...9 {
            let copy = "\(recorded.folder.path)/cut-\(share).weir"
            let target = "\(recorded.folder.path)/whole-\(share).weir"
            try DamagedFile.copy(recorded.path, to: copy, bytes: size * share / 10 / 4096 * 4096)
            let result = try await Self.rewrite(copy, target)
            let report = try RecordingReader(path: target).verify()
            #expect(report.isWhole && report.events > 0, "\(report.damages)")
            damaged += min(result.damageCount, 1)
            var walk = EventWalk(reader: try RecordingReader(path: target))
            while case .event(let event)? = try walk.next() {
                if case .gap = event.kind { continue }
                #expect(recorded.events[event.sequence] == event)
            }
        }
        // The end of the file may hold nothing but states, which are made anew.
        #expect(damaged > 0)
    }

    @Test func whatARecorderMissedStaysAGapBehindWhichAllIsRight() async throws {
        let recorded = try await RecordedGap()
        let target = "\(recorded.folder.path)/copy.weir"
        _ = try await Self.rewrite(recorded.path, target)
        let report = try RecordingReader(path: target).verify()
        #expect(report.isWhole && report.missingEvents == recorded.missing, "\(report.damages)")
        #expect(try Self.state(target, .max).totals == recorded.state.totals)
    }

    @Test func markersGoWhereTheirTimeSaysAndNoneTwice() async throws {
        let recorded = try await Self.recorded()
        let first = try #require(recorded.times[1])
        let middle = try #require(recorded.times[recorded.last / 2])
        let last = try #require(recorded.times[recorded.last])
        let state = try #require(recorded.states[recorded.last])
        let known = try #require(state.markers.first)
        let added = [Marker(at: middle, text: "theirs"), Marker(at: last, text: "at the end")]
        let outside = [
            Marker(at: first.advanced(by: .seconds(-9)), text: "before"),
            Marker(at: last.advanced(by: .seconds(9)), text: "behind"),
        ]
        let target = "\(recorded.folder.path)/both.weir"
        let result = try await Self.rewrite(recorded.path, target) { $0.markers = outside + added + [known] }
        #expect(result.markers == 2)
        let reader = try RecordingReader(path: target)
        #expect(try reader.verify().isWhole)
        let end = try Self.state(target, .max)
        #expect(Set(end.markers) == Set(state.markers + added) && end.markers.count == state.markers.count + 2)
        #expect(end.lastSequence == recorded.last + 2 && end.missingEvents == 0)
        #expect(end.totals == state.totals)
    }
}
