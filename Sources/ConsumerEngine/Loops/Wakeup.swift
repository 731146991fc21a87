// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Synchronization

/// Wakes one loop: what was signalled before it waits is not lost, and several signals are one.
final class Wakeup: Sendable {
    private enum State: Sendable {
        case idle
        case signalled
        case waiting(UnsafeContinuation<Void, any Error>)
    }

    private let state = Mutex(State.idle)

    /// Wakes the waiting loop, or the next time it would wait.
    func signal() {
        let waiter = self.state.withLock { state -> UnsafeContinuation<Void, any Error>? in
            guard case .waiting(let continuation) = state else {
                state = .signalled
                return nil
            }
            state = .idle
            return continuation
        }
        waiter?.resume()
    }

    /// Waits for a signal.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func wait() async throws {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                let isSignalled = self.state.withLock { state -> Bool in
                    switch state {
                    case .signalled:
                        state = .idle
                        return true
                    case .idle:
                        state = .waiting(continuation)
                        return false
                    case .waiting: preconditionFailure("two loops wait for one signal")
                    }
                }
                guard !isSignalled else { return continuation.resume() }
                // A cancellation that came before the waiter was there has found nobody.
                if Task.isCancelled { self.cancelWaiter() }
            }
        } onCancel: {
            self.cancelWaiter()
        }
    }

    /// Waits for a signal, or for so long.
    ///
    /// - Parameters:
    ///   - limit: How long; nil: as long as it takes.
    ///   - clock: Tells the time.
    /// - Throws: `CancellationError` when the task is cancelled.
    func wait(atMost limit: Duration?, clock: any SessionClock) async throws {
        guard let limit else { return try await self.wait() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await clock.sleep(for: limit) }
            group.addTask { try await self.wait() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func cancelWaiter() {
        let waiter = self.state.withLock { state -> UnsafeContinuation<Void, any Error>? in
            guard case .waiting(let continuation) = state else { return nil }
            state = .idle
            return continuation
        }
        waiter?.resume(throwing: CancellationError())
    }
}
