// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Synchronization

/// Does work that goes on for a while when the task that asks for it is cancelled.
///
/// A batch that is in the handler when the session ends gets the time to come to its end, and to have its position
/// stored: structured children are cancelled at once, so such work runs in a task of its own. The task that asks for it
/// waits for it and cancels it when the time is over.
struct UncancelledWork: Sendable {
    /// Time between the wish to end and the cancellation of the work.
    let limit: Duration
    /// Time for cancelled work to come back before nobody waits for it any more.
    static let lastCall = Duration.seconds(1)
    let clock: any SessionClock
    let executor: (any TaskExecutor)?

    /// Does work.
    ///
    /// - Returns: Its result; nil if it did not end in time.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
        let result = EventualResult<Value>()
        // Owned by this call: it waits for the result and cancels the task when the time is over.
        let task = Task(executorPreference: self.executor) { result.put(await work()) }
        return await withTaskCancellationHandler {
            await result.wait()
        } onCancel: {
            self.stop(task, after: self.limit, result)
        }
    }

    /// Does work that gets so long from its beginning on, whether anybody wants to end or not.
    ///
    /// - Returns: Its result; nil if it did not end in time.
    func run<Value: Sendable>(
        atMost time: Duration,
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let result = EventualResult<Value>()
        // Owned by this call: it waits for the result and cancels the task when the time is over.
        let task = Task(executorPreference: self.executor) { result.put(await work()) }
        self.stop(task, after: time, result)
        return await result.wait()
    }

    private func stop<Value: Sendable>(_ task: Task<Void, Never>, after time: Duration, _ result: EventualResult<Value>)
    {
        // Owned by `result`, which cancels it as soon as there is one.
        let timer = Task(executorPreference: self.executor) {
            do {
                try await self.clock.sleep(for: time)
                task.cancel()
                try await self.clock.sleep(for: Self.lastCall)
                result.put(nil)
            } catch {
                // The result came first.
            }
        }
        result.cancelWhenDone(timer)
    }
}

/// A value that one task waits for and another one puts in; the first one put in counts.
private final class EventualResult<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case empty(waiter: UnsafeContinuation<Value?, Never>?, timer: Task<Void, Never>?)
        case done(Value?)
    }

    private let state = Mutex(State.empty(waiter: nil, timer: nil))

    func put(_ value: Value?) {
        let (waiter, timer) = self.state.withLock {
            state -> (UnsafeContinuation<Value?, Never>?, Task<Void, Never>?) in
            guard case .empty(let waiter, let timer) = state else { return (nil, nil) }
            state = .done(value)
            return (waiter, timer)
        }
        timer?.cancel()
        waiter?.resume(returning: value)
    }

    func cancelWhenDone(_ timer: Task<Void, Never>) {
        let isDone = self.state.withLock { state in
            guard case .empty(let waiter, _) = state else { return true }
            state = .empty(waiter: waiter, timer: timer)
            return false
        }
        if isDone { timer.cancel() }
    }

    func wait() async -> Value? {
        await withUnsafeContinuation { continuation in
            let done = self.state.withLock { state -> Value?? in
                switch state {
                case .done(let value): return .some(value)
                case .empty(_, let timer):
                    state = .empty(waiter: continuation, timer: timer)
                    return nil
                }
            }
            if let done { continuation.resume(returning: done) }
        }
    }
}
