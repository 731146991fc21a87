// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import Dashboard
import SessionRecording
import StreamSession
import TerminalCells
import TerminalDriver

/// `weir play`: opens a recorded session.
struct PlayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Play a recorded session on the dashboard.",
        usage: "weir play <file> [<options>] [-- <program> ...]",
        discussion: """
            The screens are those of the live session, with a timeline. Time can be stopped, stepped through by record \
            and by batch in both directions, made faster or slower, and moved to any place; ? lists the keys. A file that is \
            still being written is followed.

            Playing sends nothing anywhere and stores no position. With --handler, key r sends a batch or records of the \
            session to that handler once more, as 'weir replay' does: what would be sent where is shown, and you are asked \
            each time. With --snapshot the screen of one moment is printed as text: that of --at, or the last one.

            EXAMPLES
              weir play session.weir
              weir play session.weir --speed 4 --at 12:31
              weir play session.weir --at 'batch 812' --paused
              weir play session.weir --at @2026-01-02T03:04Z
              weir play session.weir --handler command -- ./handler
              weir play session.weir --at 'batch 812' --snapshot 120x40
            """
    )

    @Argument(help: ArgumentHelp("A recording, such as 'weir monitor --record FILE' keeps.", valueName: "file"))
    var file: String

    @Option(
        name: .long,
        help: ArgumentHelp("How many times as fast as it was, 0.1 to 64 (default: 1).", valueName: "factor"),
        transform: PlayCommand.speed
    )
    var speed = 1.0

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp("Where to begin: \(SeekText.forms).", valueName: "place"),
        transform: PlayCommand.place
    )
    var place: PlaybackCommand?

    @Flag(name: .customLong("paused"), help: "Stand still at first.")
    var isPaused = false

    @Flag(
        name: .customLong("read-only"),
        help: "Refuse to send anything again, and every handler to which it could be sent."
    )
    var isReadOnly = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
    @OptionGroup(title: "Handler")
    var handling: HandlerArguments
    @OptionGroup(title: "Screen")
    var screen: ScreenArguments
    @OptionGroup(title: "Screen")
    var snapshot: SnapshotArguments
    @OptionGroup(title: "Log")
    var log: LogArguments

    func validate() throws {
        if self.snapshot.size != nil, self.handling.handler != .observe {
            throw ValidationError("--snapshot and --handler exclude each other: nothing can be sent from a picture.")
        }
        if self.isReadOnly, self.handling.handler != .observe {
            throw ValidationError("--read-only and --handler \(self.handling.handler.rawValue) exclude each other.")
        }
        if self.handling.yes {
            throw ValidationError(
                "--yes does not go together with 'weir play': each replay is agreed to on the screen."
            )
        }
        if self.handling.isDryRun {
            throw ValidationError(
                "--dry-run does not go together with 'weir play': key r shows first what would be sent. "
                    + "'weir replay --dry-run' prints the requests."
            )
        }
    }

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let reader = try RecordingReader(path: self.file)
        let player = try SessionPlayer(reader: reader, clock: process.clock)
        let recording = try self.handling.handler == .observe ? nil : ReplayRecording(reader)
        if let size = self.snapshot.size { return try await self.printScreen(size, of: player, process: process) }
        if let obstacle = NcursesScreen.obstacle(environment: process.aws.environment) {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "\(obstacle.description); a recording is played on a terminal."
            )
        }
        try await player.perform(.playback(.speed(self.speed)))
        if let place { try await Self.seek(place, in: player) }
        if !self.isPaused { try await player.perform(.playback(.toggle)) }
        let options = ReplayOptions(connection: self.connection, handling: self.handling)
        let setup = try recording.map { try ReplaySetup($0.session, options: options, process: process) }
        let failure: ProgramFailure?
        do {
            var run = PlayRun(
                process: process,
                arguments: self.screen,
                player: player,
                isReadOnly: self.isReadOnly
            )
            if let recording, let setup {
                run.replays = (.recording(recording, setup.placedSession), try await setup.makeTarget())
            }
            failure = try await run.run()
        } catch {
            await setup?.close()
            throw error
        }
        await setup?.close()
        if let failure { throw failure }
        try await self.endDamaged(player)
    }

    private static func seek(_ place: PlaybackCommand, in player: SessionPlayer) async throws {
        try await player.perform(.playback(place))
        guard let message = await player.state.playback?.message else { return }
        throw ProgramFailure(status: ExitStatus.usage, message: "--at: \(message)")
    }

    private func printScreen(_ size: ScreenSize, of player: SessionPlayer, process: ProgramContext) async throws {
        try await Self.seek(self.place ?? .last, in: player)
        let snapshot = ScreenSnapshot(
            size: size,
            pane: self.snapshot.pane,
            screen: self.screen,
            options: DashboardOptions(capabilities: player.capabilities, isReadOnly: self.isReadOnly)
        )
        snapshot.print(await player.state, process: process)
        if let failure = process.output.endOfProgram { throw failure }
        try await self.endDamaged(player)
    }

    private func endDamaged(_ player: SessionPlayer) async throws {
        if await player.hasMetDamage {
            throw ProgramFailure(
                status: ExitStatus.damaged,
                message: "\(self.file) is damaged: what could not be read is a gap. weir recording verify "
                    + "\(ShellWord.quoted(self.file)) says where."
            )
        }
    }

    @Sendable private static func speed(_ text: String) throws -> Double {
        guard let speed = Double(text), (0.1...64).contains(speed) else {
            throw ValidationError("a number is accepted, from 0.1 to 64")
        }
        return speed
    }

    @Sendable private static func place(_ text: String) throws -> PlaybackCommand {
        guard let command = SeekText.command(text) else { throw ValidationError("\(SeekText.forms) are accepted") }
        return command
    }
}
