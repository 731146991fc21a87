// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import CoreMetrics
import DynamoDBModel
import Logging
import StreamSession
import TestSupport

/// One consumer in a world of its own: scripted service, scripted handler, virtual time.
struct EngineRun: Sendable {
    /// How a run ended, and all that was published.
    struct Session: Sendable {
        var error: (any Error)?
        var events: [SessionEvent]
        var state: SessionState
        /// Broken balances, in the order they were seen.
        var imbalances: [String]

        var consumerError: ConsumerError? { self.error as? ConsumerError }

        var kinds: [SessionEvent.Kind] { self.events.map(\.kind) }

        var formed: [BatchDescription] {
            self.kinds.compactMap { if case .batchFormed(let batch) = $0 { batch } else { nil } }
        }

        var losses: [DataLoss] {
            self.kinds.compactMap { if case .dataLost(let loss) = $0 { loss } else { nil } }
        }

        var notices: [Notice] {
            self.kinds.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
        }

        var discards: [RecordDiscard] {
            self.kinds.compactMap { if case .discarded(let discard) = $0 { discard } else { nil } }
        }

        var retries: [BatchRetry] {
            self.kinds.compactMap { if case .batchRetried(let retry) = $0 { retry } else { nil } }
        }

        var outcomes: [BatchOutcome] {
            self.kinds.compactMap { if case .batchFinished(let outcome) = $0 { outcome } else { nil } }
        }

        func activities(of shard: Int) -> [ShardActivity] {
            self.kinds.compactMap {
                if case .shardChanged(ScriptedService.shard(shard), let activity) = $0 { activity } else { nil }
            }
        }

        /// What was stored of it as done.
        func checkpoints(of shard: Int) -> [CheckpointPosition] {
            self.positions(of: shard).filter { if case .before = $0 { false } else { true } }
        }

        /// What was stored of it, its first record included.
        func positions(of shard: Int) -> [CheckpointPosition] {
            self.kinds.compactMap {
                if case .checkpoint(ScriptedService.shard(shard), let position) = $0 { position } else { nil }
            }
        }
    }

    /// How a run that was to come to an end did not.
    struct Unfinished: Error {
        var description: String

        init(_ consumer: StreamConsumer, _ reason: String) {
            let state = consumer.session.state
            let log = state.log.suffix(8).map { "\($0.code): \($0.message)" }.joined(separator: "\n")
            let shards = state.shards.map { "\($0.description.id): \($0.activity)" }.joined(separator: "\n")
            self.description = "\(reason); ended: \(state.endedBecause ?? "no")\n\(shards)\n\(log)"
        }
    }

    let world: VirtualTime
    let service: ScriptedService
    var handler: any RecordHandler
    var store: any CheckpointStore = InMemoryCheckpointStore()
    var onFailure: (any FailureDestination)?
    var metrics: (any MetricsFactory)?
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var configuration = ConsumerConfiguration(
        streamARN: ScriptedService.streamARN,
        startingPosition: .trimHorizon,
        untilIdle: .seconds(2)
    )

    init(seed: UInt64 = 1, handler: any RecordHandler = ScriptedHandler()) {
        self.world = VirtualTime(seed: seed)
        self.service = ScriptedService(clock: self.world, seed: seed)
        self.handler = handler
        self.configuration.seed = seed
    }

    func makeDescription() -> SessionDescription {
        SessionDescription(
            pipeline: self.configuration.pipeline,
            streamARN: self.configuration.streamARN,
            tableName: ScriptedService.table,
            viewType: .newAndOldImages,
            keyNames: ScriptedService.keyNames,
            region: "us-east-1",
            handler: "scripted",
            handlerWrites: false,
            startingPosition: self.configuration.startingPosition.rawValue,
            batchSize: self.configuration.batchSize,
            batchWindow: self.configuration.batchWindow,
            eventNames: [],
            toolVersion: "0"
        )
    }

    func makeConsumer() -> StreamConsumer {
        StreamConsumer(
            configuration: self.configuration,
            description: self.makeDescription(),
            api: self.service,
            checkpoints: self.store,
            handler: self.handler,
            clock: self.world,
            logger: self.logger,
            onFailure: self.onFailure,
            metrics: self.metrics,
            taskExecutor: self.world
        )
    }

    /// Runs a consumer to its end while a script goes on beside it; both end together.
    ///
    /// - Parameters:
    ///   - cancelAfterJobs: The run is cancelled after so many jobs; nil: it is not.
    ///   - script: What happens meanwhile.
    /// - Returns: How it ended.
    /// - Throws: ``Unfinished`` if it does not end.
    func run(
        cancelAfterJobs: Int? = nil,
        _ script: @escaping @Sendable (StreamConsumer, VirtualTime) async throws -> Void = { _, _ in }
    ) throws -> Session {
        let consumer = self.makeConsumer()
        switch self.start(consumer, cancelAfterJobs: cancelAfterJobs, script: script) {
        case .finished(let result): return try result.get()
        case .crashed: throw Unfinished(consumer, "it goes on for ever")
        case .stuck: throw Unfinished(consumer, "every task waits for another one")
        }
    }

    /// Runs a consumer for so many jobs at most; the recorder keeps what it has seen until then.
    func start(
        _ consumer: StreamConsumer,
        maximumJobs: Int = 2_000_000,
        cancelAfterJobs: Int? = nil,
        recorder: EventRecorder = EventRecorder(),
        script: @escaping @Sendable (StreamConsumer, VirtualTime) async throws -> Void = { _, _ in }
    ) -> VirtualTime.Outcome<Session> {
        let frames = consumer.session.frames(bufferLimit: 1_000_000)
        let world = self.world
        return world.run(maximumJobs: world.jobCount + maximumJobs) {
            // The key frame comes first; whatever follows is an event.
            var iterator = frames.makeAsyncIterator()
            _ = await iterator.next()
            async let recording = recorder.record(frames)
            let side = Task(executorPreference: world) { try await script(consumer, world) }
            let main = Task(executorPreference: world) { try await consumer.run() }
            if let cancelAfterJobs { world.interrupt(afterJobs: cancelAfterJobs) { main.cancel() } }
            var failure: (any Error)?
            if case .failure(let error) = await main.result { failure = error }
            side.cancel()
            if case .failure(let error) = await side.result, !(error is CancellationError) { failure = error }
            let recorded = await recording
            return Session(
                error: failure,
                events: recorded.events,
                state: consumer.session.state,
                imbalances: recorded.imbalances
            )
        }
    }
}
