// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SessionRecording

/// The page that describes the file describes the file.
@Suite(.timeLimit(.minutes(2)))
struct FileFormatTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func everyTableColumnKindAndHeaderIsDescribed() async throws {
        let page = try Self.text("Sources/SessionRecording/SessionRecording.docc/FileFormat.md")
        let recorded = try await RecordedScript(seed: 1, steps: 400)
        let queue = try DatabaseQueue(path: recorded.path)
        let names = try await queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT '### ' || name FROM sqlite_schema WHERE type = 'table'
                    UNION SELECT '`' || c.name || '` | ' || c.type FROM sqlite_schema t, pragma_table_info(t.name) c
                    UNION SELECT '`' || name || '`' FROM header UNION SELECT '`' || kind || '`' FROM event
                    """
            )
        }
        try queue.close()
        #expect(names.count > 30)
        for name in names { #expect(page.contains(name), "\(name)") }
        #expect(page.contains("`user_version` is 1000 times") && page.contains("\(RecordingFormat.version) for format"))
        #expect(page.contains("0x\(String(RecordingFormat.applicationID, radix: 16, uppercase: true))"))
    }

    @Test func theChecksumIsTheOneThatIsDescribed() {
        let payload = Array(#"{"text":"here"}"#.utf8)
        let row = EventRow(sequence: 7, offset: 1_500_000_000, kind: "marker", payload: payload).sealed()
        var checksum: UInt32 = 0xFFFF_FFFF
        for byte in Array("7\01500000000\0marker\0\0\0\0".utf8) + payload {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0x82F6_3B78 : checksum >> 1 }
        }
        #expect(row.checksum == ~checksum && row.isWhole)
    }

    @Test func theQueriesOfTheReadmeAnswer() async throws {
        let readme = try Self.text("README.md")
        let queries = readme.matches(of: #/sqlite3 orders\.weir "([^"]+)"/#).map { String($0.1) }
        #expect(queries.count >= 3)
        let recorded = try await RecordedScript(seed: 1, steps: 400)
        let queue = try DatabaseQueue(path: recorded.path)
        for query in queries {
            let areNull = try await queue.read { database in
                try Row.fetchAll(database, sql: query).map { row in row.databaseValues.map(\.isNull) }
            }
            #expect(areNull.contains { !$0.contains(true) }, "\(query)")
        }
        try queue.close()
    }
}
