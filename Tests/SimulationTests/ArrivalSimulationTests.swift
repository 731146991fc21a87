// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import TestSupport
import Testing

@testable import Simulation

@Suite(.timeLimit(.minutes(3)))
struct ArrivalSimulationTests {
    private static func run(
        _ arrivals: RecordedArrivals,
        size: Int = 100,
        window: Duration = .zero,
        factor: Int = 1,
        mode: DeleteMode? = .batch,
        time: ArrivalSimulation.HandlerTime = .measured
    ) throws -> SimulationFigures {
        try ArrivalSimulation(arrivals, handlerTime: time).run(
            SimulationSettings(batchSize: size, batchWindow: window, parallelizationFactor: factor, deleteMode: mode)
        )
    }

    @Test func theSeedStoryComesOut() throws {
        // 100,000 records of one shard in 60 s.
        let shard = MadeArrivals.shard(1, at: (0..<100_000).map { $0 * 60_000 / 100_000 })
        let figures = try Self.run(MadeArrivals.arrivals([shard]), window: .seconds(60))
        #expect(figures.invocations == 1000)
        #expect(figures.requests == ["BatchWriteItem": 4000])
        #expect(figures.writeUnits == 100_000)
        #expect(figures.batchSizes.mean == 100)
        #expect(figures.batchSizes.percentile99 == 100)
        #expect(figures.mostRunning == 1)
    }

    @Test func deletingOneByOneTakesARequestForEachRecord() throws {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: 0..<1000)], requestTime: .milliseconds(1))
        let figures = try Self.run(arrivals, window: .seconds(1), mode: .item)
        #expect(figures.requests == ["DeleteItem": 1000])
        #expect(figures.invocations == 10)
    }

    @Test func aKeyComesOnceInACallAndOnceInABatch() throws {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: (0..<100).map { _ in 0 }) { "k\($0 % 30)" }])
        #expect(try Self.run(arrivals).requests == ["BatchWriteItem": 2])
        #expect(try Self.run(arrivals, mode: .item).requests == ["DeleteItem": 100])
    }

    @Test func aBatchWaitsForItsWindow() throws {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: [0, 4000, 9000])], requestTime: .zero)
        let none = try Self.run(arrivals)
        #expect(none.invocations == 3)
        #expect(none.delays.largest <= 250)
        let five = try Self.run(arrivals, window: .seconds(5))
        #expect(five.invocations == 2)
        #expect(five.delays.largest == 5000)
        #expect(five.batchSizes.mean == 1.5)
    }

    @Test func aSlowHandlerIsWaitedForAndLanesShareItsWork() throws {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: (0..<1000).map { _ in 0 })])
        let alone = try Self.run(arrivals, size: 10, time: .fixed(.seconds(1)))
        #expect(alone.invocations == 100)
        #expect(alone.delays.largest == 100_000)
        #expect(alone.mostRunning == 1)
        #expect(alone.handlerTime == .seconds(100))
        let ten = try Self.run(arrivals, size: 10, factor: 10, time: .fixed(.seconds(1)))
        #expect(ten.mostRunning == 10)
        #expect(ten.delays.largest < 20_000)
    }

    @Test func theTimeOfRequestsIsTheOneThatWasMeasured() throws {
        let arrivals = MadeArrivals.arrivals(
            [MadeArrivals.shard(1, at: (0..<100).map { _ in 0 })],
            requestTime: .milliseconds(20)
        )
        #expect(try Self.run(arrivals).handlerTime == .milliseconds(80))
        #expect(try Self.run(arrivals, mode: .item).handlerTime == .seconds(2))
        #expect(try Self.run(arrivals, mode: nil, time: .fixed(.milliseconds(7))).requests == [:])
    }

    @Test func whatWasThereBeforeWaitsFromTheBeginning() throws {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: [-3_600_000, -5000])], requestTime: .zero)
        #expect(try Self.run(arrivals).delays.largest == 0)
        #expect(arrivals.duration == .seconds(3660))
    }

    @Test func childrenComeAfterTheirParents() throws {
        let parent = MadeArrivals.shard(1, at: (0..<500).map { _ in 0 }, closedAt: 1)
        let child = MadeArrivals.shard(2, at: [1, 1], parent: 1)
        let figures = try Self.run(
            MadeArrivals.arrivals([parent, child]),
            time: .fixed(.seconds(10))
        )
        // Five batches of the parent, and only then the one of the child.
        #expect(figures.invocations == 6)
        #expect(figures.mostRunning == 1)
        #expect(figures.delays.largest >= 60_000 - 1)
    }

    @Test func shardsAreHandledSideBySide() throws {
        let shards = (1...4).map { MadeArrivals.shard($0, at: (0..<300).map { _ in 0 }) }
        let figures = try Self.run(MadeArrivals.arrivals(shards), time: .fixed(.seconds(1)))
        #expect(figures.mostRunning == 4)
        #expect(figures.delays.largest < 3500)
    }

    @Test func aBoundOnWritesSlowsDown() throws {
        var arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: (0..<1000).map { _ in 0 })])
        arrivals.description.maximumWriteCapacity = 50
        let figures = try Self.run(arrivals)
        #expect(figures.delays.largest > 15_000)
        #expect(figures.mostWriteUnitsPerSecond < 80)
    }

    @Test func tumblingWindowsStayAsTheyWere() throws {
        let description = MadeArrivals.description(mapping: MappingSettings(tumblingWindow: .seconds(10)))
        let arrivals = MadeArrivals.arrivals(
            [MadeArrivals.shard(1, at: [0, 1000, 25_000])],
            description: description,
            requestTime: .zero
        )
        // A batch each, and the last invocation of both windows.
        #expect(try Self.run(arrivals).invocations == 5)
        let error = #expect(throws: SimulationError.self) { try Self.run(arrivals, factor: 2) }
        #expect(error?.code == .tumblingWindows)
    }

    @Test func aLongHandlerOutlivesIterators() throws {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: (0..<5000).map { _ in 0 })])
        let figures = try Self.run(arrivals, time: .fixed(.seconds(900)))
        #expect(figures.records == 5000)
        #expect(figures.invocations == 50)
    }

    @Test func whatCannotBeDeliveredIsSaid() {
        // Its parent is its child.
        let shards = [
            MadeArrivals.shard(1, at: [0], parent: 2, closedAt: 5),
            MadeArrivals.shard(2, at: [0], parent: 1, closedAt: 5),
        ]
        let error = #expect(throws: SimulationError.self) { try Self.run(MadeArrivals.arrivals(shards)) }
        #expect(error?.code == .undeliverable)
    }

    @Test func whatARecordingCannotSayIsRefusedOrBounded() throws {
        var arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: [0])])
        arrivals.description.maximumWriteCapacity = -1
        #expect(try Self.run(arrivals).invocations == 1)
        arrivals.description.keyNames = []
        #expect(throws: SimulationError.self) { try Self.run(arrivals) }
        #expect(try Self.run(arrivals, mode: nil).invocations == 1)
        #expect(throws: SimulationError.self) { try Self.run(arrivals, size: 0, mode: nil) }
        arrivals.end = arrivals.beginning.advanced(by: .seconds(32 * 86_400))
        let error = #expect(throws: SimulationError.self) { try Self.run(arrivals, mode: nil) }
        #expect(error?.code == .tooLong)
    }

    @Test func withoutMeasurementsATimeHasToBeGiven() throws {
        var arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: [0])])
        arrivals.work = RecordedWork()
        for mode in [DeleteMode.batch, nil] {
            let error = #expect(throws: SimulationError.self) { try Self.run(arrivals, mode: mode) }
            #expect(error?.code == .nothingMeasured)
        }
        #expect(try Self.run(arrivals, time: .fixed(.zero)).invocations == 1)
    }

    @Test func theSameSettingsGiveTheSameFiguresAlsoSideBySide() async throws {
        let shards = (1...3).map { number in MadeArrivals.shard(number, at: (0..<700).map { $0 * number }) }
        let simulation = ArrivalSimulation(MadeArrivals.arrivals(shards), handlerTime: .measured)
        let settings = [1, 10, 100].flatMap { size in
            [1, 3].map {
                SimulationSettings(batchSize: size, batchWindow: .zero, parallelizationFactor: $0, deleteMode: .batch)
            }
        }
        let one = try await simulation.run(settings, atOnce: 1)
        #expect(try await simulation.run(settings, atOnce: 4) == one)
        #expect(try settings.map { try simulation.run($0) } == one)
    }
}
