// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import TestSupport

@testable import Simulation

/// A session of the real engine over a scripted service, in a world of its own: what a recording of it would hold.
struct LiveSession {
    var batchSize = 100
    var batchWindow = Duration.zero
    var factor = 1
    /// How it deletes; nil: its handler only takes its time.
    var mode: DeleteMode? = .batch
    var seed: UInt64 = 1

    /// Runs it.
    ///
    /// - Parameter script: Writes; the service has no shard before.
    /// - Returns: All events.
    /// - Throws: What the script or the consumer throws.
    func events(
        _ script: @escaping @Sendable (ScriptedService, VirtualTime) async throws -> Void
    ) throws -> [SessionEvent] {
        let world = VirtualTime(seed: self.seed)
        let service = ScriptedService(clock: world, seed: self.seed)
        service.behave { $0.latency = .milliseconds(4)...(.milliseconds(4)) }
        var description = MadeArrivals.description(
            batchSize: self.batchSize,
            batchWindow: self.batchWindow,
            handler: self.mode.map { "delete from Staging (\($0.rawValue))" } ?? "command",
            mapping: MappingSettings(parallelizationFactor: self.factor)
        )
        description.handlerWrites = self.mode != nil
        let consumer = StreamConsumer(
            configuration: ConsumerConfiguration(
                streamARN: ScriptedService.streamARN,
                startingPosition: .trimHorizon,
                batchSize: self.batchSize,
                batchWindow: self.batchWindow,
                parallelizationFactor: self.factor,
                untilIdle: .seconds(120)
            ),
            description: description,
            api: service,
            checkpoints: InMemoryCheckpointStore(),
            handler: self.handler(service, world),
            clock: world,
            taskExecutor: world
        )
        let frames = consumer.session.frames(bufferLimit: 1_000_000)
        let outcome = world.run {
            // The key frame comes first; whatever follows is an event.
            var iterator = frames.makeAsyncIterator()
            _ = await iterator.next()
            async let recorded = Self.record(frames)
            let main = Task(executorPreference: world) { try await consumer.run() }
            try await script(service, world)
            try await main.value
            return await recorded
        }
        guard case .finished(let result) = outcome else { throw SimulationError(.stuck, "the session has no end") }
        return try result.get()
    }

    private func handler(_ service: ScriptedService, _ world: VirtualTime) -> any RecordHandler {
        guard let mode else { return TimedHandler(time: { .milliseconds(5 + $0) }, clock: world) }
        return DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: ScriptedService.table,
                mode: mode,
                keyNames: ScriptedService.keyNames
            ),
            api: service,
            clock: world,
            seed: 0
        )
    }

    private static func record(_ frames: SessionFrames) async -> [SessionEvent] {
        var events: [SessionEvent] = []
        var iterator = frames.makeAsyncIterator()
        while let frame = await iterator.next() {
            if case .event(let event) = frame { events.append(event) }
        }
        return events
    }

    /// What arrived in events.
    static func arrivals(in events: [SessionEvent]) throws -> RecordedArrivals {
        var collector = ArrivalCollector()
        for event in events { collector.add(event) }
        return try collector.arrivals()
    }
}
