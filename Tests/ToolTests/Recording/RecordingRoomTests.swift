// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionRecording
import TestSupport
import Testing

@testable import weir

/// There is no more room for a recording: the session does not suffer, and what was written is there.
@Suite("No room for a recording", .timeLimit(.minutes(2)))
struct RecordingRoomTests {
    /// A limit on the size of files stands in for a full disk: SQLite is refused in the middle of a write, too.
    @Test func theRunGoesOnAndSaysAtOnceThatTheRecordingDoesNot() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        let demo = "'\(ToolProcess.path)' demo --headless --rate 100 --for 4s --seed 3 --record '\(path)'"
        // In units of 512 bytes. Ignored, the signal becomes an error of the write.
        let tool = try RunningTool(
            path: "/bin/sh",
            arguments: ["-c", "trap '' XFSZ; ulimit -f 250; exec \(demo) > /dev/null"],
            environment: ToolProcess.environment()
        )
        let result = try await tool.result()
        #expect(result.status == 0, "\(result.errors)")
        let stopped = try #require(
            result.errors.range(of: "the recording stopped before the session did: Cannot write")
        )
        #expect(result.errors.contains("weir: a part of \(path) may be in \(path)-wal: keep both together"))
        let summary = try #require(result.errors.range(of: " batches, "))
        #expect(stopped.lowerBound < summary.lowerBound, "\(result.errors)")
        let report = try RecordingReader(path: path).verify()
        #expect(report.isWhole && report.events > 0 && report.completeness == .cutOff, "\(report.damages)")
    }

    @Test func whatStaysInTheLogIsSaidToBelongToTheFile() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        var progress = SessionRecorder.Progress()
        progress.events = 3
        #expect(RecordedRun.lines(for: progress, target: RecordingTarget(path: path)).count == 1)
        #expect(!progress.isIncomplete)
        progress.filesWithLog = [path, "\(folder.path)/removed.weir"]
        try Data([1]).write(to: URL(fileURLWithPath: "\(path)-wal"))
        let lines = RecordedRun.lines(for: progress, target: RecordingTarget(path: path))
        #expect(progress.isIncomplete && lines.count == 2, "\(lines)")
        #expect(lines.last?.hasPrefix("weir: a part of the recording stays in \(path)-wal") == true)
        #expect(lines.last?.contains("weir recording repair \(path) --output FILE") == true)
    }
}
