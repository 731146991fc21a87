// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import Dashboard
import DashboardRuntime
import DynamoDBModel
import SessionRecording
import StreamSession
import TerminalCells
import TerminalDriver
import UnixSignals

/// A consumer whose session is on the screen.
struct ScreenRun: Sendable {
    let process: ProgramContext
    let arguments: ScreenArguments
    let isReadOnly: Bool
    /// Whether the session is kept from its beginning, and what is left out of each recording of it.
    let recording: RecordingArguments

    private enum Child: Sendable {
        case consumer(ProgramFailure?)
        case screen(Result<DashboardExit, TerminalError>)
        case helper
    }

    /// Whether a screen can be shown here; what is in the way goes to standard error.
    ///
    /// - Parameters:
    ///   - process: The program's surroundings.
    ///   - recording: What is said of recordings, which a key may have been meant to begin.
    /// - Returns: False if the session should go to standard output instead.
    /// - Throws: ``ProgramFailure`` if the terminal is one that nobody knows, or the log would go there as well.
    static func isPossible(process: ProgramContext, recording: RecordingArguments) throws -> Bool {
        guard let obstacle = NcursesScreen.obstacle(environment: process.aws.environment) else {
            guard !process.log.isOnTerminal else {
                throw ProgramFailure(
                    status: ExitStatus.usage,
                    message: "--log-file names a terminal, and the dashboard is shown on one: name a file, or send "
                        + "standard error to one, as in --log-file - 2>weir.log."
                )
            }
            return true
        }
        if obstacle.code == .unknownTerminal {
            throw ProgramFailure(status: ExitStatus.usage, message: obstacle.description)
        }
        process.errors.line("No dashboard: \(obstacle.description). The session goes to standard output as JSON lines.")
        if let notice = recording.noticeWithoutScreen { process.errors.line(notice) }
        return false
    }

    /// Shows the dashboard until the user ends it, a limit is reached or a signal comes; prints a summary then.
    ///
    /// When the consumer fails, the dashboard stays: what happened is on it.
    ///
    /// - Parameters:
    ///   - prepared: What is run and shown.
    ///   - endpoint: The endpoint's address, to be shown.
    ///   - meanwhile: Runs beside it and is cancelled at the end.
    /// - Returns: How the program ends unless all went well.
    /// - Throws: ``ProgramFailure`` if there is no screen, `RecordingError`, or what went wrong meanwhile.
    func run(
        _ prepared: PreparedConsumer,
        endpoint: String? = nil,
        meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> ProgramFailure? {
        let consumer = prepared.consumer
        ProcessTerminal.ignoreHangUps()
        for warning in self.arguments.theme.warnings { self.process.errors.line("weir: \(warning)") }
        let startedAt = self.process.clock.now
        let before = ProcessUsage.now()
        let end = ScreenEnd()
        let mailbox = Mailbox(SessionState(), wake: { wakeTerminalThread() })
        let recordings = RecordingSwitch(consumer, process: self.process, template: self.recording.template) { status in
            mailbox.update { $0.recording = status }
        }
        let desk = prepared.replays.map { target in
            ReplayDesk(
                source: .live { consumer.session.state },
                target: target,
                process: self.process,
                tell: { status in mailbox.update { $0.replay = status } },
                note: { consumer.session.note($0) }
            )
        }
        let past = try? SessionPast(startedAt: startedAt, toolVersion: WeirCommand.version)
        let pasts = Mailbox(PastView(), wake: { wakeTerminalThread() })
        if let target = self.recording.target { try await recordings.start(target.path) }
        let (commands, send) = AsyncStream.makeStream(of: SessionCommand.self, bufferingPolicy: .bufferingNewest(64))
        let finishing = FinishingWatch(process: self.process) { signal in
            self.tell(consumer, startedAt: startedAt, before: before, reason: "ended by signal \(signal.rawValue)")
        }
        let outcome: (ProgramFailure?, Result<DashboardExit, TerminalError>)
        do {
            outcome = try await finishing.run { hasClosed in
                try await withThrowingTaskGroup(of: Child.self) { group in
                    group.addTask { .consumer(await Self.run(consumer, end: end)) }
                    group.addTask {
                        try await mailbox.follow(consumer.session)
                        return .helper
                    }
                    group.addTask {
                        for await command in commands {
                            switch command {
                            case .record(let file): await recordings.set(to: file)
                            case .replay(let replay): await desk?.perform(replay)
                            case .playback(let move):
                                let now = consumer.session.withState(\.asOf)
                                guard let view = await past?.perform(move, now: now, file: recordings.readableFile)
                                else { continue }
                                pasts.put(view)
                            // A command that makes no sense now changes nothing, and the screen shows that.
                            default: try? await consumer.session.perform(command)
                            }
                        }
                        return .helper
                    }
                    if let past {
                        let frames = consumer.session.frames(bufferLimit: RecordedRun.rules.waitingEvents)
                        group.addTask {
                            await past.keep(frames)
                            return .helper
                        }
                    }
                    group.addTask {
                        try await Companion.run(meanwhile)
                        return .helper
                    }
                    group.addTask {
                        let screen = await runOnTerminalThread {
                            var window = DashboardWindow(process: self.process, arguments: self.arguments)
                            window.capabilities = consumer.session.capabilities.union(.record)
                            if desk != nil { window.capabilities.insert(.replay) }
                            if past != nil { window.capabilities.insert(.past) }
                            window.isReadOnly = self.isReadOnly
                            window.endpoint = endpoint
                            return window.show(mailbox: mailbox, past: pasts, end: end) { send.yield($0) }
                        }
                        hasClosed()
                        return .screen(screen)
                    }
                    return try await Self.ends(of: &group, end: end)
                }
            }
        } catch {
            await desk?.stop()
            await recordings.stop()
            throw error
        }
        await desk?.stop()
        await recordings.stop()
        let (failure, screen) = outcome
        let exit: DashboardExit
        switch screen {
        case .success(let value): exit = value
        case .failure(let error): throw ProgramFailure(status: ExitStatus.usage, message: error.description)
        }
        let endedFirst = end.isSet || failure != nil
        self.tell(consumer, startedAt: startedAt, before: before, reason: endedFirst ? nil : exit.reason)
        for line in await (desk?.lines ?? []) + recordings.lines { self.process.errors.line(line) }
        if let failure { return failure }
        guard case .terminated(let termination) = exit, !end.isSet else { return nil }
        return ProgramFailure(status: 128 + termination.signal, message: nil)
    }

    private static func ends(
        of group: inout ThrowingTaskGroup<Child, any Error>,
        end: ScreenEnd
    ) async throws -> (ProgramFailure?, Result<DashboardExit, TerminalError>) {
        var failure: ProgramFailure?
        var hasConsumerEnded = false
        var screen: Result<DashboardExit, TerminalError>?
        var thrown: (any Error)?
        while true {
            if hasConsumerEnded, let screen {
                group.cancelAll()
                if let thrown { throw thrown }
                return (failure, screen)
            }
            do {
                switch try await group.next() {
                case .consumer(let value):
                    failure = value
                    hasConsumerEnded = true
                case .screen(let value):
                    screen = value
                    group.cancelAll()
                case .helper: break
                case nil: preconditionFailure("screen or consumer have not ended, but no child is left")
                }
            } catch {
                // The screen is given back before anything is said.
                thrown = thrown ?? error
                end.set()
            }
        }
    }

    /// Runs the consumer; when it reached a limit the screen ends too.
    private static func run(_ consumer: StreamConsumer, end: ScreenEnd) async -> ProgramFailure? {
        do {
            try await consumer.run()
            // Unless it was the screen that ended first.
            if !Task.isCancelled { end.set() }
            return nil
        } catch {
            return error is CancellationError ? nil : FailureText.failure(for: error)
        }
    }

    /// The summary, once the screen is given back; the reason is why it was closed, nil because the consumer had ended.
    private func tell(_ consumer: StreamConsumer, startedAt: Timestamp, before: ProcessUsage, reason: String?) {
        let state = consumer.session.state
        let endedAt = self.process.clock.now
        let after = ProcessUsage.now()
        let summary = RunSummary(
            totals: state.totals,
            wall: endedAt.since(startedAt),
            session: endedAt.since(startedAt),
            cpu: after.cpu - before.cpu,
            startupCPU: before.cpu,
            maximumResidentKiB: after.maximumResidentKiB,
            reason: reason ?? state.endedBecause ?? "ended",
            lastResult: state.lastResult,
            destination: state.description?.mapping.onFailure
        )
        for line in summary.lines { self.process.output.line(line) }
    }
}
