// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import Testing

@Suite
struct FiguresTests {
    @Test(
        arguments: [
            (0, "0"), (7, "7"), (999, "999"), (1000, "1.00k"), (1234, "1.23k"), (12_345, "12.3k"), (99_949, "99.9k"),
            (999_499, "999k"), (999_500, "1.00M"), (45_600_000, "45.6M"), (-1234, "-1.23k"), (Int.max, "9.22E"),
        ]
    )
    func countsHaveThreeDigits(_ value: Int, _ text: String) {
        #expect(Figures.count(value) == text)
    }

    @Test(
        arguments: [
            (0.0, "0"), (0.004, "0"), (0.25, "0.25"), (9.99, "9.99"), (9.996, "10.0"), (12.42, "12.4"), (99.96, "100"),
            (412, "412"), (999.6, "1.00k"), (1_000_000, "1.00M"), (61, "61"),
        ]
    )
    func ratesHaveThreeDigits(_ value: Double, _ text: String) {
        #expect(Figures.rate(value) == text)
    }

    @Test(arguments: [
        (0.0, "$0"), (0.004, "<$0.01"), (0.0691, "$0.07"), (12.345, "$12.35"), (999.99, "$999.99"), (1204.4, "$1,204"),
    ])
    func moneyHasTwoDecimalsAndIsNeverNothingWhereItIsSomething(_ value: Double, _ text: String) {
        #expect(Figures.dollars(value) == text)
    }

    @Test(arguments: [(0.0, "0"), (1.0, "1.00"), (9.5, "9.50"), (9.999, "10.0"), (61, "61"), (12.44, "12.4")])
    func capacityHasTwoDecimalsUnderTen(_ value: Double, _ text: String) {
        #expect(Figures.capacity(value) == text)
    }

    @Test(
        arguments: [
            (0, "0"), (173, "173B"), (1023, "1023B"), (1024, "1KiB"), (1536, "1.5KiB"), (65_536, "64KiB"),
            (1_572_864, "1.5MiB"), (1_048_575, "1MiB"), (1_047_552, "1MiB"), (12_582_912, "12MiB"), (Int.max, "8EiB"),
        ]
    )
    func sizesAreBinary(_ value: Int, _ text: String) {
        #expect(Figures.bytes(ByteCount(value)) == text)
    }

    @Test(
        arguments: [
            (Duration.zero, "0"), (.seconds(-3), "0"), (.microseconds(850), "850µs"), (.nanoseconds(1), "0µs"),
            (.microseconds(999_600), "1.0s"), (.milliseconds(12), "12ms"), (.milliseconds(1240), "1.2s"),
            (.milliseconds(59_960), "1m00s"), (.seconds(184), "3m04s"), (.seconds(7500), "2h05m"),
            (.seconds(273_600), "3d04h"), (.seconds(86_400 * 1234), "1234d"),
        ]
    )
    func durationsHaveTwoUnitsAtMost(_ value: Duration, _ text: String) {
        #expect(Figures.duration(value) == text)
    }

    @Test
    func noFigureIsWiderThanSevenColumns() {
        var value = 1
        for _ in 0..<60 {
            for figure in [value - 1, value, value + 1, -value] {
                #expect(Figures.count(figure).count <= 7)
                #expect(Figures.rate(Double(figure) / 7).count <= 7)
                #expect(Figures.capacity(Double(figure) / 3).count <= 7)
                #expect(Figures.bytes(ByteCount(figure)).count <= 7 || figure < 0)
                #expect(Figures.duration(.milliseconds(figure)).count <= 7)
                #expect(Figures.factor(Double(figure) / 9).count <= 7)
            }
            value *= 2
        }
    }

    @Test
    func theUnknownIsADashAndNotZero() {
        #expect(Figures.count(nil) == "-")
        #expect(Figures.rate(nil) == "-")
        #expect(Figures.rate(.infinity) == "-")
        #expect(Figures.bytes(nil) == "-")
        #expect(Figures.duration(nil) == "-")
        #expect(Figures.clock(nil) == "-")
    }

    @Test
    func timesAreInUTC() {
        let time = Timestamp(milliseconds: 1_767_321_667_250)
        #expect(Figures.clock(time) == "02:41:07Z")
        #expect(Figures.preciseClock(time) == "02:41:07.250Z")
        #expect(Figures.stopwatch(.seconds(42)) == "00:42")
        #expect(Figures.stopwatch(.seconds(3723)) == "1:02:03")
        #expect(Figures.grouped(18_204) == "18,204")
        #expect(Figures.grouped(-1_234_567) == "-1,234,567")
    }

    @Test
    func theSavingComparesRequestsWithThoseOfSingleDeletes() {
        let saving = RequestSaving(.init(requests: ["BatchWriteItem": 4], singleRequests: 100))
        #expect(saving.factor == 25)
        #expect(saving.saved == 96)
        #expect(RequestSaving(.init()).factor == nil)
    }
}
