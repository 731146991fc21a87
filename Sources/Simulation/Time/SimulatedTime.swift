// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DequeModule
package import DynamoDBModel
import HeapModule
import StreamSession
import Synchronization

/// A world of its own in which a program runs on one thread, on time that jumps, the same way each time.
///
/// The world is the executor of all tasks inside it and their clock. Jobs run one after the other in the order in which they
/// became ready. When none is left, every task inside waits for the clock or for another task, so the time jumps to the
/// earliest sleeper. Everything inside has to stay inside: tasks that are not children are to be given the executor, and
/// nothing may wait for another thread.
package final class SimulatedTime: SessionClock, TaskExecutor {
    private struct Sleeper: Comparable {
        var end: Int64
        var id: UInt64

        static func < (left: Sleeper, right: Sleeper) -> Bool {
            (left.end, left.id) < (right.end, right.id)
        }
    }

    private struct State: Sendable {
        // Nanoseconds since the beginning: requests may take less than the millisecond that a timestamp has.
        var elapsed: Int64 = 0
        var jobs: Deque<UnownedJob> = []
        var sleepers: Heap<Sleeper> = []
        // A sleeper that is not here any more was cancelled.
        var waiting: [UInt64: UnsafeContinuation<Void, any Error>] = [:]
        var nextID: UInt64 = 0

        mutating func takeSleeper() -> UnsafeContinuation<Void, any Error>? {
            while let sleeper = self.sleepers.popMin() {
                guard let continuation = self.waiting.removeValue(forKey: sleeper.id) else { continue }
                self.elapsed = max(self.elapsed, sleeper.end)
                return continuation
            }
            return nil
        }
    }

    private let beginning: Timestamp
    private let state = Mutex(State())

    /// Creates a world.
    package init(beginning: Timestamp) {
        self.beginning = beginning
    }

    /// The time inside.
    package var now: Timestamp {
        let elapsed = self.state.withLock { $0.elapsed }
        return Timestamp(milliseconds: self.beginning.milliseconds + elapsed / 1_000_000)
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
                    let end = state.elapsed + max(0, duration.nanoseconds)
                    state.waiting[id] = continuation
                    state.sleepers.insert(Sleeper(end: end, id: id))
                }
                if Task.isCancelled { self.cancel(id) }
            }
        } onCancel: {
            self.cancel(id)
        }
    }

    /// Takes a job; called by the runtime.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.state.withLock { $0.jobs.append(job) }
    }

    /// Runs a program to its end, on the caller's thread.
    ///
    /// - Parameter program: What runs inside.
    /// - Returns: What the program returns.
    /// - Throws: What the program throws; ``SimulationError`` with `stuck` if every task waits for another one.
    package func run<Value: Sendable>(_ program: @escaping @Sendable () async throws -> Value) throws -> Value {
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
            if let result = box.value { return try result.get() }
            if self.runReadyJobs() { continue }
            guard let sleeper = self.state.withLock({ $0.takeSleeper() }) else {
                throw SimulationError(.stuck, "The simulation stands still: every task in it waits for another one.")
            }
            sleeper.resume()
        }
    }

    /// Runs what is ready now; false: nothing is.
    private func runReadyJobs() -> Bool {
        var ready = self.state.withLock { state -> Deque<UnownedJob> in
            defer { state.jobs = [] }
            return state.jobs
        }
        guard !ready.isEmpty else { return false }
        while let job = ready.popFirst() { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        return true
    }

    private func cancel(_ id: UInt64) {
        let continuation = self.state.withLock { $0.waiting.removeValue(forKey: id) }
        continuation?.resume(throwing: CancellationError())
    }
}

extension Duration {
    /// The duration in nanoseconds, rounded down, at most 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return isTooLong ? .max / 2 : whole + attoseconds / 1_000_000_000
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
