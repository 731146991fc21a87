// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SessionRecording
import StreamSession
import TestSupport
import Testing

/// A session is recorded by the program, and opened again.
@Suite(
    .enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)),
    .timeLimit(.minutes(5))
)
struct PlayProgramTests {
    private static func record(to path: String) async throws {
        let result = try await ToolProcess.run([
            "demo", "--headless", "--preload", "--records", "300", "--shards", "2", "--batch-size", "50", "--record",
            path,
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("weir play \(path)"))
    }

    @Test
    func aRecordedSessionIsPlayedSteppedAndSearched() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        try await Self.record(to: path)
        try await TmuxSession.with { session in
            let modes = try await session.shell("stty -g")
            try await session.type("'\(ProgramRun.builtProgram("weir"))' play '\(path)' --paused; echo status=$?")
            try await session.press("Enter")
            try await session.waitForScreen("the beginning") { $0.contains(" STOPPED 1x ") && $0.contains(" 0.0%") }
            try await session.press("M-3")
            try await session.waitForText("waiting for the session to begin")
            try await session.press("}")
            try await session.waitForText(" 1/1 ")
            try await session.press(".")
            try await session.waitForText("record 1/50")
            try await session.press("G")
            try await session.waitForText(" 100.0%")
            try await session.press(":")
            try await session.waitForText("go to:")
            try await session.type("batch 2")
            try await session.press("Enter")
            try await session.waitForText(" 1/2 ")
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
            #expect(try await !session.isOnAlternateScreen())
            #expect(try await session.shell("stty -g") == modes)
        }
    }

    @Test
    func aSessionIsRecordedFromTheMomentSomebodyAsksForIt() async throws {
        let folder = try TemporaryFolder()
        let first = "\(folder.path)/first.weir"
        let second = "\(folder.path)/second.weir"
        try await TmuxSession.with { session in
            let demo = "'\(ProgramRun.builtProgram("weir"))' demo --rate 20 --record '\(first)'"
            // In the folder, so that what is said fits on the screen.
            try await session.type("cd '\(folder.path)'; \(demo); echo status=$?")
            try await session.press("Enter")
            try await session.waitForScreen("the first recording") { $0.contains("LIVE  REC ") }
            try await session.press("w")
            try await session.waitForScreen("no recording") { $0.contains("LIVE ") && !$0.contains(" REC ") }
            #expect(try RecordingReader(path: first).extent().isSealed)
            // In the middle of the session, with what has been so far.
            try await session.press("w")
            try await session.waitForText("record to: MessagesTable-")
            try await session.type("second.weir")
            try await session.press("Enter")
            try await session.waitForScreen("the second recording") { $0.contains("LIVE  REC ") }
            // What is there is never written over.
            try await session.press("w")
            try await session.waitForScreen("no recording") { $0.contains("LIVE ") && !$0.contains(" REC ") }
            let whole = try Data(contentsOf: URL(fileURLWithPath: second))
            try await session.press("w")
            try await session.waitForText("record to: ")
            try await session.type("second.weir")
            try await session.press("Enter")
            try await session.waitForText("second.weir is there already")
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
            try await session.waitForText("weir play second.weir")
            #expect(try Data(contentsOf: URL(fileURLWithPath: second)) == whole)
            let reader = try RecordingReader(path: second)
            #expect(try reader.extent().isSealed)
            let state = try reader.finalState()
            #expect(state.description?.tableName == "MessagesTable")
            #expect(state.missingEvents == 0)
            #expect(state.shards.count == 4)
        }
    }

    @Test
    func whatCannotBePlayedOrRecordedIsSaid() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        try await Self.record(to: path)
        let again = try await ToolProcess.run([
            "demo", "--headless", "--preload", "--records", "10", "--record", path,
        ])
        #expect(again.status == 2 && again.errors.contains("is there already"), "\(again.errors)")
        let blind = try await ToolProcess.run(["play", path])
        #expect(blind.status == 2 && blind.errors.contains("terminal"), "\(blind.errors)")
        let nothing = try await ToolProcess.run(["play", "\(folder.path)/nothing"])
        #expect(nothing.status == 2 && nothing.errors.contains("There is no file"))
        try Data("no recording at all".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/text"))
        let text = try await ToolProcess.run(["play", "\(folder.path)/text"])
        #expect(text.status == 2 && text.errors.contains("not a recording"))
        for (option, value) in [("--speed", "65"), ("--at", "nowhere")] {
            let wrong = try await ToolProcess.run(["play", path, option, value])
            #expect(wrong.status == 2 && wrong.errors.contains(option) && wrong.errors.contains(value))
        }
    }
}
