// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession
import Synchronization

/// A world of its own in which a whole program runs on one thread, on time that jumps, the same way for a seed.
///
/// The world is the executor of all tasks inside it and their clock. It runs one job after the other, in an order
/// drawn from the seed. Idleness is not guessed: when no job is left, every task inside waits for the clock or for
/// another task, so the time jumps to the earliest sleeper. When nobody sleeps either, the program is stuck and
/// ``run(maximumJobs:_:)`` says so.
///
/// Everything inside has to stay inside: tasks that are not children are to be given the executor, and nothing may wait
/// for another thread. Running only so many jobs is a crash at that point: what is left never runs again.
package final class VirtualTime: SessionClock, TaskExecutor {
    /// How a run ended.
    package enum Outcome<Value: Sendable>: Sendable {
        /// The program came to its end.
        case finished(Result<Value, any Error>)
        /// So many jobs were run and the program was left as it was.
        case crashed
        /// Every task waits for another one.
        case stuck
    }

    private struct Sleeper: Sendable {
        var id: UInt64
        var end: Timestamp
        var continuation: UnsafeContinuation<Void, any Error>
    }

    private struct State: Sendable {
        var now: Timestamp
        var generator: SplitMix64
        var jobs: [UnownedJob] = []
        var sleepers: [Sleeper] = []
        var nextID: UInt64 = 0
        var jobCount = 0
        var interruption: (job: Int, action: @Sendable () -> Void)?

        mutating func takeJob() -> UnownedJob? {
            guard !self.jobs.isEmpty else { return nil }
            self.jobCount += 1
            let index = Int.random(in: 0..<self.jobs.count, using: &self.generator)
            self.jobs.swapAt(index, self.jobs.count - 1)
            return self.jobs.removeLast()
        }

        mutating func takeSleeper() -> Sleeper? {
            guard let first = self.sleepers.indices.min(by: { self.order($0) < self.order($1) }) else { return nil }
            let sleeper = self.sleepers.remove(at: first)
            self.now = max(self.now, sleeper.end)
            return sleeper
        }

        private func order(_ index: Int) -> (Timestamp, UInt64) {
            (self.sleepers[index].end, self.sleepers[index].id)
        }
    }

    private let state: Mutex<State>

    /// Creates a world.
    package init(seed: UInt64 = 0, now: Timestamp = Timestamp(seconds: 1_700_000_000)) {
        self.state = Mutex(State(now: now, generator: SplitMix64(seed: seed)))
    }

    /// The time inside.
    package var now: Timestamp {
        self.state.withLock { $0.now }
    }

    /// Jobs run so far: the points at which a program can crash.
    package var jobCount: Int {
        self.state.withLock { $0.jobCount }
    }

    /// Sleeps until the time has jumped to the end.
    package func sleep(for duration: Duration) async throws {
        let id = self.state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                self.state.withLock { state in
                    let end = state.now.advanced(by: max(duration, .zero))
                    state.sleepers.append(Sleeper(id: id, end: end, continuation: continuation))
                }
                if Task.isCancelled { self.wake(id) }
            }
        } onCancel: {
            self.wake(id)
        }
    }

    /// Takes a job; called by the runtime.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.state.withLock { $0.jobs.append(job) }
    }

    /// Does something between two jobs, once.
    ///
    /// - Parameters:
    ///   - job: Before the job after so many from now.
    ///   - action: What is done.
    package func interrupt(afterJobs job: Int, _ action: @escaping @Sendable () -> Void) {
        self.state.withLock { $0.interruption = ($0.jobCount + job, action) }
    }

    /// Forgets everything that was going on, as after a crash: another program can be run in the same world.
    package func forgetPrograms() {
        self.state.withLock { state in
            state.jobs = []
            state.sleepers = []
            state.interruption = nil
        }
    }

    /// Runs a program to its end, or to a crash.
    ///
    /// - Parameters:
    ///   - maximumJobs: After so many jobs nothing inside runs any more.
    ///   - program: What runs inside.
    /// - Returns: How it ended.
    package func run<Value: Sendable>(
        maximumJobs: Int = .max,
        _ program: @escaping @Sendable () async throws -> Value
    ) -> Outcome<Value> {
        let box = ResultBox<Value>()
        // Owned by this function, which runs all its jobs.
        Task(executorPreference: self) {
            do {
                box.put(.success(try await program()))
            } catch {
                box.put(.failure(error))
            }
        }
        while true {
            if let value = box.value { return .finished(value) }
            guard self.jobCount < maximumJobs else { return .crashed }
            self.takeInterruption()?()
            if let job = self.state.withLock({ $0.takeJob() }) {
                job.runSynchronously(on: self.asUnownedTaskExecutor())
            } else if let sleeper = self.state.withLock({ $0.takeSleeper() }) {
                sleeper.continuation.resume()
            } else {
                return .stuck
            }
        }
    }

    private func takeInterruption() -> (@Sendable () -> Void)? {
        self.state.withLock { state in
            guard let interruption = state.interruption, interruption.job <= state.jobCount else { return nil }
            state.interruption = nil
            return interruption.action
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

private final class ResultBox<Value: Sendable>: Sendable {
    private let state = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? {
        self.state.withLock { $0 }
    }

    func put(_ value: Result<Value, any Error>) {
        self.state.withLock { $0 = value }
    }
}
