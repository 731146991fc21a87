// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import CoreMetrics
public import DynamoDBModel
public import Logging
public import ServiceLifecycle
public import StreamSession

/// Reads a stream and hands its records to a handler, batch by batch.
///
/// Every shard is read and handled in order; parents to their end before their children. A position is stored when
/// its batch is done, so after a crash a batch comes again but none is left out. Everything that happens is published
/// by ``session``.
///
/// A consumer runs once. Cancelling ``run()`` ends it in an orderly way.
public final class StreamConsumer: Service, Sendable {
    /// What is published, and what can be asked for.
    public let session: LiveSession

    private let configuration: ConsumerConfiguration
    package let description: SessionDescription
    private let api: any DynamoDBStreamsAPI
    private let checkpoints: any CheckpointStore
    private let handler: any RecordHandler
    private let onFailure: (any FailureDestination)?
    private let core: ConsumerCore
    private let executor: (any TaskExecutor)?

    /// Creates a consumer that does nothing yet.
    ///
    /// - Parameters:
    ///   - configuration: The settings; checked by ``run()``.
    ///   - description: What the session is about, for its viewers.
    ///   - api: The stream's service.
    ///   - checkpoints: Where positions are kept.
    ///   - handler: What is done with batches.
    ///   - clock: Tells the time.
    ///   - logger: Gets what happens, for those who look for a fault: nothing above level debug unless something goes
    ///     wrong, and nothing that records hold. Default: one that writes nothing.
    ///   - onFailure: Where is told what was given up; nil: nowhere but in the session.
    ///   - metrics: Makes what values are given to, by the names of ``ConsumerMetric``; nil: nobody is told.
    ///   - taskExecutor: Where tasks run that outlive a cancellation; give it to ``run()`` as its executor preference
    ///     too. Default: the shared one.
    public init(
        configuration: ConsumerConfiguration,
        description: SessionDescription,
        api: any DynamoDBStreamsAPI,
        checkpoints: any CheckpointStore,
        handler: any RecordHandler,
        clock: any SessionClock,
        logger: Logger = Logger(label: "weir") { _ in SwiftLogNoOpLogHandler() },
        onFailure: (any FailureDestination)? = nil,
        metrics: (any MetricsFactory)? = nil,
        taskExecutor: (any TaskExecutor)? = nil
    ) {
        self.configuration = configuration
        self.description = description
        self.api = api
        self.checkpoints = checkpoints
        self.handler = handler
        self.onFailure = onFailure
        self.core = ConsumerCore(
            configuration: configuration,
            clock: clock,
            log: SessionEventLog(logger),
            metrics: metrics.map { MetricsReporter(factory: $0) }
        )
        self.session = LiveSession(core: self.core)
        self.executor = taskExecutor
    }

    /// Runs until a limit is reached, the stream has ended, or the task is cancelled.
    ///
    /// At the end reading stops at once; batches in the handler get ``ConsumerConfiguration/drainLimit`` to finish, and
    /// their positions are stored. Readers of the session get all events and then its end.
    ///
    /// - Throws: ``ConsumerError``; a cancelled consumer ends without an error.
    public func run() async throws {
        guard self.core.begin() else {
            throw ConsumerError(.alreadyRun, "A consumer runs once: make a new one; its positions are stored.")
        }
        defer { self.core.hub.finish() }
        do {
            try self.configuration.validate()
            try await self.restore()
        } catch {
            let ending = Task.isCancelled ? ConsumerEnding.cancelled : .failed(Self.consumerError(error))
            self.core.update { machine, _ in machine.end(ending) }
        }
        if self.core.ending == nil {
            await withGracefulShutdownHandler {
                await self.consume()
            } onGracefulShutdown: {
                self.core.update { machine, _ in machine.end(.cancelled) }
            }
        }
        let ending = self.core.ending ?? .cancelled
        self.core.publish(.ended(self.reason(of: ending)))
        if case .failed(let error) = ending { throw error }
    }

    /// Why the session ends, for people.
    private func reason(of ending: ConsumerEnding) -> String {
        guard !self.configuration.isEnabled, case .cancelled = ending else { return ending.text }
        return self.core.hub.withState { $0.totals.reads } == 0 ? "disabled: nothing is read" : ending.text
    }

    private func restore() async throws(CheckpointError) {
        let stored = try await self.checkpoints.positions()
        let former = stored.isEmpty ? try await self.checkpoints.formerStreams().first : nil
        self.core.update { machine, _ in machine.start(self.description, stored: stored, formerStream: former) }
    }

    /// Runs all loops until the session is to end, and waits for them.
    private func consume() async {
        let conductor = self.core.wakeup(for: .conductor)
        do {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { try await self.endingWithIt { try await self.discover() } }
                group.addTask { try await self.endingWithIt { try await self.sample() } }
                if let limit = self.configuration.runFor { group.addTask { try await self.end(after: limit) } }
                while self.core.ending == nil {
                    for shard in self.core.update({ machine, _ in machine.takeOpenings() }) {
                        group.addTask { try await self.endingWithIt { try await self.work(on: shard) } }
                    }
                    try await conductor.wait()
                }
                group.cancelAll()
            }
        } catch {
            // A loop that failed has said why before; what is left is the cancellation of this task.
            self.end(because: error)
        }
    }

    /// Does what the session cannot go on without: the group's body has to hear of a failure, as it waits elsewhere.
    private func endingWithIt(_ work: @Sendable () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            self.end(because: error)
            throw error
        }
    }

    private func end(because error: any Error) {
        self.core.update { machine, _ in
            machine.end(error is CancellationError ? .cancelled : .failed(Self.consumerError(error)))
        }
    }

    private func discover() async throws {
        try await DiscoveryLoop(
            streamARN: self.configuration.streamARN,
            api: self.api,
            core: self.core,
            wakeup: self.core.wakeup(for: .discovery)
        ).run()
    }

    private func sample() async throws {
        while true {
            try await self.core.clock.sleep(for: .seconds(1))
            self.core.sample()
        }
    }

    private func end(after limit: Duration) async throws {
        try await self.core.clock.sleep(for: limit)
        self.core.update { machine, _ in machine.end(.timeLimit(limit)) }
    }

    /// Takes a shard, reads and handles it, and gives it back.
    private func work(on shard: ShardID) async throws {
        let lease: Lease?
        do throws(CheckpointError) {
            lease = try await self.checkpoints.acquire(
                shard,
                owner: self.configuration.pipeline,
                beginning: self.core.update { machine, now in machine.beginning(of: shard, now: now) }
            )
        } catch {
            // A store that was interrupted by the end of the session has not failed.
            try Task.checkCancellation()
            let failure = ConsumerError(error, shardID: shard)
            self.core.update { machine, _ in machine.end(.failed(failure)) }
            throw failure
        }
        guard self.core.update({ machine, now in machine.acquired(shard, lease: lease, now: now) }), let lease else {
            return
        }
        defer { self.core.forget(shard) }
        do {
            try await self.read(shard)
        } catch is CancellationError where !Task.isCancelled {
            // The shard was given up, and its loops with it.
        } catch {
            await self.release(lease)
            throw error
        }
        await self.release(lease)
        self.core.update { machine, _ in machine.left(shard) }
    }

    /// Runs the loops of a shard until it is done or given up.
    private func read(_ shard: ShardID) async throws {
        let lanes = self.configuration.parallelizationFactor
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await self.readingLoop(for: shard).run() }
            if lanes == 1 {
                try await self.workingLoop(for: LaneID(shard)).run()
            } else {
                for number in 0..<lanes {
                    group.addTask { try await self.workingLoop(for: LaneID(shard, number)).run() }
                }
                let wakeup = self.core.wakeup(for: .shard(shard))
                while self.core.update({ machine, _ in machine.worksOn(shard) }) { try await wakeup.wait() }
            }
            group.cancelAll()
        }
    }

    private func readingLoop(for shard: ShardID) -> ReadingLoop {
        let lanes = self.configuration.parallelizationFactor
        return ReadingLoop(
            shard: shard,
            streamARN: self.configuration.streamARN,
            eventNames: self.configuration.eventNames,
            filters: self.configuration.filters,
            keyLanes: lanes == 1
                ? nil
                : KeyLanes(
                    count: lanes,
                    partitionKey: self.description.keyNames.first,
                    measure: LambdaEventSize(streamARN: self.configuration.streamARN)
                ),
            api: self.api,
            core: self.core,
            wakeup: self.core.wakeup(for: .reader(shard))
        )
    }

    private func workingLoop(for lane: LaneID) -> WorkingLoop {
        WorkingLoop(
            lane: lane,
            handler: self.handler,
            onFailure: self.onFailure,
            reportsItemFailures: self.configuration.reportsBatchItemFailures,
            core: self.core,
            wakeup: self.core.wakeup(for: .worker(lane)),
            uncancelled: self.uncancelledWork,
            positions: PositionWriter(
                shard: lane.shard,
                checkpoints: self.checkpoints,
                core: self.core,
                backoff: Backoff(self.configuration.backoff)
            )
        )
    }

    private var uncancelledWork: UncancelledWork {
        UncancelledWork(limit: self.configuration.drainLimit, clock: self.core.clock, executor: self.executor)
    }

    /// Gives a shard back, also when the session is ending.
    ///
    /// What cannot be given back is taken over by the next owner.
    private func release(_ lease: Lease) async {
        let checkpoints = self.checkpoints
        _ = await self.uncancelledWork.run { try? await checkpoints.release(lease) }
    }

    private static func consumerError(_ error: any Error) -> ConsumerError {
        switch error {
        case let error as ConsumerError: error
        case let error as CheckpointError: ConsumerError(error)
        default: ConsumerError(.serviceFailed, "The consumer failed: \(error)", underlying: error)
        }
    }
}
