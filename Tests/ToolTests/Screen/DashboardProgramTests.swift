// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The program on a real terminal, as a person uses it.
@Suite(
    .enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)),
    .timeLimit(.minutes(5))
)
struct DashboardProgramTests {
    private static let demo = "'\(ProgramRun.builtProgram("weir"))' demo --shards 2 --seed 7"

    @Test
    func theDemoIsWatchedHeldSteppedSearchedAndLeft() async throws {
        try await TmuxSession.with { session in
            let settings = try await session.shell("stty -g")
            try await session.type("\(Self.demo) --rate 100 --events INSERT,MODIFY,REMOVE; echo status=$?")
            try await session.press("Enter")
            try await self.watch(session)
            try await self.inspect(session)
            try await self.hold(session)
            try await self.filter(session)
            try await self.help(session)
            try await session.press("Q")
            try await session.waitForText("status=0", seconds: 30)
            let screen = try await session.screen()
            #expect(screen.contains(#/\d+ records in \d+ batches/#))
            #expect(screen.contains(#/[\d,]+ deletes accepted with [\d,]+ BatchWriteItem requests/#))
            #expect(try await !session.isOnAlternateScreen())
            #expect(try await session.shell("stty -g") == settings)
        }
    }

    @Test
    func aTerminalThatIsTooSmallIsToldSoAndComesBack() async throws {
        try await TmuxSession.with { session in
            try await session.type("\(Self.demo) --rate 20; echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" LIVE ", seconds: 30)
            try await session.resize(columns: 30, rows: 8)
            try await session.waitForText("30x8")
            try await session.resize(columns: 120, rows: 40)
            // What only a larger screen has room for.
            try await session.waitForText("┌ 4 Records")
            try await session.waitForText("┌ 2 Shards")
            try await session.press("C-c")
            try await session.waitForText("status=130", seconds: 30)
            #expect(try await !session.isOnAlternateScreen())
        }
    }

    @Test
    func aLimitEndsTheDashboardWithItsSummary() async throws {
        try await TmuxSession.with { session in
            try await session.type("\(Self.demo) --rate 50 --for 3s; echo status=$?")
            try await session.press("Enter")
            try await session.waitForText(" LIVE ", seconds: 30)
            let screen = try await session.waitForText("status=0", seconds: 30)
            #expect(screen.contains("records in"))
            #expect(try await !session.isOnAlternateScreen())
        }
    }

    /// On the screen it would be in the way; a file behind standard error is not.
    @Test
    func theLogIsNeverOnTheScreen() async throws {
        try await TmuxSession.with { session in
            try await session.type("\(Self.demo) --log-file -; echo status=$?")
            try await session.press("Enter")
            let refusal = try await session.waitForText("status=2", seconds: 30)
            #expect(refusal.contains("--log-file names a terminal"))
            let folder = try TemporaryFolder()
            let log = "\(folder.path)/log"
            try await session.type(
                "clear; \(Self.demo) --rate 50 --for 5s --log-file - --trace-records 2>\(log); echo end"
            )
            try await session.press("Enter")
            let screen = try await session.waitForScreen("figures", seconds: 60) { $0.contains(#/in [1-9]\d*/s/#) }
            #expect(!screen.contains(" debug ") && !screen.contains(" trace "))
            try await session.waitForScreen("the end", seconds: 60) { $0.contains(#/\nend/#) }
            let lines = try String(contentsOfFile: log, encoding: .utf8)
            #expect(lines.contains(" trace handler record "))
        }
    }

    // MARK: - What a person does

    /// Live, on the alternate screen, with the endpoint's address, and with figures that rise.
    private func watch(_ session: TmuxSession) async throws {
        let screen = try await session.waitForScreen("figures of records and deletes", seconds: 60) { screen in
            screen.contains(" LIVE ") && screen.contains(#/in [1-9]\d*/s +del [1-9]/#)
        }
        #expect(screen.contains(#/127\.0\.0\.1:\d+/#))
        #expect(try await session.isOnAlternateScreen())
        try await session.press("3")
        let before = try #require(self.newestBatch(try await session.waitForText("┌ 3 Batches")))
        try await session.waitForScreen("a batch after \(before.number)", seconds: 30) { screen in
            self.newestBatch(screen).map { $0.number > before.number } == true
        }
        try await session.press("2")
        try await session.waitForText("2 of 2 open")
        try await session.press("6")
        try await session.waitForText("┌ 6 Events")
    }

    /// From the list of records into one, and back.
    private func inspect(_ session: TmuxSession) async throws {
        try await session.press("4")
        try await session.waitForScreen("records", seconds: 30) { $0.contains("┌ 4 Records") && $0.contains("msg-") }
        try await session.press("Enter")
        try await session.waitForScreen("a record with its key", seconds: 30) { screen in
            screen.contains("┌ 5 Record") && screen.contains("messageId")
        }
        try await session.press("Escape")
        try await session.waitForText("┌ 4 Records")
    }

    /// Held, the session moves by the steps it is told to take, and by nothing else.
    private func hold(_ session: TmuxSession) async throws {
        try await session.press("3", "Space")
        try await session.waitForText(" PAUSED ")
        try await session.waitForNoText("running")
        let held = try #require(self.newestBatch(try await session.screen()))
        try await session.press(".")
        try await session.waitForScreen("a batch of one", seconds: 30) { screen in
            screen.contains(" PAUSED ")
                && self.newestBatch(screen).map { $0.number == held.number + 1 && $0.records == 1 } == true
        }
        try await session.press("}")
        try await session.waitForScreen("one batch more", seconds: 30) { screen in
            self.newestBatch(screen)?.number == held.number + 2
        }
        // The price of holding stands where the message about the step was.
        try await session.waitForText("expires in", seconds: 30)
        #expect(self.newestBatch(try await session.screen())?.number == held.number + 2)
        try await session.press("Space")
        try await session.waitForText(" LIVE ")
        try await session.waitForScreen("batches again", seconds: 30) { screen in
            self.newestBatch(screen).map { $0.number > held.number + 2 } == true
        }
    }

    /// A filter leaves only what it names, and goes away again.
    private func filter(_ session: TmuxSession) async throws {
        try await session.press("4")
        try await session.waitForText("┌ 4 Records")
        try await session.press("/")
        try await session.waitForText("records /")
        try await session.type("event:MODIFY")
        try await session.press("Enter")
        try await session.waitForScreen("only changes", seconds: 60) { screen in
            screen.contains(#/Z +MODIFY +msg-/#) && !screen.contains(#/Z +(?:INSERT|REMOVE) +msg-/#)
        }
        try await session.press("Escape")
        try await session.waitForScreen("all records again", seconds: 30) { $0.contains(#/Z +INSERT +msg-/#) }
    }

    private func help(_ session: TmuxSession) async throws {
        try await session.press("?")
        try await session.waitForText("┌ Help")
        try await session.press("Escape")
        try await session.waitForNoText("┌ Help")
    }

    // MARK: - What a person reads

    /// The first row of the Batches pane: `>     47 07:27:25Z …07b115c0    1   174B`.
    private func newestBatch(_ screen: String) -> (number: Int, records: Int)? {
        screen.firstMatch(of: #/│[> ] +(\d+) +[\d:]+Z +\S+ +(\d+) /#).flatMap { match in
            Int(match.1).flatMap { number in Int(match.2).map { (number, $0) } }
        }
    }
}
