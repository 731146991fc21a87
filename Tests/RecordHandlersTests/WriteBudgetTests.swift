// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import RecordHandlers
import StreamSession
import Testing

@Suite("How fast a table is written to")
struct WriteBudgetTests {
    private static let start = Timestamp(seconds: 1_700_000_000)

    /// One writer that sends as much as it may, on a time of its own.
    private struct Writer {
        var budget: WriteBudget
        var now = WriteBudgetTests.start
        /// Units used, by millisecond since the beginning.
        var used: [(at: Int64, units: Double)] = []
        var paces: [WritePace] = []
        var requests: [Int] = []

        /// Waits for the next request and sends it; the closure is what a table says to so many keys.
        mutating func send(_ keys: Int, _ answer: (Int, Timestamp) -> WriteBudget.Receipt) {
            while true {
                switch self.budget.admit(upTo: keys, now: self.now) {
                case .wait(let pause): self.now = self.now.advanced(by: pause)
                case .go(let grant):
                    self.requests.append(grant.keys)
                    let receipt = answer(grant.keys, self.now)
                    let at = self.now.since(WriteBudgetTests.start).wholeMilliseconds
                    self.used.append((at, receipt.units ?? Double(receipt.keys)))
                    if let pace = self.budget.settle(grant, receipt, now: self.now) { self.paces.append(pace) }
                    return
                }
            }
        }

        mutating func send(_ keys: Int, for duration: Duration, _ answer: (Int, Timestamp) -> WriteBudget.Receipt) {
            let end = self.now.advanced(by: duration)
            while self.now < end {
                self.send(keys, answer)
                // A request takes a while.
                self.now = self.now.advanced(by: .milliseconds(5))
            }
        }

        /// The most that was used in any stretch of that length.
        func most(in milliseconds: Int64) -> Double {
            self.used.map { first in
                self.used.filter { (first.at..<first.at + milliseconds).contains($0.at) }.reduce(0) { $0 + $1.units }
            }.max() ?? 0
        }

        var total: Double { self.used.reduce(0) { $0 + $1.units } }
    }

    /// A table that takes so many units a second and keeps nothing for later.
    private struct Table {
        var rate: Double
        var tokens: Double
        var at = WriteBudgetTests.start
        var refused = 0
        var asked = 0

        init(rate: Double) {
            self.rate = rate
            self.tokens = rate
        }

        mutating func write(_ keys: Int, now: Timestamp) -> WriteBudget.Receipt {
            self.tokens = min(self.rate, self.tokens + Double(now.since(self.at).wholeMilliseconds) / 1000 * self.rate)
            self.at = max(self.at, now)
            let taken = min(keys, Int(self.tokens))
            self.tokens -= Double(taken)
            self.asked += keys
            self.refused += keys - taken
            return WriteBudget.Receipt(keys: taken, units: Double(taken), throttle: taken < keys ? "full" : nil)
        }
    }

    private static func accepted(_ keys: Int, _ now: Timestamp) -> WriteBudget.Receipt {
        WriteBudget.Receipt(keys: keys, units: Double(keys))
    }

    @Test func withoutABoundAndAThrottleNothingWaits() {
        var budget = WriteBudget()
        for _ in 0..<1000 {
            guard case .go(let grant) = budget.admit(upTo: 25, now: Self.start) else {
                Issue.record("it waits")
                return
            }
            #expect(grant.keys == 25)
            #expect(budget.settle(grant, Self.accepted(25, Self.start), now: Self.start) == nil)
        }
        #expect(!budget.isSlowed)
    }

    /// In no second more than the bound and a tenth of it, or a request.
    @Test(arguments: [1, 5, 30, 100, 1000, 40_000])
    func aBoundHoldsInEverySecondAndIsUsedUp(maximum: Int) {
        var writer = Writer(budget: WriteBudget(maximum: maximum))
        writer.send(25, for: .seconds(20), Self.accepted)
        let bound = Double(maximum)
        #expect(writer.most(in: 1000) <= bound + max(25, bound / 10))
        #expect(writer.total <= bound * 20 + max(25, bound / 10))
        // One request every 5 ms is the most that this writer can send.
        #expect(writer.total >= min(bound, 4500) * 20 * 0.95)
        #expect(writer.paces == [])
    }

    @Test(arguments: [(3, 3), (24, 24), (25, 25), (1000, 25)])
    func aRequestHasNoMoreKeysThanASecondHasUnits(maximum: Int, keys: Int) {
        var writer = Writer(budget: WriteBudget(maximum: maximum))
        writer.send(25, for: .seconds(5), Self.accepted)
        #expect(Set(writer.requests) == [keys])
    }

    /// The service reports what a request has cost; the bound is on that.
    @Test func whatItemsCostIsLearnedAndOwed() {
        var writer = Writer(budget: WriteBudget(maximum: 100))
        writer.send(25, for: .seconds(30)) { keys, _ in WriteBudget.Receipt(keys: keys, units: Double(keys) * 8) }
        #expect(writer.requests.first == 25)
        #expect(writer.requests.last == 12)
        #expect(writer.total <= 100 * 30 + 200)
        #expect(writer.total >= 100 * 30 * 0.95)
    }

    @Test func anItemThatCostsMoreThanASecondsWorthIsWaitedFor() {
        var writer = Writer(budget: WriteBudget(maximum: 10))
        writer.send(25, for: .seconds(400)) { keys, _ in WriteBudget.Receipt(keys: keys, units: Double(keys) * 40) }
        #expect(Set(writer.requests.dropFirst()) == [1])
        #expect(writer.total <= 10 * 400 + 400)
    }

    @Test func oneThrottleLowersThePaceOnceForAllThatWasUnderWay() throws {
        var budget = WriteBudget(maximum: 1000)
        let grants = (0..<4).compactMap { _ -> WriteBudget.Grant? in
            guard case .go(let grant) = budget.admit(upTo: 25, now: Self.start) else { return nil }
            return grant
        }
        #expect(grants.count == 4)
        // What others use of the table is not known, what was used is: the pace follows from that.
        _ = budget.settle(grants[0], WriteBudget.Receipt(keys: 25, units: 500), now: Self.start)
        let refused = WriteBudget.Receipt(keys: 0, units: 0, throttle: "full")
        let slowed = budget.settle(grants[1], refused, now: Self.start)
        #expect(slowed == WritePace(limit: 350, maximum: 1000, change: .slowed, reason: "full"))
        let others = [
            budget.settle(grants[2], refused, now: Self.start),
            budget.settle(grants[3], Self.accepted(25, Self.start), now: Self.start),
        ]
        #expect(others == [nil, nil])
        #expect(budget.pace == 350)
        guard case .wait = budget.admit(upTo: 25, now: Self.start) else {
            Issue.record("the next request does not wait")
            return
        }
    }

    @Test(arguments: [(5, 3.5), (1000, 700)])
    func theFirstThrottleGoesBelowWhatIsProvisioned(provisioned: Int, pace: Double) {
        var writer = Writer(budget: WriteBudget(provisioned: provisioned))
        // Burst capacity, in use for two seconds.
        writer.send(25, for: .seconds(2), Self.accepted)
        writer.send(25) { keys, _ in WriteBudget.Receipt(keys: 0, units: 0, throttle: "full") }
        #expect(writer.paces == [WritePace(limit: pace, maximum: nil, change: .slowed, reason: "full")])
    }

    @Test func thePaceHasALowestValue() throws {
        let refused = WriteBudget.Receipt(keys: 0, units: 0, throttle: "full")
        for (budget, lowest) in [
            (WriteBudget(), 100), (WriteBudget(maximum: 50), 5), (WriteBudget(provisioned: 5), 1),
            (WriteBudget(provisioned: 1000), 100), (WriteBudget(maximum: 20, provisioned: 1000), 2),
        ] as [(WriteBudget, Double)] {
            var writer = Writer(budget: budget)
            for _ in 0..<50 { writer.send(25) { _, _ in refused } }
            #expect(writer.budget.pace == lowest)
            // Nothing is told any more when nothing changes.
            #expect(writer.paces.last?.limit == lowest)
            #expect(writer.paces.count < 30)
        }
    }

    @Test func acceptedWritesRaiseThePaceSlowlyUpToTheMaximum() throws {
        var writer = Writer(budget: WriteBudget(maximum: 100, provisioned: 1000))
        writer.send(25) { _, _ in WriteBudget.Receipt(keys: 0, units: 0, throttle: "full") }
        #expect(writer.budget.pace == 70)
        writer.send(25, for: .seconds(10), Self.accepted)
        // Two units for each second.
        let pace = try #require(writer.budget.pace)
        #expect((86...92).contains(pace))
        let told = writer.paces.dropFirst()
        #expect(told.allSatisfy { $0.change == .raised && $0.isSlowed })
        #expect((8...10).contains(told.count), "\(told)")
        writer.send(25, for: .seconds(10), Self.accepted)
        #expect(writer.paces.last == WritePace(limit: 100, maximum: 100, change: .lifted))
        #expect(writer.paces.count { $0.change == .lifted } == 1)
        #expect(!writer.budget.isSlowed)
    }

    @Test func withoutABoundThePaceIsGivenUpAfterAQuietMinute() {
        var writer = Writer(budget: WriteBudget(provisioned: 1000))
        writer.send(25) { _, _ in WriteBudget.Receipt(keys: 0, units: 0, throttle: "full") }
        writer.send(25, for: .seconds(59), Self.accepted)
        #expect(writer.budget.isSlowed)
        writer.send(25, for: .seconds(2), Self.accepted)
        #expect(writer.paces.last == WritePace(limit: nil, maximum: nil, change: .lifted))
        #expect(writer.budget.pace == nil)
    }

    @Test func aRequestThatWasNotAnsweredNeitherLowersNorRaises() {
        var budget = WriteBudget(maximum: 100)
        guard case .go(let grant) = budget.admit(upTo: 25, now: Self.start) else {
            Issue.record("it waits")
            return
        }
        #expect(budget.settle(grant, WriteBudget.Receipt(keys: 0, units: 0), now: Self.start) == nil)
        #expect(budget.pace == 100)
    }

    @Test func aClockThatGoesBackwardsGivesNothing() {
        var writer = Writer(budget: WriteBudget(maximum: 10))
        writer.send(25, Self.accepted)
        writer.now = writer.now.advanced(by: .seconds(-3600))
        guard case .wait(let pause) = writer.budget.admit(upTo: 25, now: writer.now) else {
            Issue.record("it does not wait")
            return
        }
        #expect(pause <= .seconds(1))
    }

    /// The pace settles around what the table takes: most of it is used, and little is refused.
    @Test(arguments: [3, 5, 40, 200, 3000])
    func thePaceFindsWhatTheTableTakes(rate: Int) {
        var table = Table(rate: Double(rate))
        var writer = Writer(budget: WriteBudget(provisioned: rate))
        writer.send(25, for: .seconds(10)) { table.write($0, now: $1) }
        table.refused = 0
        table.asked = 0
        let before = writer.total
        writer.send(25, for: .seconds(120)) { table.write($0, now: $1) }
        #expect((writer.total - before) / 120 >= Double(rate) * 0.8)
        #expect(Double(table.refused) / Double(table.asked) < 0.15)
    }

    /// Two who write to one table by these rules come to equal terms.
    @Test func twoWritersShareATable() {
        var table = Table(rate: 200)
        var writers = [Writer(budget: WriteBudget(provisioned: 200)), Writer(budget: WriteBudget(provisioned: 200))]
        // The other one comes later.
        writers[0].send(25, for: .seconds(20)) { table.write($0, now: $1) }
        writers[1].now = writers[0].now
        let before = writers[0].total
        let end = writers[0].now.advanced(by: .seconds(180))
        while let index = writers.indices.min(by: { writers[$0].now < writers[$1].now }), writers[index].now < end {
            writers[index].send(25) { table.write($0, now: $1) }
            writers[index].now = writers[index].now.advanced(by: .milliseconds(5))
        }
        let share = (writers[0].total - before) / writers[1].total
        #expect((0.6...1.6).contains(share), "\(share)")
        #expect(writers[0].total - before + writers[1].total >= 200 * 180 * 0.7)
    }
}
