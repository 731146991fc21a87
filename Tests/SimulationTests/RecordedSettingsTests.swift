// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@testable import Simulation

/// A session of the real engine that is run again with the settings that it had.
@Suite(.timeLimit(.minutes(3)))
struct RecordedSettingsTests {
    private static func formed(_ events: [SessionEvent]) -> [Int] {
        events.compactMap { if case .batchFormed(let batch) = $0.kind { batch.records.count } else { nil } }
    }

    private static func requests(_ events: [SessionEvent]) -> [String: Int] {
        events.reduce(into: [:]) { sums, event in
            guard case .batchFinished(let outcome) = event.kind else { return }
            sums.merge(outcome.work.requests, uniquingKeysWith: +)
        }
    }

    private static func check(_ session: LiveSession, seed: UInt64) throws {
        let events = try session.events { service, world in
            try await Self.write(to: service, world: world, seed: seed)
        }
        let arrivals = try LiveSession.arrivals(in: events)
        let settings = SimulationSettings(of: arrivals)
        let figures = try ArrivalSimulation(arrivals, handlerTime: .measured).run(settings)
        let formed = Self.formed(events)
        #expect(figures.records == formed.reduce(0, +), "seed \(seed)")
        #expect(figures.invocations == formed.count, "seed \(seed)")
        #expect(figures.requests == Self.requests(events), "seed \(seed)")
        #expect(figures.batchSizes.largest == formed.max(), "seed \(seed)")
    }

    /// Bursts and pauses on two shards, one of which has a child in the end.
    private static func write(to service: ScriptedService, world: VirtualTime, seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        service.addShard(1)
        service.addShard(2)
        var number = 0
        for _ in 0..<Int.random(in: 5...30, using: &generator) {
            for _ in 0..<Int.random(in: 1...60, using: &generator) {
                number += 1
                service.write("k\(number)", to: Bool.random(using: &generator) ? 1 : 2)
            }
            try await world.sleep(for: .milliseconds(Int.random(in: 300...4000, using: &generator)))
        }
        service.close(2, children: [3])
        for _ in 0..<20 {
            number += 1
            service.write("k\(number)", to: 3)
        }
    }

    @Test(arguments: 1...20)
    func theSameSettingsGiveTheBatchesOfTheSession(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed) &+ 1000)
        var session = LiveSession(seed: UInt64(seed))
        session.batchSize = [1, 7, 25, 100].randomElement(using: &generator) ?? 1
        session.batchWindow = .seconds([0, 0, 1, 5].randomElement(using: &generator) ?? 0)
        session.mode = [DeleteMode.batch, .item].randomElement(using: &generator) ?? .batch
        try Self.check(session, seed: UInt64(seed))
    }

    @Test func aSessionOfAnotherHandlerIsRunAgainByItsTimes() throws {
        let events = try LiveSession(batchSize: 10, mode: nil).events { service, world in
            try await Self.write(to: service, world: world, seed: 3)
        }
        let arrivals = try LiveSession.arrivals(in: events)
        #expect(arrivals.deleteMode == nil)
        let figures = try ArrivalSimulation(arrivals, handlerTime: .measured).run(SimulationSettings(of: arrivals))
        #expect(figures.requests == [:])
        #expect(figures.invocations == Self.formed(events).count)
        // 5 ms for each batch, and one for each record.
        let expected = 5 * figures.invocations + figures.records
        #expect(abs(Int(figures.handlerTime.wholeMilliseconds) - expected) <= figures.invocations)
    }

    @Test(arguments: 1...20)
    func whateverTheSettingsEachRecordIsHandedOverOnce(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let events = try LiveSession(factor: Int.random(in: 1...3, using: &generator), seed: UInt64(seed)).events {
            service,
            world in
            try await Self.write(to: service, world: world, seed: UInt64(seed))
        }
        let arrivals = try LiveSession.arrivals(in: events)
        #expect(arrivals.count == Self.formed(events).reduce(0, +))
        let simulation = ArrivalSimulation(arrivals, handlerTime: .measured)
        for _ in 0..<4 {
            let size = Int.random(in: 1...200, using: &generator)
            let settings = SimulationSettings(
                batchSize: size,
                batchWindow: .seconds(Int.random(in: 0...20, using: &generator)),
                parallelizationFactor: Int.random(in: 1...4, using: &generator),
                deleteMode: [DeleteMode.batch, .item].randomElement(using: &generator)
            )
            let figures = try simulation.run(settings)
            #expect(figures.records == arrivals.count, "\(settings)")
            #expect(figures.batchSizes.largest <= size, "\(settings)")
            #expect(figures.invocations >= (arrivals.count + size - 1) / size, "\(settings)")
            #expect(figures.writeUnits == Double(arrivals.count), "\(settings)")
            if settings.deleteMode == .item { #expect(figures.requestCount == arrivals.count, "\(settings)") }
            #expect(figures.mostRunning <= 3 * settings.parallelizationFactor, "\(settings)")
        }
    }
}
