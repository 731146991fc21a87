// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite(.enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)), .timeLimit(.minutes(2)))
struct TmuxSessionTests {
    @Test
    func aShellInATerminalAnswers() async throws {
        try await TmuxSession.with(columns: 70, rows: 10, environment: ["WORD": "it's here"]) { session in
            #expect(try await session.shell("echo $WORD; stty size") == "it's here\n10 70")
            try await session.resize(columns: 90, rows: 12)
            #expect(try await session.shell("stty size") == "12 90")
            #expect(try await !session.isOnAlternateScreen())
            #expect(try await session.exitStatus() == nil)
            try await session.type("exit 7")
            try await session.press("Enter")
            #expect(try await session.waitForExit() == 7)
        }
    }

    @Test
    func waitingInVainSaysWhatWasOnTheScreen() async throws {
        let error = await #expect(throws: TmuxError.self) {
            try await TmuxSession.with(command: ["/bin/sh", "-c", "echo something el''se; exec cat"]) { session in
                try await session.waitForText("something else")
                try await session.waitForText("never", seconds: 0)
            }
        }
        #expect(error?.description.contains("something else") == true)
    }
}
