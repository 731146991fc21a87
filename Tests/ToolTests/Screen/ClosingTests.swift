// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DemoPipeline
import Foundation
import StreamSession
import TestSupport
import Testing

/// Between the end of the screen and that of a batch that takes its time.
@Suite(
    .enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)),
    .timeLimit(.minutes(3))
)
struct ClosingTests {
    @Test func theUserIsToldWhatItWaitsForAndASecondSignalEndsItAndItsPrograms() async throws {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(checkpointFile: "\(folder.path)/unused.sqlite", toolVersion: "test")
        try await DemoPipeline.run(configuration, clock: SystemClock(), logger: silentLogger) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: 10, seed: 7)
            let script = "\(folder.path)/handler"
            // Its number first and whole, then nothing for a long time.
            try Data("#!/bin/sh\necho $$ > \(script).new; mv \(script).new \(script).pid; exec sleep 1000\n".utf8)
                .write(to: URL(fileURLWithPath: script))
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
            let program = ProgramRun.builtProgram("weir")
            try await TmuxSession.with(columns: 120) { session in
                try await session.type(
                    "'\(program)' monitor --endpoint-url \(pipeline.endpoint) --table \(StoryTables.messages)"
                        + " --starting-position TRIM_HORIZON --checkpoint-file none --handler command --yes"
                        + " -- \(script); echo status=$?"
                )
                try await session.press("Enter")
                try await session.wait(for: "the program to run") {
                    FileManager.default.fileExists(atPath: "\(script).pid")
                }
                try await session.waitForText(" LIVE ")
                let text = try String(contentsOfFile: "\(script).pid", encoding: .utf8)
                let child = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
                #expect(kill(child, 0) == 0)
                try await session.press("C-c")
                try await session.waitForText("Finishing what is in flight")
                try await session.press("C-c")
                let screen = try await session.waitForText("status=130")
                #expect(screen.contains("ended by signal 2"))
                try await session.wait(for: "the end of the program") { kill(child, 0) != 0 }
            }
        }
    }
}
