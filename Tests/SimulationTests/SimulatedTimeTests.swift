// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

@testable import Simulation

@Suite(.timeLimit(.minutes(1)))
struct SimulatedTimeTests {
    private let world = SimulatedTime(beginning: Timestamp(seconds: 100))

    @Test func timeJumpsToWhoeverIsToWakeFirst() throws {
        let world = self.world
        let order = try world.run {
            await withTaskGroup(of: String.self) { group in
                for (name, seconds) in [("late", 3600), ("early", 1), ("middle", 60)] {
                    group.addTask {
                        try? await world.sleep(for: .seconds(seconds))
                        return "\(name) \(world.now.milliseconds / 1000)"
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(order == ["early 101", "middle 160", "late 3700"])
    }

    @Test func partsOfAMillisecondAddUp() throws {
        let world = self.world
        try world.run { for _ in 0..<4 { try await world.sleep(for: .microseconds(250)) } }
        #expect(world.now == Timestamp(milliseconds: 100_001))
    }

    @Test func aCancelledSleeperDoesNotHoldTimeUp() throws {
        let world = self.world
        try world.run {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await world.sleep(for: .seconds(3600)) }
                group.addTask { try? await world.sleep(for: .seconds(1)) }
                await group.next()
                group.cancelAll()
            }
        }
        #expect(world.now == Timestamp(seconds: 101))
    }

    @Test func aCancelledTaskDoesNotSleepAtAll() throws {
        let world = self.world
        let isCancelled = try world.run {
            let task = Task(executorPreference: world) { try await world.sleep(for: .seconds(3600)) }
            task.cancel()
            if case .failure(is CancellationError) = await task.result { return true }
            return false
        }
        #expect(isCancelled)
        #expect(world.now == Timestamp(seconds: 100))
    }

    @Test func aProgramThatWaitsForNothingIsSaidToBeStuck() {
        let world = self.world
        let error = #expect(throws: SimulationError.self) {
            try world.run { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
        }
        #expect(error?.code == .stuck)
    }

    @Test func whatAProgramThrowsComesOut() {
        let world = self.world
        #expect(throws: CancellationError.self) { try world.run { throw CancellationError() } }
    }
}
