// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import Dashboard
import DemoPipeline
import DynamoDBModel
import RecordHandlers
import StreamSession
import TerminalCells

/// The demo in real time: the story is written while the engine runs; with a screen or without.
struct LiveDemo {
    let arguments: DemoArguments
    let configuration: DemoConfiguration
    /// How long; nil: until somebody ends it.
    let runFor: Duration?
    let screen: ScreenArguments
    /// Whether one screen is printed.
    let snapshot: SnapshotArguments
    /// Whether the session is kept in a file.
    let recording: RecordingArguments
    let process: ProgramContext

    /// Runs it to its end.
    func run() async throws {
        let process = self.process
        let showsScreen =
            try !self.arguments.headless && self.snapshot.size == nil
            && ScreenRun.isPossible(process: process, recording: self.recording)
        let failure = try await DemoPipeline.run(
            self.configuration,
            clock: process.clock,
            loggers: process.log.demoLoggers
        ) { pipeline in
            process.errors.line(
                "Endpoint \(pipeline.endpoint), starting position \(pipeline.configuration.startingPosition.rawValue)"
            )
            var deleting: (any RecordHandler)?
            let consumer = try await pipeline.makeConsumer(
                limits: DemoPipeline.Limits(runFor: self.runFor),
                retention: showsScreen || self.snapshot.size != nil || self.recording.record != nil
                    ? SessionRetention() : .figuresOnly,
                wrapping: { handler in
                    deleting = handler
                    return process.log.tracing(handler)
                }
            )
            if self.arguments.preload, let count = self.arguments.records {
                try await StoryPreloader(api: pipeline.client).load(count: count, seed: self.configuration.seed)
            }
            pipeline.injectFaults()
            if showsScreen {
                let prepared = PreparedConsumer(
                    consumer: consumer,
                    replays: deleting.map { self.replays(pipeline, $0) }
                )
                return try await ScreenRun(
                    process: process,
                    arguments: self.screen,
                    isReadOnly: false,
                    recording: self.recording
                ).run(prepared, endpoint: pipeline.endpoint) { try await self.play(pipeline, consumer) }
            }
            return try await RecordedRun.run(consumer, to: self.recording.target, process: process) {
                if let size = self.snapshot.size { return await self.picture(size, of: consumer, pipeline) }
                return await HeadlessRun.tell(consumer, process: process) {
                    try await self.play(pipeline, consumer)
                    return try await self.waitUntilHandled(consumer, written: pipeline)
                }
            }
        }
        if let failure { throw failure }
    }

    /// Prints one screen: at the end of the story if it has one.
    private func picture(
        _ size: ScreenSize,
        of consumer: StreamConsumer,
        _ pipeline: DemoPipeline
    ) async -> ProgramFailure? {
        let live = LiveSnapshot(
            process: self.process,
            snapshot: ScreenSnapshot(
                size: size,
                pane: self.snapshot.pane,
                screen: self.screen,
                options: DashboardOptions(endpoint: pipeline.endpoint)
            ),
            hasLimit: self.runFor != nil
        )
        guard self.arguments.records != nil else {
            return await live.run(consumer, meanwhile: { try await self.play(pipeline, consumer) })
        }
        let end: @Sendable () async throws -> String = {
            try await self.play(pipeline, consumer)
            return try await self.waitUntilHandled(consumer, written: pipeline)
        }
        return await live.run(consumer, until: end)
    }

    /// The demo's handler for what is sent once more.
    private func replays(_ pipeline: DemoPipeline, _ handler: any RecordHandler) -> ReplayTarget {
        let text = "delete from \(StoryTables.staging) (\(self.configuration.deleteMode.rawValue))"
        return ReplayTarget(
            handler: PreparedHandler(
                handler: handler,
                text: text,
                identity: "delete:\(StoryTables.staging)",
                writes: true,
                maximumWriteCapacity: self.configuration.maximumWriteCapacity,
                question: PreparedHandler.Question(
                    lines: [
                        "region         \(DemoPipeline.region)", "endpoint       \(pipeline.endpoint), on this machine",
                    ],
                    text: "Delete from \(StoryTables.staging) what this stream names?",
                    deed: .delete
                )
            ),
            events: self.configuration.eventNames,
            place: HandlerPlace(region: DemoPipeline.region, endpoint: pipeline.endpoint)
        )
    }

    /// Plays the story; after a preload there is nothing more to play.
    private func play(_ pipeline: DemoPipeline, _ consumer: StreamConsumer) async throws {
        guard !self.arguments.preload else { return }
        let story = Story(
            seed: self.configuration.seed,
            rate: Double(self.arguments.rate),
            limit: self.arguments.records,
            start: self.process.clock.now
        )
        try await StoryPlayer(api: pipeline.client, clock: self.process.clock).play(story)
    }

    /// Waits until every write on the messages table has come back through the stream and is handled.
    ///
    /// Begun at LATEST, the consumer may have missed the first ones: then it is enough that nothing comes any more.
    ///
    /// - Returns: What has come to its end, as the reason for the end of the run.
    private func waitUntilHandled(
        _ consumer: StreamConsumer,
        written pipeline: DemoPipeline
    ) async throws -> String {
        // What was preloaded was written in batches, one record each.
        let written = pipeline.streamWrites + (self.arguments.preload ? self.arguments.records ?? 0 : 0)
        var polled = -1
        var quietTurns = 0
        while quietTurns < 60 {
            let totals = consumer.session.withState(\.totals)
            let isHandled = totals.inFlight == 0
            if isHandled, totals.polled >= written { return self.arguments.allHandled }
            quietTurns = isHandled && totals.polled == polled ? quietTurns + 1 : 0
            polled = totals.polled
            try await self.process.clock.sleep(for: .milliseconds(50))
        }
        return "nothing new for 3 seconds after the last message"
    }
}
