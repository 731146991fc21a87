// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession

/// Runs the arrivals of a session through the engine again, on time that jumps.
///
/// The engine, its batches and lanes, and the delete handler are the real ones; the service below them is simulated: a
/// stream that has at each moment what had arrived, and a table that takes what it gets. No attempt fails.
package struct ArrivalSimulation: Sendable {
    /// How long the handler takes.
    package enum HandlerTime: Hashable, Sendable {
        /// As long as in the session.
        case measured
        /// So long for each batch.
        case fixed(Duration)
    }

    /// Time without any progress after which there is none any more.
    private static let patience = Duration.seconds(3600)
    /// Four reads a second of each shard take their time, however fast they are.
    private static let longestSession = Duration.seconds(31 * 86_400)

    private let arrivals: RecordedArrivals
    private let items: RecordedItems
    private let handlerTime: HandlerTime

    /// Creates a simulation.
    ///
    /// - Parameters:
    ///   - arrivals: The session.
    ///   - handlerTime: How long its handler takes.
    package init(_ arrivals: RecordedArrivals, handlerTime: HandlerTime) {
        self.arrivals = arrivals
        self.items = RecordedItems(arrivals)
        self.handlerTime = handlerTime
    }

    /// Runs several settings, so many at a time.
    ///
    /// - Returns: Their figures, in the same order.
    /// - Throws: ``SimulationError``.
    package func run(_ settings: [SimulationSettings], atOnce width: Int) async throws -> [SimulationFigures] {
        for each in settings { try self.check(each) }
        return try await withThrowingTaskGroup(of: (Int, SimulationFigures).self) { group in
            var rest = settings.indices[...]
            func addNext() {
                guard let index = rest.popFirst() else { return }
                group.addTask { (index, try await self.runAside(settings[index])) }
            }
            for _ in 0..<max(1, width) { addNext() }
            var figures: [Int: SimulationFigures] = [:]
            while let (index, result) = try await group.next() {
                figures[index] = result
                addNext()
            }
            return settings.indices.compactMap { figures[$0] }
        }
    }

    /// Runs one setting to the end, on the caller's thread.
    ///
    /// - Throws: ``SimulationError``.
    package func run(_ settings: SimulationSettings) throws -> SimulationFigures {
        try self.check(settings)
        let world = SimulatedTime(beginning: self.arrivals.beginning)
        let stream = RecordedStream(self.arrivals, clock: world)
        let latency = self.handlerTime == .measured ? RequestLatency(self.arrivals.work.requestTimes) : RequestLatency()
        let table = SimulatedTable(self.items, latency: latency, clock: world)
        let log = InvocationLog(
            self.handler(settings, table: table, clock: world),
            clock: world,
            beginning: self.arrivals.beginning,
            records: self.arrivals.count
        )
        let consumer = StreamConsumer(
            configuration: self.configuration(settings),
            description: self.arrivals.description,
            api: stream,
            checkpoints: InMemoryCheckpointStore(),
            handler: log,
            clock: world,
            taskExecutor: world
        )
        try world.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await consumer.run() }
                group.addTask { try await self.waitForEnd(of: log, clock: world) }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        guard log.progress.done >= self.arrivals.count else { throw Self.undeliverable(log, of: self.arrivals.count) }
        return log.figures(reads: stream.reads, mostUnits: table.mostUnitsPerSecond)
    }

    /// Runs one setting on a thread that nobody waits on.
    @concurrent private func runAside(_ settings: SimulationSettings) async throws -> SimulationFigures {
        try self.run(settings)
    }

    private func check(_ settings: SimulationSettings) throws(SimulationError) {
        let description = self.arrivals.description
        guard self.arrivals.end.since(self.arrivals.beginning) <= Self.longestSession else {
            throw SimulationError(.tooLong, "The session is longer than 31 days, which is more than is run again.")
        }
        guard description.mapping.tumblingWindow == .zero || settings.parallelizationFactor == 1 else {
            throw SimulationError(
                .tumblingWindows,
                "The session has tumbling windows, which stay as they were: they have one state a shard, so the "
                    + "parallelization factor has to be 1 with them."
            )
        }
        if settings.deleteMode != nil, !(1...2).contains(description.keyNames.count) {
            throw SimulationError(
                .noDescription,
                "The recording does not name the key of its table, so deletes are not known."
            )
        }
        do throws(ConsumerError) {
            try self.configuration(settings).validate()
        } catch {
            throw SimulationError(.settings, "These settings cannot be run: \(error)")
        }
        guard self.handlerTime == .measured else { return }
        if let mode = settings.deleteMode, self.arrivals.work.requestTimes.isEmpty {
            throw SimulationError(
                .nothingMeasured,
                "The session deleted nothing, so nobody knows how long the requests of mode \(mode.rawValue) take."
            )
        }
        if settings.deleteMode == nil, self.arrivals.work.handled.isEmpty {
            throw SimulationError(
                .nothingMeasured,
                "No batch of the session was handled, so its handler's time is not known."
            )
        }
    }

    private func configuration(_ settings: SimulationSettings) -> ConsumerConfiguration {
        let mapping = self.arrivals.description.mapping
        return ConsumerConfiguration(
            streamARN: self.arrivals.description.streamARN,
            pipeline: "what-if",
            startingPosition: .trimHorizon,
            batchSize: settings.batchSize,
            batchWindow: settings.batchWindow,
            parallelizationFactor: settings.parallelizationFactor,
            tumblingWindow: mapping.tumblingWindow,
            maximumConcurrentBatches: mapping.maximumConcurrentBatches,
            retention: .figuresOnly
        )
    }

    private func handler(
        _ settings: SimulationSettings,
        table: SimulatedTable,
        clock: SimulatedTime
    ) -> any RecordHandler {
        let description = self.arrivals.description
        let delete = settings.deleteMode.map { mode in
            DeleteHandler(
                configuration: DeleteHandlerConfiguration(
                    stagingTable: "staging",
                    mode: mode,
                    keyNames: description.keyNames,
                    maximumWriteCapacity: description.maximumWriteCapacity.flatMap {
                        WriteBudget.maximums.contains($0) ? $0 : nil
                    }
                ),
                api: table,
                clock: clock,
                seed: 0
            )
        }
        switch self.handlerTime {
        case .fixed(let time): return TimedHandler(inner: delete, time: { _ in time }, clock: clock)
        case .measured:
            if let delete { return delete }
            let times = BatchTimes(self.arrivals.work.handled)
            return TimedHandler(time: { times.time(of: $0) }, clock: clock)
        }
    }

    /// Waits until every record is done, and the last tumbling window is over.
    private func waitForEnd(of log: InvocationLog, clock: SimulatedTime) async throws {
        let total = self.arrivals.count
        let tumbling = self.arrivals.description.mapping.tumblingWindow
        let rest = tumbling > .zero ? tumbling + .seconds(2) : .zero
        var known = (done: 0, at: max(self.arrivals.beginning, self.arrivals.span.upperBound))
        while true {
            try await clock.sleep(for: .seconds(1))
            let (done, isRunning, lastEnd) = log.progress
            let now = clock.now
            if done >= total, now.since(lastEnd ?? now) >= rest { return }
            if done > known.done || isRunning { known = (done, max(now, known.at)) }
            if now.since(known.at) > Self.patience { throw Self.undeliverable(log, of: total) }
        }
    }

    private static func undeliverable(_ log: InvocationLog, of total: Int) -> SimulationError {
        SimulationError(
            .undeliverable,
            "\(total - log.progress.done) of \(total) records could not be delivered again: what the recording says of its "
                + "shards contradicts itself."
        )
    }
}
