// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// The rules of retries, one after the other: each step of a plan is a word of the script.
@Suite struct BatchPlanTests {
    private static let now = Timestamp(seconds: 1_700_000_000)
    private static let error = FunctionResponse(functionError: "Unhandled")
    private static let named = FunctionResponse(body: Array("{}".utf8))

    /// What came out of a plan, as text: `1-4` an attempt, `!1-4 2` records given up after two invocations.
    private struct Run {
        var plan: BatchPlan
        var trace: [String] = []
        var discards: [BatchPlan.Discard] = []
        var now = BatchPlanTests.now

        init(_ count: Int, ages: [Int: Int] = [:], _ rules: AttemptRules) {
            let records = (1...count).map { number in
                ScriptedService.record(
                    "k\(number)",
                    sequence: number,
                    event: number,
                    createdAt: BatchPlanTests.now.advanced(by: .seconds(-(ages[number] ?? 0)))
                )
            }
            self.plan = BatchPlan(records, rules: rules)
        }

        /// Runs to the end; the function fails whenever it gets one of these records.
        mutating func run(failing bad: Set<Int>, partial: Bool = false, pause: Duration = .seconds(1)) {
            for _ in 0..<1000 {
                switch self.plan.next(now: self.now) {
                case .over: return
                case .discard(let discard): self.discard(discard)
                case .invoke(let records, _):
                    let numbers = records.map { Run.number($0) }
                    self.trace.append(Run.text(records))
                    if let first = numbers.firstIndex(where: { bad.contains($0) }) {
                        let isRest = partial && first > 0
                        _ = self.plan.ended(
                            isRest
                                ? .failedFrom(first, BatchPlanTests.named)
                                : .failed(reason: "bad", BatchPlanTests.error)
                        )
                        self.now = self.now.advanced(by: pause)
                    } else {
                        _ = self.plan.ended(.succeeded)
                    }
                }
            }
            Issue.record("no end: \(self.trace.suffix(20))")
        }

        mutating func discard(_ discard: BatchPlan.Discard) {
            self.trace.append("!\(Run.text(discard.records)) \(discard.invokeCount)")
            self.discards.append(discard)
            self.plan.discarded()
        }

        static func number(_ record: StreamRecord) -> Int { Int(record.sequenceNumber.text) ?? 0 }

        static func text(_ records: [StreamRecord]) -> String {
            let numbers = records.map { self.number($0) }
            guard let first = numbers.first, let last = numbers.last else { return "-" }
            if numbers == Array(first...last) { return first == last ? "\(first)" : "\(first)-\(last)" }
            return numbers.map(String.init).joined(separator: ",")
        }
    }

    @Test func aBatchThatGoesWellIsOneAttempt() {
        var run = Run(5, AttemptRules())
        run.run(failing: [])
        #expect(run.trace == ["1-5"])
        #expect(run.plan.doneCount == 5)
        #expect(run.plan.firstOpen == nil)
        #expect((run.plan.attempts, run.plan.invoked, run.plan.failedInvokes) == (1, 5, 0))
    }

    @Test(arguments: 0...3)
    func soManyRetriesAreOneMoreInvocationAndTheMessageSaysHowMany(_ retries: Int) {
        var run = Run(3, AttemptRules(maximumRetryAttempts: retries))
        run.run(failing: [2])
        #expect(run.trace == Array(repeating: "1-3", count: retries + 1) + ["!1-3 \(retries + 1)"])
        #expect(run.discards.map(\.condition) == [.retryAttemptsExhausted])
        #expect(run.discards.first?.response == Self.error)
        #expect(run.discards.first?.reason == "bad")
        #expect(run.plan.discardedCount == 3)
        #expect(run.plan.failedInvokes == 3 * (retries + 1))
    }

    @Test func withoutBisectGoodRecordsBehindABadOneAreGivenUpWithIt() {
        var run = Run(4, AttemptRules(maximumRetryAttempts: 1))
        run.run(failing: [1])
        #expect(run.trace.last == "!1-4 2")
    }

    @Test func aPartialSuccessStartsAFreshCount() {
        // A record that failed once in a larger batch and then alone comes 1 + 4 times, and the message says 4.
        var run = Run(3, AttemptRules(maximumRetryAttempts: 3))
        run.run(failing: [3], partial: true)
        #expect(run.trace == ["1-3", "3", "3", "3", "3", "!3 4"])
        #expect(run.plan.doneCount == 2)
        #expect(run.plan.failedInvokes == 5)
    }

    @Test func everyPartialSuccessDoesAndTheRestStaysTogether() {
        var run = Run(6, AttemptRules(maximumRetryAttempts: 1))
        _ = run.plan.next(now: run.now)
        #expect(run.plan.ended(.failedFrom(2, Self.named)) == .rest(done: 2, left: 4))
        #expect(run.plan.firstOpen == 2)
        _ = run.plan.next(now: run.now)
        #expect(run.plan.ended(.failed(reason: "no", nil)) == .again)
        _ = run.plan.next(now: run.now)
        #expect(run.plan.ended(.failedFrom(1, Self.named)) == .rest(done: 1, left: 3))
        #expect(run.plan.firstOpen == 3)
        run.run(failing: [4])
        #expect(run.trace == ["4-6", "4-6", "!4-6 2"])
    }

    @Test func whatDidNotTakePlaceDoesNotCount() {
        var run = Run(2, AttemptRules(maximumRetryAttempts: 1))
        for attempt in 1...50 {
            guard case .invoke(let records, attempt) = run.plan.next(now: run.now) else {
                Issue.record("no attempt \(attempt)")
                return
            }
            #expect(records.count == 2)
            #expect(run.plan.ended(.notInvoked(reason: "throttled", after: nil)) == .notInvoked)
            #expect(run.plan.failuresInRow == attempt)
        }
        run.run(failing: [1])
        #expect(run.trace == ["1-2", "1-2", "!1-2 2"])
        #expect((run.plan.attempts, run.plan.invoked) == (52, 4))
    }

    @Test func whoAsksAgainHasNotGivenUpWhatWasToBeGivenUpBefore() {
        // The clock may have been set back in between.
        var run = Run(2, ages: [1: 61], AttemptRules(maximumRecordAge: .seconds(60)))
        guard case .discard = run.plan.next(now: run.now) else { return #expect(Bool(false)) }
        let before = run.now.advanced(by: .seconds(-5))
        guard case .invoke(let records, _) = run.plan.next(now: before) else { return #expect(Bool(false)) }
        #expect(records.count == 2)
        #expect(run.plan.ended(.succeeded) == .done(2))
        #expect((run.plan.doneCount, run.plan.discardedCount) == (2, 0))
    }

    @Test(arguments: [nil, -1])
    func withoutALimitABatchIsTriedUntilItsRecordsHaveLeftTheStream(_ retries: Int?) {
        var run = Run(2, AttemptRules(maximumRetryAttempts: retries, maximumRecordAge: .seconds(-1)))
        run.run(failing: [1], pause: .seconds(3600))
        // 24 hours and the attempt after the last full one.
        #expect(run.trace == Array(repeating: "1-2", count: 25) + ["!1-2 25"])
        #expect(run.discards.map(\.condition) == [.recordAgeExceeded])
    }

    @Test func aRecordIsTriedOnceHoweverOldItIsIfNoAgeIsSet() {
        var run = Run(2, ages: [1: 90_000, 2: 90_000], AttemptRules())
        run.run(failing: [])
        #expect(run.trace == ["1-2"])
    }

    @Test(arguments: [604_800, 86_401])
    func anAgeBeyondWhatAStreamKeepsIsNone(_ age: Int) {
        #expect(AttemptRules(maximumRecordAge: .seconds(age)) == AttemptRules())
    }

    @Test func onlyTheRecordsThatAreTooOldAreTakenOffAndNeverTriedOnesCountAsOne() {
        var run = Run(5, ages: [1: 100, 2: 61, 3: 60, 4: 10, 5: 0], AttemptRules(maximumRecordAge: .seconds(60)))
        run.run(failing: [])
        #expect(run.trace == ["!1-2 1", "3-5"])
        #expect(run.discards.map(\.condition) == [.recordAgeExceeded])
        #expect(run.discards.first?.response == nil)
        #expect((run.plan.doneCount, run.plan.discardedCount) == (3, 2))
    }

    @Test func anOldRecordBetweenYoungOnesIsTakenOffAlone() {
        var run = Run(4, ages: [2: 70, 3: 70], AttemptRules(maximumRecordAge: .seconds(60)))
        run.run(failing: [])
        #expect(run.trace == ["!2-3 1", "1,4"])
    }

    @Test func theAgeIsLookedAtBeforeEachAttempt() {
        var run = Run(3, ages: [1: 58, 2: 30, 3: 0], AttemptRules(maximumRecordAge: .seconds(60)))
        run.run(failing: [1, 2, 3], pause: .seconds(2))
        #expect(run.trace.filter { $0.hasPrefix("!") } == ["!1 2", "!2 16", "!3 31"])
        #expect(run.trace.prefix(4) == ["1-3", "1-3", "!1 2", "2-3"])
        #expect(run.discards.allSatisfy { $0.response == nil && $0.condition == .recordAgeExceeded })
    }

    @Test func aBisectedBatchIsolatesTheBadRecordInOrder() {
        var run = Run(8, AttemptRules(maximumRetryAttempts: 0, bisects: true))
        run.run(failing: [6])
        #expect(run.trace == ["1-8", "1-4", "5-8", "5-6", "5", "6", "!6 1", "7-8"])
        #expect((run.plan.doneCount, run.plan.discardedCount) == (7, 1))
    }

    @Test func theFirstHalfOfAnOddNumberIsTheSmallerOne() {
        var run = Run(5, AttemptRules(maximumRetryAttempts: 0, bisects: true))
        run.run(failing: [1, 2, 3, 4, 5])
        #expect(run.trace.filter { !$0.hasPrefix("!") } == ["1-5", "1-2", "1", "2", "3-5", "3", "4-5", "4", "5"])
    }

    @Test func splittingUsesNoAttemptUpAndOnlyARecordAloneDoes() {
        var run = Run(4, AttemptRules(maximumRetryAttempts: 2, bisects: true))
        run.run(failing: [4])
        #expect(run.trace == ["1-4", "1-2", "3-4", "3", "4", "4", "4", "!4 3"])
    }

    @Test func withBisectAPartialResponseCutsAtItsRecordAndTheFirstOneHalves() {
        var run = Run(8, AttemptRules(maximumRetryAttempts: 0, bisects: true))
        run.run(failing: [3], partial: true)
        // 3 is named: 1 and 2 are done, 3 to 8 come again; then it is the first, and the batch is halved.
        #expect(run.trace == ["1-8", "3-8", "3-5", "3", "!3 1", "4-5", "6-8"])
    }

    @Test func halvesOfWhatIsLeftDoNotHoldWhatIsGone() {
        var run = Run(5, ages: [3: 61], AttemptRules(maximumRecordAge: .seconds(60), bisects: true))
        _ = run.plan.next(now: run.now)
        run.plan.discarded()
        guard case .invoke = run.plan.next(now: run.now) else { return #expect(Bool(false)) }
        #expect(run.plan.ended(.failed(reason: "no", nil)) == .split(first: 2, second: 2))
        run.run(failing: [])
        #expect(run.trace == ["1-2", "4-5"])
        #expect(run.plan.openCount == 0)
    }

    @Test func theLastInvocationOfAWindowHasNoRecordsAndTheSameLimits() {
        var plan = BatchPlan(finalAfter: Self.now, rules: AttemptRules(maximumRetryAttempts: 1, bisects: true))
        for change in [BatchPlan.Change.again, .exhausted] {
            guard case .invoke(let records, _) = plan.next(now: Self.now) else { return #expect(Bool(false)) }
            #expect(records.isEmpty)
            #expect(plan.ended(.failed(reason: "no", nil)) == change)
        }
        guard case .discard(let discard) = plan.next(now: Self.now) else { return #expect(Bool(false)) }
        #expect(discard.records.isEmpty)
        plan.discarded()
        #expect(plan.firstOpen == nil)

        var old = BatchPlan(finalAfter: Self.now, rules: AttemptRules(maximumRecordAge: .seconds(60)))
        guard case .invoke = old.next(now: Self.now.advanced(by: .seconds(60))) else { return #expect(Bool(false)) }
        _ = old.ended(.failed(reason: "no", nil))
        guard case .discard = old.next(now: Self.now.advanced(by: .seconds(61))) else { return #expect(Bool(false)) }
    }

    /// Whatever happens, each record ends once, in order, and the counts add up at every step.
    @Test func everyRecordEndsOnceInOrderWhateverHappens() {
        for seed in 0..<3000 {
            var generator = SplitMix64(seed: UInt64(seed))
            let count = Int.random(in: 1...24, using: &generator)
            let rules = AttemptRules(
                maximumRetryAttempts: [nil, 0, 1, 3].randomElement(using: &generator) ?? nil,
                maximumRecordAge: [nil, .seconds(60)].randomElement(using: &generator) ?? nil,
                bisects: Bool.random(using: &generator)
            )
            var ages: [Int: Int] = [:]
            for number in 1...count { ages[number] = Int.random(in: 0...70, using: &generator) }
            var run = Run(count, ages: ages, rules)
            var ended: [Int] = []
            var isOver = false
            for step in 0..<2000 where !isOver {
                // Attempts end some day.
                let mayFail = step < 500
                switch run.plan.next(now: run.now) {
                case .over: isOver = true
                case .discard(let discard):
                    ended += discard.records.map { Run.number($0) }
                    run.plan.discarded()
                case .invoke(let records, _):
                    let numbers = records.map { Run.number($0) }
                    #expect(!numbers.contains { ended.contains($0) }, "seed \(seed)")
                    #expect(numbers == numbers.sorted(), "seed \(seed)")
                    let result: AttemptResult
                    switch mayFail ? Int.random(in: 0..<4, using: &generator) : 0 {
                    case 1: result = .failed(reason: "no", Self.error)
                    case 2: result = .notInvoked(reason: "busy", after: nil)
                    case 3 where numbers.count > 1:
                        let first = Int.random(in: 1..<numbers.count, using: &generator)
                        result = .failedFrom(first, Self.named)
                        ended += numbers[..<first]
                    default:
                        result = .succeeded
                        ended += numbers
                    }
                    _ = run.plan.ended(result)
                    run.now = run.now.advanced(by: .seconds(Int.random(in: 0...5, using: &generator)))
                }
                #expect(run.plan.openCount == count - ended.count, "seed \(seed)")
                let firstOpen = run.plan.firstOpen ?? count
                #expect((1...max(firstOpen, 1)).prefix(firstOpen).allSatisfy { ended.contains($0) }, "seed \(seed)")
            }
            #expect(isOver, "seed \(seed)")
            #expect(ended.sorted() == Array(1...count), "seed \(seed)")
            #expect(run.plan.doneCount + run.plan.discardedCount == count, "seed \(seed)")
        }
    }
}
