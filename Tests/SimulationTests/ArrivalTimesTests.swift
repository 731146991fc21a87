// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@testable import Simulation

struct ArrivalTimesTests {
    private typealias Page = ArrivalTimes.Page
    private typealias Sighting = ArrivalTimes.Sighting

    private static func page(_ at: Int, emptiedAt: Int? = nil, wanted: Int) -> Page {
        Page(at: MadeArrivals.time(at), emptiedAt: emptiedAt.map { MadeArrivals.time($0) }, wanted: wanted)
    }

    private static func sighting(second: Int, readAt: Int? = nil, formedAt: Int) -> Sighting {
        Sighting(
            createdAt: MadeArrivals.time(second * 1000),
            readAt: readAt.map { MadeArrivals.time($0) },
            formedAt: MadeArrivals.time(formedAt)
        )
    }

    private static func estimate(_ sightings: [Sighting], _ pages: [Page]) -> [Int64] {
        ArrivalTimes.estimate(sightings, pages: pages).map { $0.milliseconds - MadeArrivals.beginning.milliseconds }
    }

    @Test func aRecordArrivedBetweenTheReadThatDidNotBringItAndTheOneThatDid() {
        let times = Self.estimate(
            [Self.sighting(second: 0, readAt: 500, formedAt: 500)],
            [Self.page(500, emptiedAt: 250, wanted: 1)]
        )
        #expect(times == [376])
    }

    @Test func recordsBetweenTheSameBoundsAreSpreadEvenly() {
        let sightings = (0..<4).map { Self.sighting(second: 2, readAt: $0 == 0 ? 9000 : nil, formedAt: 9000) }
        #expect(Self.estimate(sightings, [Self.page(9000, wanted: 4)]) == [2125, 2375, 2625, 2875])
    }

    @Test func theSecondThatARecordCarriesCountsWhenReadsAreFarApart() {
        let sightings = [
            Self.sighting(second: 1, readAt: 9000, formedAt: 9000), Self.sighting(second: 7, formedAt: 9000),
        ]
        let times = Self.estimate(sightings, [Self.page(9000, emptiedAt: 200, wanted: 2)])
        #expect(times == [1500, 7500])
    }

    @Test func aClockThatIsAheadDoesNotMakeARecordArriveAfterItWasRead() {
        let times = Self.estimate(
            [Self.sighting(second: 30, readAt: 500, formedAt: 500)],
            [Self.page(500, emptiedAt: 250, wanted: 1)]
        )
        #expect(times == [500])
    }

    @Test func aBatchOfSeveralReadsIsTakenApart() {
        let sightings = (0..<3).map { Self.sighting(second: 0, readAt: $0 == 0 ? 250 : nil, formedAt: 900) }
        let pages = [
            Self.page(250, emptiedAt: 0, wanted: 1), Self.page(500, emptiedAt: 250, wanted: 1),
            Self.page(750, emptiedAt: 500, wanted: 1),
        ]
        #expect(Self.estimate(sightings, pages) == [126, 376, 626])
    }

    @Test func theFirstRecordOfABatchTellsItsReadWhateverWasMissed() {
        // Of the first page three records are said to be wanted, but the recording has one of them.
        let sightings = [
            Self.sighting(second: 0, readAt: 250, formedAt: 250), Self.sighting(second: 0, readAt: 750, formedAt: 750),
        ]
        let pages = [Self.page(250, emptiedAt: 0, wanted: 3), Self.page(750, emptiedAt: 500, wanted: 1)]
        #expect(Self.estimate(sightings, pages) == [126, 626])
    }

    @Test func noRecordArrivesBeforeTheOneBeforeIt() {
        let sightings = [5, 3, 4].enumerated().map { index, second in
            Self.sighting(second: second, readAt: index == 0 ? 9000 : nil, formedAt: 9000)
        }
        let times = Self.estimate(sightings, [Self.page(9000, wanted: 3)])
        #expect(times == times.sorted())
    }

    @Test func recordsWithoutAnyReadArriveInTheirSecond() {
        #expect(Self.estimate([Self.sighting(second: 3, formedAt: 60_000)], []) == [3500])
        #expect(Self.estimate([], []) == [])
    }
}
