// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// Files that are no recordings, damaged ones, and such that mean harm.
@Suite(.timeLimit(.minutes(2)))
struct RecordingFileTests {
    private static func code(_ path: String) -> RecordingError.Code? {
        do throws(RecordingError) {
            _ = try SessionPlayer(path: path, clock: ManualClock())
            return nil
        } catch {
            return error.code
        }
    }

    private static func change(_ path: String, _ sql: String) throws {
        try DamagedFile.change(path, sql)
    }

    @Test func whatIsNoRecordingIsSaidToBeNone() throws {
        let folder = try TemporaryFolder()
        #expect(Self.code("\(folder.path)/nothing.weir") == .cannotOpen)
        #expect(Self.code(folder.path) == .notARecording)
        try Data().write(to: URL(fileURLWithPath: "\(folder.path)/empty"))
        #expect(Self.code("\(folder.path)/empty") == .notARecording)
        try Data("just a text that is longer than a header".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/text"))
        #expect(Self.code("\(folder.path)/text") == .notARecording)
        try Self.change("\(folder.path)/other", "CREATE TABLE t (a); PRAGMA application_id = 7")
        #expect(Self.code("\(folder.path)/other") == .notARecording)
    }

    @Test func aNewerFormatIsRefusedAndANewerMinorOneIsRead() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 20)
        try Self.change(recorded.path, "PRAGMA user_version = 3009; ALTER TABLE event ADD COLUMN later TEXT")
        #expect(Self.code(recorded.path) == nil)
        try Self.change(recorded.path, "PRAGMA user_version = 4000")
        #expect(Self.code(recorded.path) == .newerVersion)
        try Self.change(recorded.path, "PRAGMA user_version = 1000")
        #expect(Self.code(recorded.path) == .olderVersion)
    }

    @Test(arguments: [
        "CREATE VIEW v AS SELECT 1", "CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
    ])
    func whatARecordingNeverHoldsIsRefused(sql: String) async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 20)
        try Self.change(recorded.path, sql)
        #expect(Self.code(recorded.path) == .notARecording)
    }

    @Test func aRecordingIsNeverWrittenOverAndHasOneWriter() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 20, isFinished: false)
        let header = RecordingHeader(startedAt: Timestamp(seconds: 1), toolVersion: "test")
        let held = #expect(throws: RecordingError.self) { try SessionRecorder(path: recorded.path, header: header) }
        #expect(held?.code == .inUse)
        await recorded.recorder.finish()
        let there = #expect(throws: RecordingError.self) { try SessionRecorder(path: recorded.path, header: header) }
        #expect(there?.code == .exists)
    }

    /// SQLite has a log to undo something with, which a reader may not do.
    @Test func aFileWhoseWriterWasKilledWhileItFinishedItIsRead() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 50)
        let killed = "\(recorded.folder.path)/killed 100%?.weir"
        let queue = try DatabaseQueue(path: recorded.path)
        try await queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = OFF; BEGIN IMMEDIATE; INSERT INTO header VALUES ('x', 'y')")
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: recorded.path + suffix, toPath: killed + suffix)
            }
            try database.execute(sql: "ROLLBACK")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: killed))
        let report = try RecordingReader(path: killed).verify()
        #expect(report.isWhole && report.completeness == .complete && report.events > 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: killed)) == before)
    }

    /// One bad row costs one row; the rest is as it was.
    @Test(arguments: [
        "UPDATE event SET payload = '{}' WHERE sequence = 40", "UPDATE event SET crc = crc + 1 WHERE sequence = 40",
        "UPDATE batch SET data = x'00' WHERE batch = 4", "DELETE FROM batch WHERE batch = 4",
        "DELETE FROM event WHERE sequence = 40",
        "UPDATE event SET payload = CAST(zeroblob(40000000) AS TEXT) WHERE sequence = 40",
    ])
    func aDamagedRowIsAGap(sql: String) async throws {
        let recorded = try await RecordedScript(seed: 2, steps: 100)
        // Without key frames between, so that the damage is met.
        try Self.change(recorded.path, "\(sql); DELETE FROM keyframe")
        let reader = try RecordingReader(path: recorded.path)
        var position = PlaybackPosition(reader: reader)
        try position.seek(toEvent: recorded.last)
        #expect(position.state.missingEvents >= 1)
        #expect(position.state.lastSequence == recorded.last)
    }

    @Test func aDamagedKeyframeIsPassedForTheOneBefore() async throws {
        var rules = RecordingRules()
        rules.keyframeInterval = .seconds(2)
        rules.keyframeShare = 0
        let recorded = try await RecordedScript(seed: 2, steps: 100, rules: rules)
        try Self.change(
            recorded.path,
            "UPDATE keyframe SET payload = x'0102' WHERE sequence = (SELECT max(sequence) FROM keyframe)"
        )
        let reader = try RecordingReader(path: recorded.path)
        var position = PlaybackPosition(reader: reader)
        try position.seek(toEvent: recorded.last)
        expectSame(position.state, recorded.states[recorded.last])
    }

    /// A forged file with right checksums: nothing in it may end the program.
    @Test(arguments: [
        #"{"shard":"s","records":9223372036854775807,"filteredOut":0,"size":9223372036854775807,"duration":1}"#,
        #"{"shard":"s","records":99999999999999,"filteredOut":-1,"size":1,"duration":9223372036854775807}"#,
        #"{"shard":"s","records":1e300,"filteredOut":0,"size":1,"duration":1}"#,
        "[" + String(repeating: "[", count: 5000),
    ])
    func forgedFiguresAreNoEvent(payload: String) async throws {
        let recorded = try await RecordedScript(seed: 2, steps: 20)
        let queue = try DatabaseQueue(path: recorded.path)
        try await queue.write { database in
            for offset in 1...50 {
                let sequence = 1_000_000 + offset
                let row = "\(sequence)\01000000000\0read\0s\0\0\0\(payload)"
                try database.execute(
                    sql: "INSERT INTO event VALUES (?, ?, 'read', 's', NULL, NULL, ?, ?)",
                    arguments: [sequence, 1_000_000_000, payload, Int64(self.crc32c(Array(row.utf8)))]
                )
            }
        }
        try queue.close()
        let reader = try RecordingReader(path: recorded.path)
        var position = PlaybackPosition(reader: reader)
        try position.seek(toEvent: 2_000_000)
        #expect(position.state.missingEvents >= 50)
    }

    /// The checksum bit by bit, to compare the one in use with.
    private func crc32c(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
        }
        return ~crc
    }
}
