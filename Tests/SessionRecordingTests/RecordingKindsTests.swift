// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// Reading some kinds of events alone.
@Suite(.timeLimit(.minutes(1)))
struct RecordingKindsTests {
    private static let kinds = ["batch-formed", "read"]

    private static func events(_ path: String) throws(RecordingError) -> [SessionEvent] {
        var events: [SessionEvent] = []
        try RecordingReader(path: path).forEachEvent(of: Self.kinds) { events.append($0) }
        return events
    }

    private static func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func theKindsThatAreAskedForComeInOrderWithTheirRecords() async throws {
        let recorded = try await RecordedScript(seed: 5, steps: 300)
        let all = try RecordingReader(path: recorded.path).events(after: 0, limit: 100_000, byteLimit: .max)
        let wanted = all.filter {
            switch $0.kind {
            case .batchFormed, .read: true
            default: false
            }
        }
        #expect(wanted.count > 10)
        #expect(try Self.events(recorded.path) == wanted)
    }

    @Test(arguments: [
        "UPDATE event SET crc = crc + 1 WHERE sequence = (SELECT max(sequence) FROM event WHERE kind = 'read')",
        "DELETE FROM batch WHERE batch = (SELECT max(batch) FROM event WHERE kind = 'batch-formed')",
        "UPDATE batch SET crc = crc + 1 WHERE batch = (SELECT min(batch) FROM event WHERE kind = 'batch-formed')",
    ])
    func aRowThatIsNotWhatWasStoredIsAnError(sql: String) async throws {
        let recorded = try await RecordedScript(seed: 5, steps: 300)
        try Self.change(recorded.path, sql)
        let error = #expect(throws: RecordingError.self) { try Self.events(recorded.path) }
        #expect(error?.code == .damaged)
        #expect(error?.description.contains("is damaged at event") == true)
    }

    @Test func whatIsDamagedInOtherKindsDoesNotMatter() async throws {
        let recorded = try await RecordedScript(seed: 5, steps: 300)
        let before = try Self.events(recorded.path)
        try Self.change(recorded.path, "UPDATE event SET crc = crc + 1 WHERE kind NOT IN ('read', 'batch-formed')")
        #expect(try Self.events(recorded.path) == before)
    }
}
