// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import SessionRecording
import TestSupport
import Testing

/// The program is killed at seeded moments while it records: what it had written is there, and is what it was.
@Suite("kill -9 while a session is recorded", .timeLimit(.minutes(5)))
struct RecordingKillTests {
    @Test func whatWasWrittenIsWholeWhereverItsWriterWasKilled() async throws {
        let folder = try TemporaryFolder()
        var random = SplitMix64(seed: 7)
        for round in 0..<6 {
            let path = "\(folder.path)/session-\(round).weir"
            let tool = try ToolProcess.start([
                "demo", "--headless", "--rate", "400", "--for", "60s", "--seed", "\(round)", "--record", path,
            ])
            let events = Int.random(in: 1...150, using: &random)
            try await waitUntil { (try? RecordingReader(path: path).extent().events) ?? 0 >= events }
            tool.signal(SIGKILL)
            #expect(try await tool.result().status == 128 + SIGKILL)
            let report = try RecordingReader(path: path).verify()
            #expect(report.isWhole && report.completeness == .cutOff, "\(report.damages)")
            #expect(report.events >= events)

            let target = "\(folder.path)/whole-\(round).weir"
            let repaired = try await ToolProcess.run(["recording", "repair", path, "--output", target])
            #expect(repaired.status == 0 && !repaired.errors.contains("damaged"), "\(repaired.errors)")
            let whole = try RecordingReader(path: target).verify()
            #expect(whole.isWhole && whole.completeness == .complete)
            #expect(whole.events == report.events && whole.records == report.records)
        }
    }
}
