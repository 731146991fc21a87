// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DashboardRuntime
import SessionRecording
import StreamSession
import TerminalCells
import TerminalDriver

/// A recorded session on the dashboard.
struct PlayRun: Sendable {
    let process: ProgramContext
    let arguments: ScreenArguments
    let player: SessionPlayer
    /// Whether nothing may be sent anywhere.
    let isReadOnly: Bool
    /// Where records come from that are sent once more, and who gets them; nil: nobody does.
    var replays: (source: ReplaySource, target: ReplayTarget)?

    private enum Child: Sendable {
        case helper
        case screen(Result<DashboardExit, TerminalError>)
    }

    /// Shows it until the user leaves.
    ///
    /// - Returns: How the program ends unless all went well.
    func run() async throws -> ProgramFailure? {
        ProcessTerminal.ignoreHangUps()
        for warning in self.arguments.theme.warnings { self.process.errors.line("weir: \(warning)") }
        let player = self.player
        let end = ScreenEnd()
        let mailbox = Mailbox(SessionState(), wake: { wakeTerminalThread() })
        let desk = self.replays.map { replays in
            ReplayDesk(source: replays.source, target: replays.target, process: self.process) { status in
                mailbox.update { $0.replay = status }
            }
        }
        let (commands, send) = AsyncStream.makeStream(of: SessionCommand.self, bufferingPolicy: .bufferingNewest(64))
        let screen: Result<DashboardExit, TerminalError>
        do {
            screen = try await self.show(player, desk, mailbox, end, commands, send)
        } catch {
            await desk?.stop()
            throw error
        }
        await desk?.stop()
        for line in await desk?.lines ?? [] { self.process.errors.line(line) }
        switch screen {
        case .success(.quit): return nil
        case .success(.terminated(.interrupt)): return ProgramFailure(status: 130, message: nil)
        case .success(.terminated(.terminate)): return ProgramFailure(status: 143, message: nil)
        case .success(.terminated(.hangUp)): return ProgramFailure(status: 129, message: nil)
        case .failure(let error): throw ProgramFailure(status: ExitStatus.usage, message: error.description)
        }
    }

    private func show(
        _ player: SessionPlayer,
        _ desk: ReplayDesk?,
        _ mailbox: Mailbox<SessionState>,
        _ end: ScreenEnd,
        _ commands: AsyncStream<SessionCommand>,
        _ send: AsyncStream<SessionCommand>.Continuation
    ) async throws -> Result<DashboardExit, TerminalError> {
        try await withThrowingTaskGroup(of: Child.self) { group in
            group.addTask {
                await player.run()
                return .helper
            }
            group.addTask {
                try await mailbox.follow(player)
                return .helper
            }
            group.addTask {
                for await command in commands {
                    if case .replay(let replay) = command {
                        await desk?.perform(replay)
                    } else {
                        // What makes no sense now changes nothing, and the screen shows that.
                        try? await player.perform(command)
                    }
                }
                return .helper
            }
            group.addTask {
                var window = DashboardWindow(process: self.process, arguments: self.arguments)
                window.capabilities = player.capabilities
                if desk != nil { window.capabilities.insert(.replay) }
                window.isReadOnly = self.isReadOnly
                let shown = window
                return .screen(
                    await runOnTerminalThread { shown.show(mailbox: mailbox, end: end) { send.yield($0) } }
                )
            }
            defer { group.cancelAll() }
            while let child = try await group.next() {
                if case .screen(let result) = child { return result }
            }
            preconditionFailure("the screen has not ended, but no child is left")
        }
    }
}
