// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
package import Foundation
import StreamSession

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A program on a real terminal: a tmux server of its own, with an empty configuration and one pane.
///
/// Nothing here waits for a fixed time: what a test is waiting for is looked for again and again until it is there, and
/// the error says what was on the screen instead.
package final class TmuxSession: Sendable {
    /// Whether tmux can be used here; with `WEIR_REQUIRE_TMUX=1` tests run, and fail, without it.
    package static let isAvailable: Bool = {
        if ProcessInfo.processInfo.environment["WEIR_REQUIRE_TMUX"] == "1" { return true }
        return TmuxSession.tmuxPath != nil
    }()

    /// What to write at a test that needs tmux.
    package static let requirement = "tmux is not installed; WEIR_REQUIRE_TMUX=1 makes this a failure"

    private static let tmuxPath: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/tmux" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// A folder of its own, deleted by ``close()``: socket, and room for the test's files.
    package let folder: URL
    private let tmux: String
    private let clock = SystemClock()
    /// Starts a command in a terminal, and ends the terminal when `body` is over, however it ends.
    ///
    /// - Parameters:
    ///   - columns: The width.
    ///   - rows: The height.
    ///   - terminal: The TERM that the program sees.
    ///   - environment: Laid over an environment that holds nothing but PATH, HOME, SHELL, a UTF-8 locale and the settings
    ///     that keep a crash report from waiting for a key.
    ///   - command: The program and its arguments; a plain shell by default.
    ///   - body: What is done with it.
    /// - Returns: what `body` returns.
    /// - Throws: ``TmuxError``, and what `body` throws.
    package static func with<Result: Sendable>(
        columns: Int = 80,
        rows: Int = 24,
        terminal: String = "tmux-256color",
        environment: [String: String] = [:],
        command: [String] = ["/bin/sh"],
        _ body: (TmuxSession) async throws -> Result
    ) async throws -> Result {
        let session = try TmuxSession()
        // A child, not a daemon, so that it is there to be waited for.
        let server = try ProgramRun.start(
            session.tmux,
            Self.commonArguments + ["-D"],
            environment: session.environment
        )
        var result: Swift.Result<Result, any Error>
        do {
            try await session.start(
                columns: columns,
                rows: rows,
                terminal: terminal,
                environment: environment,
                command: command
            )
            result = .success(try await body(session))
        } catch {
            result = .failure(error)
        }
        await session.close(server)
        return try result.get()
    }

    private func start(
        columns: Int,
        rows: Int,
        terminal: String,
        environment: [String: String],
        command: [String]
    ) async throws {
        var variables = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": self.folder.path,
            "LC_ALL": "C.UTF-8",
            "PS1": "$ ",
            "SWIFT_BACKTRACE": "interactive=no,color=no",
            "TERM": terminal,
        ]
        variables.merge(environment) { $1 }
        let line =
            (["env", "-i"] + variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + command)
            .map(Self.quoted).joined(separator: " ")
        try await self.wait(for: "the tmux server") {
            (try? await self.tmux(["set-option", "-g", "remain-on-exit", "on"])) != nil
        }
        try await self.tmux(["set-option", "-g", "default-terminal", terminal])
        try await self.tmux(["set-option", "-g", "status", "off"])
        try await self.tmux(["set-option", "-s", "escape-time", "0"])
        try await self.tmux(["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "exec \(line)"])
    }

    private init() throws {
        guard let tmux = Self.tmuxPath else { throw TmuxError("tmux is not installed") }
        self.tmux = tmux
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-tmux-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: self.folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    private func close(_ server: pid_t) async {
        _ = try? await self.tmux(["kill-server"])
        kill(server, SIGTERM)
        _ = await ProgramRun.wait(for: server)
        try? FileManager.default.removeItem(at: self.folder)
    }

    // MARK: What a person does

    /// Presses keys by their tmux names: `Enter`, `Escape`, `C-c`, `Up`, `j`.
    package func press(_ keys: String...) async throws {
        try await self.tmux(["send-keys"] + keys)
    }

    /// Types text as it is.
    package func type(_ text: String) async throws {
        try await self.tmux(["send-keys", "-l", "--", text])
    }

    /// Pastes text, with paste marks if the program asked for them.
    package func paste(_ text: String) async throws {
        try await self.tmux(["set-buffer", "--", text])
        try await self.tmux(["paste-buffer", "-p", "-r"])
    }

    /// Gives the terminal another size.
    package func resize(columns: Int, rows: Int) async throws {
        try await self.tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Runs a command in the shell of the pane and waits for its end.
    ///
    /// - Returns: what it printed, without the command line.
    @discardableResult
    package func shell(_ command: String) async throws -> String {
        let mark = String(UInt32.random(in: 100_000...999_999))
        // The marks are put together by the shell, so that the command line on the screen does not hold them.
        try await self.type("clear; echo BEG''IN\(mark); \(command); echo E''ND\(mark)")
        try await self.press("Enter")
        let screen = try await self.waitForText("END\(mark)")
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        guard let end = lines.lastIndex(where: { $0.contains("END\(mark)") }) else { return "" }
        let start = lines.lastIndex { $0.contains("BEGIN\(mark)") } ?? -1
        return lines[(start + 1)..<end].joined(separator: "\n")
    }

    // MARK: What a person sees

    /// The text of the screen, a line a row.
    package func screen() async throws -> String {
        try await self.tmux(["capture-pane", "-p"])
    }

    /// The text of the screen with its colours and attributes.
    package func styledScreen() async throws -> String {
        try await self.tmux(["capture-pane", "-p", "-e"])
    }

    /// A tmux format, `#{alternate_on}`.
    package func format(_ format: String) async throws -> String {
        let text = try await self.tmux(["display-message", "-p", format])
        return text.trimmingCharacters(in: .newlines)
    }

    /// Whether the program draws on the alternate screen.
    package func isOnAlternateScreen() async throws -> Bool {
        try await self.format("#{alternate_on}") == "1"
    }

    /// The exit status of the pane's command, 128 plus its number if a signal ended it, nil while it runs.
    package func exitStatus() async throws -> Int? {
        let parts = try await self.format("#{pane_dead} #{pane_dead_status}:#{pane_dead_signal}")
        guard parts.hasPrefix("1 ") else { return nil }
        let numbers = parts.dropFirst(2).split(separator: ":", omittingEmptySubsequences: false)
        if let status = numbers.first.flatMap({ Int($0) }) { return status }
        if let signal = numbers.last.flatMap({ Int($0) }) { return 128 + signal }
        // The pane is known to be dead, but not how it ended: tmux 3.3a now and then sleeps over the end of its child.
        if let server = try await pid_t(self.format("#{pid}")) { kill(server, SIGCHLD) }
        return nil
    }

    // MARK: Waiting

    /// Waits until a text is on the screen.
    ///
    /// - Returns: the screen.
    @discardableResult
    package func waitForText(_ text: String, seconds: Int = 60) async throws -> String {
        try await self.waitForScreen("\"\(text)\"", seconds: seconds) { $0.contains(text) }
    }

    /// Waits until a text is no longer on the screen.
    @discardableResult
    package func waitForNoText(_ text: String, seconds: Int = 60) async throws -> String {
        try await self.waitForScreen("no \"\(text)\"", seconds: seconds) { !$0.contains(text) }
    }

    /// Waits until the screen is as it should be.
    @discardableResult
    package func waitForScreen(
        _ expected: String,
        seconds: Int = 60,
        until isThere: (String) -> Bool
    ) async throws -> String {
        var screen = ""
        try await self.wait(for: expected, seconds: seconds) {
            screen = try await self.screen()
            return isThere(screen)
        }
        return screen
    }

    /// Waits until the pane's command has ended.
    ///
    /// - Returns: its exit status.
    @discardableResult
    package func waitForExit(seconds: Int = 60) async throws -> Int {
        var status: Int?
        try await self.wait(for: "the end of the program", seconds: seconds) {
            status = try await self.exitStatus()
            return status != nil
        }
        return status ?? -1
    }

    /// Waits until a condition holds.
    ///
    /// - Throws: ``TmuxError`` with the screen, if it never does.
    package func wait(for expected: String, seconds: Int = 60, until isTrue: () async throws -> Bool) async throws {
        let deadline = self.clock.now.milliseconds + Int64(seconds) * 1000
        while try await !isTrue() {
            guard self.clock.now.milliseconds < deadline else {
                let screen = (try? await self.screen()) ?? "(no screen)"
                throw TmuxError("waited \(seconds) s for \(expected); the screen was:\n\(screen)")
            }
            try await self.clock.sleep(for: .milliseconds(20))
        }
    }

    // MARK: tmux

    /// Runs a command of tmux.
    ///
    /// - Returns: what it printed.
    @discardableResult
    package func tmux(_ arguments: [String]) async throws -> String {
        let result = try await ProgramRun.run(
            self.tmux,
            Self.commonArguments + arguments,
            environment: self.environment,
            outputFolder: self.folder
        )
        guard result.status == 0 else {
            throw TmuxError("tmux \(arguments.joined(separator: " ")): \(result.errorText)")
        }
        return result.text
    }

    private static let commonArguments = ["-u", "-L", "weir", "-f", "/dev/null"]

    private var environment: [String: String] {
        [
            "TMUX_TMPDIR": self.folder.path, "LC_ALL": "C.UTF-8",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}

/// Something on the terminal is not as expected.
package struct TmuxError: Error, CustomStringConvertible {
    /// What was expected, and the screen.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
