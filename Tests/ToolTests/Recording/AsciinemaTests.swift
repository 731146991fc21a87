// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestServers
import TestSupport
import Testing

/// What is exported as an asciicast plays in asciinema.
@Suite(
    .enabled(
        if: MotoServer.python != nil || MotoServer.isRequired,
        "needs a Python with asciinema: set WEIR_TEST_PYTHON, or let ./dev test make .venv"
    ),
    .timeLimit(.minutes(3))
)
struct AsciinemaTests {
    private static let recording = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("recordings/hot-shard.weir")
        .path

    private static func film(in folder: TemporaryFolder) async throws -> String {
        let path = "\(folder.path)/session.cast"
        let result = try await ToolProcess.run([
            "export", Self.recording, "--format", "asciicast", "--size", "100x30", "--output", path,
        ])
        try #require(result.status == 0, "\(result.errors)")
        return path
    }

    /// `asciinema cat` reads the whole file, and writes what a terminal would get.
    @Test func allOfItIsRead() async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python")
        let folder = try TemporaryFolder()
        let path = try await Self.film(in: folder)
        let result = try await RunningTool(
            path: python,
            arguments: ["-m", "asciinema", "cat", path],
            environment: ToolProcess.environment(["LANG": "C.UTF-8"], home: folder.path)
        ).result()
        #expect(result.status == 0, "\(result.errors)")
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        let texts = try lines.map { line in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any]
            return try #require(event?.last as? String)
        }
        #expect(result.output.hasPrefix(texts.joined()) && texts.count > 20)
    }

    /// Played on a terminal, the last screen is the session's.
    @Test(.enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)))
    func itsLastScreenIsTheOneOfTheSession() async throws {
        let python = try #require(MotoServer.python, "WEIR_REQUIRE_INTEROP is set, but there is no Python")
        let folder = try TemporaryFolder()
        let path = try await Self.film(in: folder)
        try await TmuxSession.with(columns: 100, rows: 30) { session in
            try await session.type("'\(python)' -m asciinema play -s 50 -i 0.1 '\(path)'; sleep 60")
            try await session.press("Enter")
            let screen = try await session.waitForText("100.0%", seconds: 60)
            for fact in [" PLAY 1x   Orders · ", "700/700", "the session has ended: ", " 3 Batches ", "119"] {
                #expect(screen.contains(fact), "\(fact) in \(screen)")
            }
        }
    }
}
