// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DemoPipeline
import DynamoDBModel
import StreamSession

/// The demo in real time: the story is written while the engine runs; with a screen or without.
struct LiveDemo {
    let arguments: DemoArguments
    let configuration: DemoConfiguration
    /// How long; nil: until somebody ends it.
    let runFor: Duration?
    let screen: ScreenArguments
    /// The file that keeps the session; nil: none.
    let recording: RecordingTarget?
    let process: ProgramContext

    /// Runs it to its end.
    func run() async throws {
        let process = self.process
        let showsScreen = try !self.arguments.headless && ScreenRun.isPossible(process: process)
        let failure = try await DemoPipeline.run(
            self.configuration,
            clock: process.clock,
            loggers: process.log.demoLoggers
        ) { pipeline in
            process.errors.line(
                "Endpoint \(pipeline.endpoint), starting position \(pipeline.configuration.startingPosition.rawValue)"
            )
            let consumer = try await pipeline.makeConsumer(
                limits: DemoPipeline.Limits(runFor: self.runFor),
                retention: showsScreen || self.recording != nil ? SessionRetention() : .figuresOnly,
                wrapping: { process.log.tracing($0) }
            )
            if self.arguments.preload, let count = self.arguments.records {
                try await StoryPreloader(api: pipeline.client).load(count: count, seed: self.configuration.seed)
            }
            pipeline.injectFaults()
            if showsScreen {
                return try await ScreenRun(process: process, arguments: self.screen, isReadOnly: false)
                    .run(consumer, recordingTo: self.recording, endpoint: pipeline.endpoint) {
                        try await self.play(pipeline, consumer)
                    }
            }
            return try await RecordedRun.run(consumer, to: self.recording, process: process) {
                await HeadlessRun.tell(consumer, process: process) {
                    try await self.play(pipeline, consumer)
                    return try await self.waitUntilHandled(consumer, written: pipeline)
                }
            }
        }
        if let failure { throw failure }
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
