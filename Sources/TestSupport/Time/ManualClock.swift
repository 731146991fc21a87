// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession
import Synchronization

/// A clock that stands still until a test moves it.
///
/// A test waits until the code under test sleeps, and then moves the time past the end of that sleep:
/// `await clock.waitForSleepers(); clock.advance(by: .seconds(1))`.
package final class ManualClock: SessionClock {
    private struct Sleeper: Sendable {
        var id: UInt64
        var end: Timestamp
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher: Sendable {
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var now: Timestamp
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []

        mutating func takeContentWatchers() -> [Watcher] {
            let content = self.watchers.filter { $0.count <= self.sleepers.count }
            self.watchers.removeAll { $0.count <= self.sleepers.count }
            return content
        }
    }

    private let state: Mutex<State>

    /// Creates a clock that stands at a moment.
    package init(now: Timestamp = Timestamp(seconds: 1_700_000_000)) {
        self.state = Mutex(State(now: now))
    }

    /// The moment the clock stands at.
    package var now: Timestamp {
        self.state.withLock { $0.now }
    }

    /// Number of tasks that sleep.
    package var sleeperCount: Int {
        self.state.withLock { $0.sleepers.count }
    }

    /// Sleeps until ``advance(by:)`` reaches the end.
    package func sleep(for duration: Duration) async throws {
        let id = self.state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let watchers = self.state.withLock { state -> [Watcher]? in
                    guard duration > .zero else { return nil }
                    let end = state.now.advanced(by: duration)
                    state.sleepers.append(Sleeper(id: id, end: end, continuation: continuation))
                    return state.takeContentWatchers()
                }
                guard let watchers else { return continuation.resume() }
                for watcher in watchers { watcher.continuation.resume() }
                // A cancellation that came before the sleeper was there has found nobody to wake.
                if Task.isCancelled { self.wake(id) }
            }
        } onCancel: {
            self.wake(id)
        }
    }

    /// Moves the time and wakes everybody whose sleep is over, the earliest end first.
    package func advance(by duration: Duration) {
        let woken = self.state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let now = state.now
            let woken = state.sleepers.filter { $0.end <= now }.sorted { ($0.end, $0.id) < ($1.end, $1.id) }
            state.sleepers.removeAll { $0.end <= now }
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Waits until so many tasks sleep at once.
    package func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = self.state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.watchers.append(Watcher(count: count, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func wake(_ id: UInt64) {
        let sleeper = self.state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else { return nil }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
