// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import StreamSession
import Testing

@testable import Simulation

struct FiguresTests {
    private static func distribution(_ values: [UInt32]) -> Distribution {
        var values = values
        return Distribution(&values)
    }

    private static func figures(
        invocations: Int = 1000,
        p99: Int = 1000,
        units: Double = 0,
        handlerTime: Duration = .zero
    ) -> SimulationFigures {
        var delays = Self.distribution([])
        delays.percentile99 = p99
        return SimulationFigures(
            invocations: invocations,
            records: 1,
            requests: [:],
            batchSizes: Self.distribution([1]),
            delays: delays,
            mostRunning: 1,
            writeUnits: units,
            mostWriteUnitsPerSecond: 0,
            reads: 100_000,
            handlerTime: handlerTime
        )
    }

    private static func near(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 1e-9 }

    @Test func percentilesAreValuesByNearestRank() {
        let hundred = Self.distribution((1...100).shuffled().map { UInt32($0) })
        #expect(hundred.mean == 50.5)
        #expect(hundred.median == 50)
        #expect(hundred.percentile99 == 99)
        #expect(hundred.largest == 100)
        let two = Self.distribution([9, 1])
        #expect((two.median, two.percentile99, two.largest) == (1, 9, 9))
        let one = Self.distribution([7])
        #expect((one.median, one.percentile99, one.largest) == (7, 7, 7))
        #expect(Self.distribution([]).largest == 0)
    }

    @Test func aMonthCostsWhatTheSessionCostsAsOftenAsItFitsIn() {
        let day = CostEstimate(
            Self.figures(invocations: 1_000_000, units: 1_000_000, handlerTime: .seconds(8000)),
            over: .seconds(86_400)
        )
        #expect(Self.near(day.writes, 0.625 * 30))
        #expect(Self.near(day.invocations, 0.20 * 30))
        #expect(Self.near(day.functionTime, 1000 * 0.0000166667 * 30))
        #expect(Self.near(day.reads, 0.02 * 30))
        #expect(Self.near(day.total, day.writes + day.invocations + day.functionTime))
    }

    @Test func theBestSettingsAreTheCheapestWithinTheBound() {
        let figures = [
            Self.figures(invocations: 10, p99: 9000), Self.figures(invocations: 100, p99: 5000),
            Self.figures(invocations: 50, p99: 5000), Self.figures(invocations: 50, p99: 4000),
        ].map { (figures: $0, cost: CostEstimate($0, over: .seconds(60))) }
        #expect(BestSettings.index(of: figures, within: .seconds(5)) == 3)
        #expect(BestSettings.index(of: figures, within: .seconds(60)) == 0)
        #expect(BestSettings.index(of: figures, within: .seconds(1)) == nil)
    }

    @Test func eachValueIsCombinedWithEachOfTheOthers() {
        let arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: [0])])
        let grid = SettingsGrid(
            batchSizes: [25, 100],
            batchWindows: [.zero, .seconds(5)],
            deleteModes: [.item, .batch]
        )
        let settings = grid.settings(of: arrivals)
        #expect(grid.count == 8)
        #expect(settings.count == 8)
        #expect(Set(settings).count == 8)
        #expect(settings.allSatisfy { $0.parallelizationFactor == 1 })
        #expect(SettingsGrid().settings(of: arrivals) == [SimulationSettings(of: arrivals)])
        #expect(SettingsGrid().count == 1)
    }

    @Test func theModeOfASessionIsTheOneOfItsRequests() {
        var arrivals = MadeArrivals.arrivals([MadeArrivals.shard(1, at: [0])])
        #expect(arrivals.deleteMode == .batch)
        arrivals.work = RecordedWork()
        arrivals.work.add(MadeArrivals.outcome(records: 9, time: .zero, requests: 9, operation: "DeleteItem"))
        #expect(arrivals.deleteMode == .item)
        arrivals.description.handler = "aggregate Orders"
        #expect(arrivals.deleteMode == nil)
    }

    @Test func theTimeOfABatchIsOnTheLineThroughTheSessionsBatches() {
        func times(_ pairs: [(Int, Int)]) -> BatchTimes {
            BatchTimes(pairs.map { RecordedWork.Handled(records: $0.0, time: .milliseconds($0.1)) })
        }
        #expect(times([(10, 30), (20, 50), (40, 90)]).time(of: 100).wholeMilliseconds == 210)
        // All of one size: in proportion.
        #expect(times([(10, 30), (10, 50)]).time(of: 100).wholeMilliseconds == 400)
        // The more records, the faster: nobody believes that.
        #expect(times([(10, 90), (40, 10)]).time(of: 1000).wholeMilliseconds == 50)
        // The line would begin below zero.
        #expect(times([(10, 0), (20, 60)]).time(of: 1).wholeMilliseconds == 2)
    }

    @Test func requestTimesAreDrawnTheSameWayEachTime() {
        let times = (1...50).map { Duration.milliseconds($0) }
        var first = RequestLatency(times)
        var second = RequestLatency(times)
        let draws = (0..<1000).map { _ in first.next() }
        #expect(draws == (0..<1000).map { _ in second.next() })
        #expect(Set(draws) == Set(times))
        var none = RequestLatency()
        #expect(none.next() == .zero)
    }

    @Test func anAttemptThatWasLeftUndoneMeasuresNothing() {
        var work = RecordedWork()
        work.add(MadeArrivals.outcome(records: 9, time: .zero, requests: 1, result: .abandoned(reason: "end")))
        #expect(work.handled == [])
        #expect(work.requestTimes == [])
        #expect(work.deleteMode == nil)
    }
}
