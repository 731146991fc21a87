// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The terminal comes back whatever happens; seen from the shell that started the program.
@Suite(.enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)), .timeLimit(.minutes(5)))
struct TerminalLifeCycleTests {
    private let probe = ProgramRun.builtProgram("TerminalProbe")

    /// Starts the probe from a shell, and compares the terminal before and after what happens to it.
    ///
    /// The shell must see the exit status `status`.
    private func expectIntactTerminal(
        status: Int,
        terminal: String = "tmux-256color",
        after action: (TmuxSession) async throws -> Void
    ) async throws {
        try await TmuxSession.with(terminal: terminal) { session in
            let modes = try await session.modes()
            try await session.shell("echo before the probe; tput cup 5 0")
            try await session.type("\(self.probe); echo stat''us $?")
            try await session.press("Enter")
            try await session.waitForText("ready")
            #expect(try await session.isOnAlternateScreen())
            #expect(try await session.modesNow() != modes)
            try await action(session)
            let screen = try await session.waitForScreen("a status") { $0.contains(#/status \d+\n/#) }
            #expect(screen.contains("status \(status)\n"))
            #expect(try await !session.isOnAlternateScreen())
            #expect(
                try await session.format("#{mouse_any_flag}#{keypad_flag}#{keypad_cursor_flag}#{cursor_flag}") == "0001"
            )
            #expect(try await session.modes() == modes)
            // Typed text is seen, lines are whole, colours are the terminal's own.
            #expect(try await session.shell("echo works as before") == "works as before")
        }
    }

    @Test
    func afterQuitting() async throws {
        try await self.expectIntactTerminal(status: 0) { try await $0.press("q") }
    }

    @Test
    func afterInterrupt() async throws {
        try await self.expectIntactTerminal(status: 130) { try await $0.press("C-c") }
    }

    @Test(arguments: [("INT", 130), ("TERM", 143), ("HUP", 129)])
    func afterASignal(name: String, status: Int) async throws {
        try await self.expectIntactTerminal(status: status) { session in
            try await session.signal(name, program: "TerminalProbe")
        }
    }

    @Test(arguments: [("SEGV", 139), ("BUS", 135), ("ABRT", 134), ("QUIT", 131), ("FPE", 136)])
    func afterACrashFromOutside(name: String, status: Int) async throws {
        try await self.expectIntactTerminal(status: status) { session in
            try await session.signal(name, program: "TerminalProbe")
        }
    }

    @Test(arguments: [
        ("USR1", SIGUSR1), ("USR2", SIGUSR2), ("ALRM", SIGALRM), ("VTALRM", SIGVTALRM), ("PROF", SIGPROF),
        ("XCPU", SIGXCPU), ("XFSZ", SIGXFSZ),
    ])
    func afterASignalThatNobodyExpects(name: String, number: Int32) async throws {
        try await self.expectIntactTerminal(status: 128 + Int(number)) { session in
            try await session.signal(name, program: "TerminalProbe")
        }
    }

    @Test
    func aSignalThatWasIgnoredBeforeStaysIgnored() async throws {
        try await TmuxSession.with { session in
            try await session.type("trap '' USR1; \(self.probe); echo stat''us $?")
            try await session.press("Enter")
            try await session.waitForText("ready")
            try await session.signal("USR1", program: "TerminalProbe")
            try await session.press("x")
            try await session.waitForText("key x")
            #expect(try await session.isOnAlternateScreen())
            try await session.press("q")
            try await session.waitForText("status 0")
        }
    }

    #if arch(x86_64)
    private static let trapStatus = 132
    #else
    private static let trapStatus = 133
    #endif

    @Test(arguments: [("S", 139), ("T", Self.trapStatus), ("A", 134), ("O", Self.trapStatus)])
    func afterACrashOfItsOwn(key: String, status: Int) async throws {
        try await self.expectIntactTerminal(status: status) { try await $0.press(key) }
    }

    @Test
    func afterAnExitInTheMiddle() async throws {
        try await self.expectIntactTerminal(status: 5) { try await $0.press("X") }
    }

    @Test
    func aCrashReportNamesTheTrueLine() async throws {
        try await TmuxSession.with(columns: 150, rows: 60) { session in
            let log = session.folder.appendingPathComponent("report").path
            try await session.type(
                "SWIFT_BACKTRACE=enable=yes,interactive=no,color=no \(self.probe) 2>\(log); echo en''d"
            )
            try await session.press("Enter")
            try await session.waitForText("ready")
            try await session.press("T")
            try await session.waitForText("end", seconds: 90)
            let report = try await session.shell("grep -c 'Probe.trap().* at .*Probe.swift' \(log)")
            #expect(Int(report) ?? 0 >= 1)
        }
    }

    @Test(arguments: ["C-z", "signal", "Z"])
    func itStopsAndComesBack(how: String) async throws {
        try await TmuxSession.with(command: ["/bin/bash", "--norc", "-i"]) { session in
            let modes = try await session.modes()
            try await session.type("\(self.probe)")
            try await session.press("Enter")
            try await session.waitForText("ready")
            #expect(try await session.format("#{keypad_flag}") == "1")
            if how == "signal" {
                try await session.signal("TSTP", program: "TerminalProbe")
            } else {
                try await session.press(how)
            }
            try await session.waitForText("Stopped")
            #expect(try await !session.isOnAlternateScreen())
            #expect(try await session.format("#{keypad_flag}#{keypad_cursor_flag}#{cursor_flag}") == "001")
            #expect(try await session.modes() == modes)
            try await session.resize(columns: 66, rows: 20)
            try await session.type("fg")
            try await session.press("Enter")
            // The terminal may be looked at in the middle of a picture.
            try await session.waitForScreen("the whole picture") {
                $0.contains("Probe 66x20") && $0.contains("ready")
            }
            #expect(try await session.isOnAlternateScreen())
            #expect(try await session.format("#{keypad_flag}") == "1")
            // Keys, and flow control that does not stop output, are as they were.
            try await session.press("C-s", "Up", "S-Left")
            try await session.waitForText("key ctrl-s")
            try await session.waitForText("key up")
            try await session.waitForText("key shift-left")
            try await session.press("q")
            try await session.wait(for: "the main screen") { try await !session.isOnAlternateScreen() }
            #expect(try await session.modes() == modes)
        }
    }

    @Test
    func itIsDrawnAnewAfterAStopThatItDidNotSee() async throws {
        try await TmuxSession.with(command: ["/bin/bash", "--norc", "-i"]) { session in
            try await session.type("\(self.probe)")
            try await session.press("Enter")
            try await session.waitForText("ready")
            try await session.signal("STOP", program: "TerminalProbe")
            try await session.waitForText("Stopped")
            try await session.type("clear; fg")
            try await session.press("Enter")
            try await session.waitForText("event redraw")
            let screen = try await session.waitForText("ready")
            #expect(screen.contains("Probe 80x24"))
            #expect(!screen.contains("Stopped"))
            try await session.press("q")
            try await session.wait(for: "the main screen") { try await !session.isOnAlternateScreen() }
        }
    }

    @Test
    func itEndsWhenTheTerminalIsGone() async throws {
        try await TmuxSession.with { session in
            let mark = session.folder.appendingPathComponent("status").path
            // A program that ignores the hang-up itself still sees that the terminal is gone.
            try await session.type("trap '' HUP; (\(self.probe); echo ended $? >\(mark))")
            try await session.press("Enter")
            try await session.waitForText("ready")
            try await session.tmux(["new-session", "-d", "-s", "other", "sleep 600"])
            try await session.tmux(["kill-session", "-t", "=0"])
            try await session.wait(for: "the end of the probe") {
                (try? String(contentsOfFile: mark, encoding: .utf8)) == "ended 129\n"
            }
        }
    }

    @Test
    func aStormOfSizesEndsInTheRightPicture() async throws {
        try await TmuxSession.with(command: [self.probe]) { session in
            try await session.waitForText("ready")
            for step in 0..<25 {
                try await session.resize(columns: 30 + step * 7 % 90, rows: 8 + step * 5 % 40)
            }
            try await session.resize(columns: 4, rows: 2)
            try await session.resize(columns: 91, rows: 23)
            try await session.waitForScreen("a whole box of 91x23") { screen in
                let lines = screen.split(separator: "\n")
                return screen.contains("Probe 91x23") && lines.count == 23
                    && lines.allSatisfy { $0.hasPrefix("┌") || $0.hasPrefix("│") || $0.hasPrefix("└") }
            }
            try await session.resize(columns: 15, rows: 3)
            try await session.waitForText("too small 15x3")
            try await session.press("q")
            #expect(try await session.waitForExit() == 0)
        }
    }

    @Test(arguments: ["tmux-256color", "screen", "screen-256color", "xterm", "xterm-256color", "linux", "vt100"])
    func itWorksOnManyTerminals(name: String) async throws {
        try await TmuxSession.with(terminal: name) { session in
            let modes = try await session.modes()
            try await session.type("\(self.probe); echo stat''us $?")
            try await session.press("Enter")
            let screen = try await session.waitForText("ready")
            #expect(screen.contains("\(name) \(name == "vt100" ? "monochrome" : "")"))
            // More pairs of colours than the smallest table has.
            for page in 1...4 {
                try await session.press("c", "Down")
                try await session.waitForScreen("\(page) pages") { screen in
                    screen.components(separatedBy: "key down").count > page
                }
            }
            if name == "vt100" {
                #expect(try await !session.styledScreen().hasColors)
            }
            try await session.press("q")
            try await session.waitForText("status 0")
            #expect(try await session.modes() == modes)
            #expect(try await session.shell("echo fine") == "fine")
        }
    }

    @Test(arguments: [
        ("dumb", "TERM=dumb says that this terminal cannot show a screen"), ("", "TERM is not set"),
        ("never-heard-of", "there is no usable entry for TERM=never-heard-of"),
    ])
    func withoutAScreenItSaysWhy(name: String, reason: String) async throws {
        try await TmuxSession.with(columns: 140) { session in
            let output = try await session.shell("TERM=\(name) \(self.probe); echo status $?")
            #expect(output.contains("no screen: \(reason)"))
            #expect(output.hasSuffix("status 2"))
        }
    }

    @Test
    func outputThatIsNoTerminalIsRefusedAndLeftAlone() async throws {
        try await TmuxSession.with(columns: 140) { session in
            let output = try await session.shell("\(self.probe) | cat -v")
            #expect(output == "no screen: standard output is not a terminal")
        }
    }

    @Test
    func keysComeFromTheTerminalWhenDataComesOnInput() async throws {
        try await TmuxSession.with { session in
            try await session.type("echo data | \(self.probe); echo stat''us $?")
            try await session.press("Enter")
            try await session.waitForText("ready")
            try await session.press("x")
            try await session.waitForText("key x")
            try await session.press("q")
            try await session.waitForText("status 0")
        }
    }

    @Test
    func theEnvironmentDoesNotLieAboutTheSize() async throws {
        try await TmuxSession.with(environment: ["LINES": "11", "COLUMNS": "33"], command: [self.probe]) { session in
            try await session.waitForText("Probe 80x24")
            try await session.resize(columns: 70, rows: 20)
            try await session.waitForText("Probe 70x20")
        }
    }

    @Test
    func pastedTextArrivesAsOneEvent() async throws {
        try await TmuxSession.with(command: [self.probe]) { session in
            try await session.waitForText("ready")
            try await session.paste("q quit\nS T X")
            try await session.waitForText("paste 12 q quit")
            try await session.press("q")
            #expect(try await session.waitForExit() == 0)
        }
    }

    @Test
    func copiedTextReachesTheTerminal() async throws {
        try await TmuxSession.with(command: [self.probe]) { session in
            try await session.tmux(["set-option", "-s", "set-clipboard", "on"])
            try await session.waitForText("ready")
            try await session.press("y")
            try await session.wait(for: "the text in tmux's buffer") {
                (try? await session.tmux(["show-buffer"])) == "copied text"
            }
        }
    }

    @Test
    func withoutColorsNoColorIsSent() async throws {
        try await TmuxSession.with(environment: ["NO_COLOR": "1"], command: [self.probe]) { session in
            try await session.waitForText("monochrome: NO_COLOR is set")
            let screen = try await session.styledScreen()
            #expect(!screen.hasColors)
        }
    }

    @Test
    func outsideOfUTF8OnlyASCIIIsDrawn() async throws {
        try await TmuxSession.with(environment: ["LC_ALL": "C"], command: [self.probe]) { session in
            let screen = try await session.waitForText("ready")
            #expect(screen.allSatisfy { $0.isASCII })
            #expect(screen.contains("\\u{6f22}"))
        }
    }
}

extension String {
    /// Whether a styled screen holds a colour that is not the terminal's own.
    fileprivate var hasColors: Bool {
        self.contains(/\x1B\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]/)
    }
}

extension TmuxSession {
    /// Sends a signal to the one program of that name in this terminal.
    func signal(_ name: String, program: String) async throws {
        let terminal = try await self.format("#{pane_tty}").replacing("/dev/", with: "")
        let list = try await ProgramRun.run(
            "/usr/bin/env",
            ["ps", "-t", terminal, "-o", "pid=,comm="],
            environment: [:],
            outputFolder: self.folder
        )
        let line = list.text.split(separator: "\n").first { $0.contains(program.prefix(15)) }
        let id = try #require(line?.split(separator: " ").first, "no \(program) in \(list.text)")
        let sent = try await ProgramRun.run(
            "/usr/bin/env",
            ["kill", "-s", name, String(id)],
            environment: [:],
            outputFolder: self.folder
        )
        try #require(sent.status == 0, "\(sent.errorText)")
    }

    /// The terminal's modes, as a program of the shell sees them.
    func modes() async throws -> String {
        // One long line, which a narrow terminal shows as several.
        try await self.shell("stty -g").replacing("\n", with: "")
    }

    /// The terminal's modes while a program has it.
    func modesNow() async throws -> String {
        let terminal = try await self.format("#{pane_tty}")
        let result = try await ProgramRun.run(
            "/bin/sh",
            ["-c", "stty -g <\(terminal)"],
            environment: ["PATH": "/usr/bin:/bin"],
            outputFolder: self.folder
        )
        return result.text.replacing("\n", with: "")
    }
}
