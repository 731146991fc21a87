// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// All of a recording is held against what it should be, and every damage is found where it is.
@Suite(.timeLimit(.minutes(5)))
struct RecordingVerifyTests {
    private static func recorded(_ seed: UInt64 = 2, isFinished: Bool = true) async throws -> RecordedScript {
        var rules = RecordingRules()
        rules.keyframeInterval = .seconds(3)
        rules.keyframeShare = 0
        return try await RecordedScript(seed: seed, steps: 200, rules: rules, isFinished: isFinished)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func aWholeRecordingIsWholeAndAllItsStatesComeOutAgain(seed: UInt64) async throws {
        let recorded = try await Self.recorded(seed)
        let report = try RecordingReader(path: recorded.path).verify()
        #expect(report.damages == [])
        #expect(report.isWhole)
        #expect(report.events == Int(recorded.last))
        #expect(report.keyframes > 5)
        // All but the one it begins with.
        #expect(report.replayedKeyframes == report.keyframes - 1)
        #expect(report.records == recorded.states[recorded.last]?.totals.delivered)
        #expect(report.completeness == .complete)
    }

    @Test func whatWasNotFinishedIsNoDamage() async throws {
        let recorded = try await Self.recorded(isFinished: false)
        let report = try RecordingReader(path: recorded.path).verify()
        #expect(report.isWhole)
        #expect(report.completeness == .growing)
        // As if its writer had been killed: the lock is given back with the process.
        let copy = "\(recorded.folder.path)/copy.weir"
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: recorded.path + suffix, toPath: copy + suffix)
        }
        let killed = try RecordingReader(path: copy).verify()
        #expect(killed.isWhole && killed.completeness == .cutOff)
        #expect(killed.events == report.events)
    }

    @Test(arguments: [
        ("UPDATE event SET payload = '{}' WHERE sequence = 40", RecordingDamage.Place.events(40...40)),
        ("UPDATE event SET crc = crc + 1 WHERE sequence = 40", .events(40...40)),
        ("UPDATE event SET at = at + 1 WHERE sequence = 40", .events(40...40)),
        ("UPDATE event SET kind = 'x' || kind WHERE sequence = 40", .events(40...40)),
        ("UPDATE event SET shard = 'x' WHERE sequence = 40", .events(40...40)),
        ("DELETE FROM event WHERE sequence BETWEEN 40 AND 43", .events(40...43)),
        ("DELETE FROM event WHERE sequence <= 2", .events(1...2)),
        ("UPDATE batch SET data = x'00' WHERE batch = 4", .batch(BatchID(4))),
        ("DELETE FROM batch WHERE batch = 4", .batch(BatchID(4))),
        ("UPDATE batch SET batch = 4000 WHERE batch = 4", .batch(BatchID(4))),
        ("INSERT INTO batch SELECT 5000, data, crc FROM batch WHERE batch = 4", .batch(BatchID(5000))),
        ("UPDATE header SET value = value + 1 WHERE name = 'started'", .header),
        ("UPDATE header SET value = 'all' WHERE name = 'redaction'", .header),
    ])
    func aDamageIsFoundWhereItIs(sql: String, place: RecordingDamage.Place) async throws {
        let recorded = try await Self.recorded()
        try DamagedFile.change(recorded.path, sql)
        let report = try RecordingReader(path: recorded.path).verify()
        #expect(report.damages.map(\.place).contains(place), "\(report.damages)")
        #expect(report.damageCount <= 2, "\(report.damages)")
    }

    @Test func aStateThatIsNotWhatTheEventsLeadToIsFound() async throws {
        let recorded = try await Self.recorded()
        let all = try await DatabaseQueue(path: recorded.path).read { database in
            try Int64.fetchAll(database, sql: "SELECT sequence FROM keyframe ORDER BY sequence")
        }
        // The state of another moment, with a checksum that is right.
        let reader = try RecordingReader(path: recorded.path)
        var state = try #require(try reader.keyframe(notAfter: .sequence(UInt64(all[3]))))
        state.totals.errors += 1
        let row = try #require(try KeyframeRow(state, time: reader.time, encoder: JSONEncoder()))
        let queue = try DatabaseQueue(path: recorded.path)
        try await queue.write {
            try $0.execute(
                sql: "UPDATE keyframe SET payload = ?, crc = ? WHERE sequence = ?",
                arguments: [row.payload.data, Int64(row.checksum), all[3]]
            )
        }
        try queue.close()
        let report = try RecordingReader(path: recorded.path).verify()
        #expect(report.damages.map(\.place).first == .keyframe(UInt64(all[3])), "\(report.damages)")
    }

    @Test func whatTheRecorderSaysItMissedIsNoDamage() async throws {
        let recorded = try await RecordedGap()
        let report = try RecordingReader(path: recorded.path).verify()
        #expect(report.isWhole, "\(report.damages)")
        #expect(report.missingEvents == recorded.missing && recorded.missing > 4)
    }

    /// Cut anywhere: what can be read is read, and nothing is called whole that is not.
    @Test func aFileThatWasCutIsReadAsFarAsItGoes() async throws {
        let recorded = try await Self.recorded()
        let copy = "\(recorded.folder.path)/cut.weir"
        let size = try DamagedFile.size(recorded.path)
        var readable = 0
        for bytes in stride(from: size - 4096, through: 4096, by: -4 * 4096) {
            try DamagedFile.copy(recorded.path, to: copy, bytes: bytes)
            guard let reader = try? RecordingReader(path: copy) else { continue }
            let report = try reader.verify()
            #expect(!report.isWhole)
            #expect(report.events <= Int(recorded.last))
            if report.events > 0 { readable += 1 }
            try Self.expectTrue(reader, recorded)
        }
        #expect(readable > size / 4096 / 8)
    }

    /// Bytes changed all over: never a crash, never a wrong record shown as right, and most is readable.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func aFileWithOtherBytesShowsNothingThatWasNotThere(seed: UInt64) async throws {
        let recorded = try await Self.recorded(seed)
        let size = try DamagedFile.size(recorded.path)
        let copy = "\(recorded.folder.path)/flipped.weir"
        var random = SplitMix64(seed: seed)
        for _ in 0..<25 {
            let bytes = (0..<Int.random(in: 1...64, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            let offset = Int.random(in: 0..<size - bytes.count, using: &random)
            try DamagedFile.copy(recorded.path, to: copy, overwriting: bytes, at: offset)
            guard let reader = try? RecordingReader(path: copy) else { continue }
            _ = try reader.verify()
            _ = try reader.summary()
            guard reader.isHeaderWhole else { continue }
            try Self.expectTrue(reader, recorded)
        }
    }

    /// Whatever is read is an event of the session, as it was.
    private static func expectTrue(_ reader: RecordingReader, _ recorded: RecordedScript) throws {
        var walk = EventWalk(reader: reader)
        while let step = try walk.next() {
            guard case .event(let event) = step else { continue }
            let original = recorded.events[event.sequence]
            #expect(original?.kind == event.kind && original?.at == event.at, "event \(event.sequence)")
        }
    }
}
