// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// Numbers in the order in which they came.
private final class Log: Sendable {
    private let state = Mutex<[Int]>([])

    var values: [Int] { self.state.withLock { $0 } }

    func append(_ value: Int) {
        self.state.withLock { $0.append(value) }
    }
}

@Suite(.timeLimit(.minutes(1)))
struct ClockTests {
    @Test func anImmediateSleepMovesTheTimeAndReturns() async throws {
        let clock = ImmediateClock()
        let began = clock.now
        try await clock.sleep(for: .seconds(3600))
        try await clock.sleep(for: .milliseconds(1))
        #expect(clock.now.since(began) == .milliseconds(3_600_001))
        #expect(clock.sleeps == [.seconds(3600), .milliseconds(1)])
    }

    @Test func anImmediateSleepOfACancelledTaskThrows() async {
        let clock = ImmediateClock()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aManualSleepEndsWhenTheTimeIsMovedPastIt() async throws {
        let clock = ManualClock()
        let order = Log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seconds in [3, 1, 2] {
                group.addTask {
                    try await clock.sleep(for: .seconds(seconds))
                    order.append(seconds)
                }
            }
            await clock.waitForSleepers(3)
            for expected in 1...3 {
                clock.advance(by: .seconds(1))
                try await group.next()
                #expect(order.values == Array(1...expected))
                #expect(clock.sleeperCount == 3 - expected)
            }
        }
    }

    @Test func aCancelledManualSleepThrowsAndIsForgotten() async {
        let clock = ManualClock()
        let task = Task { try await clock.sleep(for: .seconds(1)) }
        await clock.waitForSleepers()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func inTheVirtualWorldTimeJumpsToTheEarliestSleeper() throws {
        let world = VirtualTime()
        let began = world.now
        let outcome = world.run { () -> [Int] in
            await withTaskGroup(of: Int.self) { group in
                for seconds in [300, 100, 200] {
                    group.addTask {
                        try? await world.sleep(for: .seconds(seconds))
                        return seconds
                    }
                }
                var order: [Int] = []
                for await seconds in group { order.append(seconds) }
                return order
            }
        }
        guard case .finished(.success(let order)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(order == [100, 200, 300])
        #expect(world.now.since(began) == .seconds(300))
    }

    @Test func theVirtualWorldRunsTheSameWayForASeedAndAnotherForAnother() {
        func order(_ seed: UInt64) -> [Int] {
            let world = VirtualTime(seed: seed)
            let order = Log()
            _ = world.run {
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<20 {
                        group.addTask {
                            await Task.yield()
                            order.append(number)
                        }
                    }
                }
            }
            return order.values
        }
        #expect(order(1) == order(1))
        #expect(order(1) != order(2))
        #expect(order(1).sorted() == Array(0..<20))
    }

    @Test func aProgramThatWaitsForItselfIsFoundStuck() {
        let world = VirtualTime()
        let outcome = world.run { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
        guard case .stuck = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func aCrashLeavesTheProgramWhereItWas() {
        let world = VirtualTime()
        let count = Log()
        let outcome = world.run(maximumJobs: 10) {
            while true {
                count.append(1)
                await Task.yield()
            }
        }
        guard case .crashed = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let reached = count.values.count
        world.forgetPrograms()
        _ = world.run { await Task.yield() }
        #expect(count.values.count == reached)
    }
}
