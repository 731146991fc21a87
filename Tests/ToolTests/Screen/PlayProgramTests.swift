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
    func whatIsLeftOfADamagedFileIsPlayedAndExitsWithThree() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        try await Self.record(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(whole.count - 3 * 4096).write(to: URL(fileURLWithPath: "\(folder.path)/cut.weir"))
        try await TmuxSession.with { session in
            let weir = ProgramRun.builtProgram("weir")
            try await session.type("cd '\(folder.path)'; '\(weir)' play cut.weir --paused; echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" STOPPED 1x ")
            try await session.press("}")
            try await session.press("M-3")
            try await session.waitForText(" 1/1 ")
            try await session.press("Q")
            try await session.waitForText("status=3", seconds: 30)
            #expect(try await session.screen().contains("weir: cut.weir is damaged"))
        }
    }

    /// Deleted again, told in Events, and kept in the recording; nothing before a y.
    @Test
    func aBatchOfARunningSessionIsSentAgain() async throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/session.weir"
        try await TmuxSession.with(columns: 120, rows: 40) { session in
            let demo = "'\(ProgramRun.builtProgram("weir"))' demo --rate 20 --record '\(file)'"
            try await session.type("\(demo); echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" LIVE ", seconds: 30)
            try await session.press("3")
            try await session.waitForScreen("a batch that is over") { $0.contains(" ok ") }
            try await session.press("r")
            let question = try await session.waitForText("to delete from StagingTable (batch) again?")
            for fact in ["Send again", "of batch ", "region         us-east-1", "on this machine", "no position moves"]
            {
                #expect(question.contains(fact), "\(fact)")
            }
            try await session.press("Enter")
            try await session.waitForText("nothing was sent")
            try await session.press("r")
            try await session.waitForText("y sends")
            try await session.press("y")
            try await session.waitForText("sent again: ")
            try await session.press("6")
            try await session.waitForScreen("a line of Events") { $0.contains(" replay ") }
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
            #expect(try await session.screen().contains("handled by delete from StagingTable"))
        }
        let dump = try await ToolProcess.run(["recording", "dump", file])
        let replays = try dump.objects().filter { $0["type"] as? String == "replay" }
        #expect(replays.count == 1)
        #expect(replays.first?["handled"] as? Int == replays.first?["records"] as? Int)
        #expect(replays.first?["endpoint"] as? String != nil)
        let verified = try await ToolProcess.run(["recording", "verify", file])
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test
    func aBatchOfARecordingIsSentToAHandlerThatIsNamed() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/session.weir"
        try await Self.record(to: path)
        let script = "\(folder.path)/handler"
        try Data("#!/bin/sh\ncat >> '\(folder.path)/events'; echo '{}'\n".utf8).write(to: URL(fileURLWithPath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
        let weir = ProgramRun.builtProgram("weir")
        try await TmuxSession.with { session in
            try await session.type("'\(weir)' play '\(path)' --paused; echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" STOPPED 1x ")
            try await session.press("}")
            try await session.press("M-3")
            try await session.press("r")
            try await session.waitForText("name one: weir play FILE --handler command")
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
            try await session.type(
                "clear; '\(weir)' play '\(path)' --at 'batch 1' --paused --handler command -- '\(script)'; echo status=$?"
            )
            try await session.press("Enter")
            try await session.waitForText(" STOPPED 1x ")
            try await session.press("M-3")
            try await session.press("r")
            try await session.waitForText("Send 50 records to command")
            #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/events"))
            try await session.press("y")
            try await session.waitForText("sent again: 50 records of batch 1")
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
        }
        let event = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/events"))
        )
        #expect(((event as? [String: Any])?["Records"] as? [Any])?.count == 50)
        let refused = try await ToolProcess.run(["play", path, "--read-only", "--handler", "command", "--", "true"])
        #expect(refused.status == 2 && refused.errors.contains("--read-only and --handler command exclude each other"))
        try await TmuxSession.with { session in
            try await session.type("'\(weir)' play '\(path)' --at 'batch 1' --paused --read-only; echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" STOPPED 1x ")
            try await session.press("M-3")
            try await session.press("r")
            try await session.waitForText("read-only: nothing is sent again")
            try await session.press("}")
            try await session.waitForText(" 1/2 ")
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
        }
        for options in [
            ["--handler", "command", "--yes", "--", "true"], ["--handler", "command", "--dry-run", "--", "true"],
        ] {
            let wrong = try await ToolProcess.run(["play", path] + options)
            #expect(wrong.status == 2 && wrong.errors.contains("does not go together with 'weir play'"))
        }
    }

    @Test
    func aRunningSessionIsLookedAtAsItWas() async throws {
        try await TmuxSession.with { session in
            try await session.type("'\(ProgramRun.builtProgram("weir"))' demo --rate 20; echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" LIVE ", seconds: 30)
            try await session.press("4")
            try await session.waitForScreen("some records") {
                $0.contains(#/\d\d\/\d\d+ ─┘/#) || $0.contains(#/\d{3}\/\d{3}/#)
            }
            try await session.press("Left")
            try await session.waitForScreen("the past") { $0.contains(#/^ PAST \d\d:\d\d:\d\dZ -\d+s /#) }
            try await session.press("S-Left")
            try await session.waitForText("here the session began")
            try await session.press("Escape")
            try await session.waitForText(" LIVE ")
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
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
