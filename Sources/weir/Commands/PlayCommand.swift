// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ArgumentParser
import Dashboard
import SessionRecording
import StreamSession
import TerminalDriver

/// `weir play`: opens a recorded session.
struct PlayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Play a recorded session on the dashboard.",
        discussion: """
            The screens are those of the live session, with a timeline. Time can be stopped, stepped through by record \
            and by batch in both directions, made faster or slower, and moved to any place; ? lists the keys. A file that is \
            still being written is followed.

            Nothing is sent anywhere and no position is stored.

            EXAMPLES
              weir play session.weir
              weir play session.weir --speed 4 --at 12:31
              weir play session.weir --at 'batch 812' --paused
              weir play session.weir --at @2026-01-02T03:04Z
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

    @OptionGroup(title: "Screen")
    var screen: ScreenArguments
    @OptionGroup(title: "Log")
    var log: LogArguments

    func run() async throws {
        let process = try ProgramContext.current(log: self.log)
        let player = try SessionPlayer(path: self.file, clock: process.clock)
        if let obstacle = NcursesScreen.obstacle(environment: process.aws.environment) {
            throw ProgramFailure(
                status: ExitStatus.usage,
                message: "\(obstacle.description); a recording is played on a terminal."
            )
        }
        try await player.perform(.playback(.speed(self.speed)))
        if let place { try await player.perform(.playback(place)) }
        if let message = await player.state.playback?.message {
            throw ProgramFailure(status: ExitStatus.usage, message: "--at: \(message)")
        }
        if !self.isPaused { try await player.perform(.playback(.toggle)) }
        let failure = try await PlayRun(process: process, arguments: self.screen, player: player).run()
        if let failure { throw failure }
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
