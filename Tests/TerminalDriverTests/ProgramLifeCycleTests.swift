// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// The terminal comes back from `weir` itself, whatever ends it.
@Suite(.enabled(if: TmuxSession.isAvailable, Comment(rawValue: TmuxSession.requirement)), .timeLimit(.minutes(5)))
struct ProgramLifeCycleTests {
    private let weir = ProgramRun.builtProgram("weir")

    enum End: Sendable, CustomTestStringConvertible {
        case key(String)
        case signal(String)

        var testDescription: String {
            switch self {
            case .key(let key): "key \(key)"
            case .signal(let name): "signal \(name)"
            }
        }
    }

    @Test(arguments: [
        (End.key("q"), 0), (.key("C-c"), 130), (.signal("INT"), 130), (.signal("TERM"), 143), (.signal("HUP"), 129),
        (.signal("SEGV"), 139), (.signal("ABRT"), 134), (.signal("ILL"), 132), (.signal("TRAP"), 133),
    ])
    func theTerminalComesBack(end: End, status: Int) async throws {
        try await TmuxSession.with(columns: 100, rows: 30) { session in
            let modes = try await session.modes()
            try await session.type("\(self.weir) demo --rate 5; echo stat''us $?")
            try await session.press("Enter")
            try await session.waitForText("1 Overview")
            #expect(try await session.isOnAlternateScreen())
            switch end {
            case .key(let key): try await session.press(key)
            case .signal(let name): try await session.signal(name, program: "weir")
            }
            let screen = try await session.waitForScreen("a status") { $0.contains(#/status \d+\n/#) }
            #expect(screen.contains("status \(status)\n"))
            #expect(try await !session.isOnAlternateScreen())
            #expect(
                try await session.format("#{mouse_any_flag}#{keypad_flag}#{keypad_cursor_flag}#{cursor_flag}") == "0001"
            )
            #expect(try await session.modes() == modes)
            #expect(try await session.shell("echo works as before") == "works as before")
        }
    }

    @Test
    func itStopsAndComesBack() async throws {
        try await TmuxSession.with(columns: 100, rows: 30, command: ["/bin/bash", "--norc", "-i"]) { session in
            let modes = try await session.modes()
            try await session.type("\(self.weir) demo --rate 5")
            try await session.press("Enter")
            try await session.waitForText("1 Overview")
            try await session.press("C-z")
            try await session.waitForText("Stopped")
            #expect(try await !session.isOnAlternateScreen())
            #expect(try await session.modes() == modes)
            try await session.resize(columns: 50, rows: 10)
            try await session.type("fg")
            try await session.press("Enter")
            // Too small for a dashboard: it says what it needs.
            try await session.waitForText("60x15")
            try await session.resize(columns: 120, rows: 40)
            try await session.waitForText("2 Shards")
            try await session.press("q")
            try await session.wait(for: "the main screen") { try await !session.isOnAlternateScreen() }
            #expect(try await session.modes() == modes)
        }
    }
}
