// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import SessionRecording
import StreamSession

/// Sends records of a session that is on the screen to a handler once more, one replay at a time: says what would be sent
/// where, and does it when somebody agrees.
///
/// A replay is a consumer of its own, with a session of its own: no position of the pipeline moves and nothing is added to
/// its sums. A running pipeline's handler is the same one, so that both keep within one bound of writes.
actor ReplayDesk {
    private struct Waiting {
        var number: Int
        var stream: ReplayStream
        var session: SessionDescription
        var records: Int
    }

    private let source: ReplaySource
    private let target: ReplayTarget
    private let process: ProgramContext
    private let tell: @Sendable (ReplayStatus) -> Void
    private let note: @Sendable (SessionReplay) -> Void
    private var status = ReplayStatus()
    private var waiting: Waiting?
    private var number = 0
    private var current: Task<Void, Never>?
    /// What is to be said of each replay when the screen is given back.
    private(set) var lines: [String] = []

    /// Creates a desk at which nothing is sent yet.
    ///
    /// - Parameters:
    ///   - source: Where the records come from.
    ///   - target: Who gets them.
    ///   - process: The program's surroundings.
    ///   - tell: Gets each change, for viewers.
    ///   - note: Gets what came of each replay, for the session.
    init(
        source: ReplaySource,
        target: ReplayTarget,
        process: ProgramContext,
        tell: @escaping @Sendable (ReplayStatus) -> Void,
        note: @escaping @Sendable (SessionReplay) -> Void = { _ in }
    ) {
        self.source = source
        self.target = target
        self.process = process
        self.tell = tell
        self.note = note
    }

    /// Does what a viewer asks for; what goes wrong is told.
    func perform(_ request: ReplayRequest) {
        switch request {
        case .propose(let selection):
            do {
                try self.propose(selection)
            } catch {
                self.say(FailureText.failure(for: error).description, isError: true)
            }
        case .accept(let number): self.accept(number)
        case .drop(let number):
            guard self.waiting?.number == number else { return }
            self.waiting = nil
            self.status.proposal = nil
            self.say("nothing was sent")
        }
    }

    /// Waits for what is being sent now.
    func finished() async {
        await self.current?.value
    }

    /// Ends what is being sent: what the handler has begun is finished, nothing more is.
    func stop() async {
        self.current?.cancel()
        await self.current?.value
    }

    // MARK: -

    private func propose(_ selection: ReplaySelection) throws {
        guard self.current == nil else { return self.say("one replay at a time: \(self.status.sending ?? "")") }
        guard let session = self.source.session() else {
            return self.say("the session has not begun: there is nothing to send", isError: true)
        }
        let stream = try self.source.find(selection, session)
        var contents = ReplayContents(events: self.target.events, keyNames: session.keyNames)
        try stream.forEachBatch { contents.add($0) }
        let batches = stream.batches.map(\.id)
        let lines = contents.lines(of: ReplayRecording.names(batches))
        guard contents.sent > 0 else {
            return self.say("nothing to send: \(lines.last ?? "no record is chosen")", isError: true)
        }
        self.number += 1
        self.waiting = Waiting(number: self.number, stream: stream, session: session, records: contents.sent)
        self.status.proposal = ReplayStatus.Proposal(
            number: self.number,
            question: "Send \(RunSummary.count(contents.sent, "record")) to \(self.target.handler.text) again?",
            lines: lines + self.target.lines
        )
        self.tell(self.status)
    }

    private func accept(_ number: Int) {
        guard let waiting = self.waiting, waiting.number == number, self.current == nil else { return }
        self.waiting = nil
        self.status.proposal = nil
        let text = "sending \(RunSummary.count(waiting.records, "record")) to \(self.target.handler.text) again"
        self.status.sending = text
        self.say(text)
        let consumer = self.target.makeConsumer(
            waiting.stream,
            of: waiting.session,
            retention: .figuresOnly,
            process: self.process
        )
        // Cancelled by `stop()`.
        self.current = Task { self.ended(await self.send(waiting, by: consumer)) }
    }

    private func send(_ waiting: Waiting, by consumer: StreamConsumer) async -> SessionReplay {
        let begin = self.process.clock.now
        var problem: String?
        do {
            try await consumer.run()
        } catch {
            problem = FailureText.failure(for: error).description
        }
        let state = consumer.session.state
        let isWhole = state.totals.succeeded == waiting.records
        let reason = state.log.last { $0.level == .error }?.message ?? state.endedBecause
        return SessionReplay(
            batches: waiting.stream.batches.map(\.id),
            records: waiting.records,
            handled: state.totals.succeeded,
            handler: self.target.handler.text,
            region: self.target.place.region,
            endpoint: self.target.place.endpoint,
            duration: self.process.clock.now.since(begin),
            work: state.totals.work,
            failure: isWhole ? nil : problem ?? reason ?? "it was ended before"
        )
    }

    private func ended(_ replay: SessionReplay) {
        self.current = nil
        self.status.sending = nil
        self.lines.append(replay.failure == nil ? replay.text : "weir: \(replay.text)")
        self.say(replay.text, isError: replay.failure != nil)
        self.note(replay)
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

extension ReplayTarget {
    /// What is said of it before something is sent, a line each.
    fileprivate var lines: [String] {
        let retries =
            self.maximumRetryAttempts == 0
            ? "a batch that fails is given up at once"
            : "a batch that fails is tried \(self.maximumRetryAttempts) times more"
        return ["to             \(self.handler.text)"] + (self.handler.question?.lines ?? [])
            + [self.destination?.line].compactMap(\.self) + ["if it fails    \(retries); no position moves"]
            + [self.untoldDestination.map { "not told       \($0): it hears of what the stream brings, not of this" }]
            .compactMap(\.self)
    }
}
