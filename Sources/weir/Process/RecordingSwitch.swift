// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import ConsumerEngine
import SessionRecording
import StreamSession

/// Recordings of a session that is on the screen: begun and ended while it goes on, one at a time.
actor RecordingSwitch {
    private let consumer: StreamConsumer
    private let process: ProgramContext
    /// What all of them have in common, whatever their files.
    private let template: RecordingTarget
    private let tell: @Sendable (RecordingStatus) -> Void
    private var status = RecordingStatus()
    private var current: Task<Void, Never>?
    /// What is to be said of each recording when the screen is given back.
    private(set) var lines: [String] = []
    /// The newest file from which the session can be read as it was; nil: there is none.
    private(set) var readableFile: String?

    /// Creates a switch that is off.
    ///
    /// - Parameters:
    ///   - consumer: Whose session is recorded.
    ///   - process: The program's surroundings.
    ///   - template: What is left out of each one and how it is divided; its path and whether it goes on are those of the first.
    ///   - tell: Gets each change.
    init(
        _ consumer: StreamConsumer,
        process: ProgramContext,
        template: RecordingTarget? = nil,
        tell: @escaping @Sendable (RecordingStatus) -> Void
    ) {
        self.consumer = consumer
        self.process = process
        self.template = template ?? RecordingTarget(path: "")
        self.tell = tell
    }

    /// Begins a recording.
    ///
    /// - Parameter path: The file; `~/` in front stands for the home folder.
    /// - Throws: ``RecordingError``.
    func start(_ path: String) throws(RecordingError) {
        guard self.current == nil else {
            throw RecordingError(.inUse, "The session is being recorded to \(self.status.file ?? "a file") already.")
        }
        var path = path
        if path.hasPrefix("~/"), let home = self.process.aws.environment["HOME"] { path = home + path.dropFirst() }
        var target = self.template
        target.appends = target.appends && path == target.path
        target.path = path
        let recorder = try RecordedRun.recorder(for: target, of: self.consumer, process: self.process)
        let frames = self.consumer.session.frames(bufferLimit: RecordedRun.rules.waitingEvents)
        let clock = self.process.clock
        self.status.file = path
        // Of one in parts the beginning may be gone, and one that goes on begins with another session.
        if target.redaction == nil, target.partBytes == nil, !target.appends { self.readableFile = path }
        self.say("recording to \(path); w ends it")
        let recorded = target
        self.current = Task {
            let progress = await recorder.record(frames, clock: clock)
            self.ended(progress, target: recorded)
        }
    }

    /// Begins one, or ends the one that goes on; what goes wrong is told.
    func set(to path: String?) async {
        guard let path else { return await self.stop() }
        do throws(RecordingError) {
            try self.start(path)
        } catch {
            self.say(error.description, isError: true)
        }
    }

    /// Ends the one that goes on and waits until its file is whole.
    func stop() async {
        self.current?.cancel()
        await self.current?.value
    }

    private func ended(_ progress: SessionRecorder.Progress, target: RecordingTarget) {
        self.current = nil
        self.status.file = nil
        let lines = RecordedRun.lines(for: progress, target: target)
        self.lines += lines
        self.say(lines.joined(separator: "; "), isError: progress.isIncomplete)
    }

    private func say(_ text: String, isError: Bool = false) {
        self.status.news = RecordingStatus.News(
            number: (self.status.news?.number ?? 0) + 1,
            text: text,
            isError: isError
        )
        self.tell(self.status)
    }
}
