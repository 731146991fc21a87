// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The frames of a session as one reader gets them.
///
/// Serves one iterator.
public struct SessionFrames: AsyncSequence, Sendable {
    /// What is read.
    public typealias Element = SessionFrame
    /// Reading a live session cannot fail.
    public typealias Failure = Never

    let subscription: SessionSubscription

    /// Reads.
    public func makeAsyncIterator() -> Iterator {
        Iterator(subscription: self.subscription)
    }

    /// Reads one frame after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let subscription: SessionSubscription
        // Frames already taken from the hub, newest first: one lock for many frames.
        private var taken: [SessionFrame] = []

        init(subscription: SessionSubscription) {
            self.subscription = subscription
        }

        /// The next frame; nil at the end of the session or when the task is cancelled.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> SessionFrame? {
            if let frame = self.taken.popLast() { return frame }
            switch self.subscription.take() {
            case .frames(let frames):
                self.taken = frames.reversed()
                return self.taken.popLast()
            case .ended: return nil
            case .wait: return await self.subscription.wait()
            }
        }
    }
}

/// A reader's place in the hub; leaves it when nobody reads any more.
final class SessionSubscription: Sendable {
    enum Taken {
        case frames([SessionFrame])
        case wait
        case ended
    }

    private let hub: SessionHub
    private let id: UInt64

    init(hub: SessionHub, id: UInt64) {
        self.hub = hub
        self.id = id
    }

    deinit {
        _ = self.hub.storage.withLock { $0.subscribers.removeValue(forKey: self.id) }
    }

    func take() -> Taken {
        self.hub.storage.withLock { $0.take(self.id) }
    }

    func wait() async -> SessionFrame? {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                // Something may have come, or the task may have been cancelled, before the continuation was there.
                let isCancelled = Task.isCancelled
                let immediate = self.hub.storage.withLock { storage -> SessionFrame?? in
                    if isCancelled { return .some(nil) }
                    switch storage.takeOne(self.id) {
                    case .some(let frame): return .some(frame)
                    case .none:
                        if storage.isFinished { return .some(nil) }
                        storage.subscribers[self.id]?.waiter = continuation
                        return nil
                    }
                }
                if let immediate { continuation.resume(returning: immediate) }
            }
        } onCancel: {
            let waiter = self.hub.storage.withLock { $0.subscribers[self.id]?.takeWaiter() }
            waiter?.resume(returning: nil)
        }
    }
}

extension SessionHub.Storage {
    mutating func take(_ id: UInt64) -> SessionSubscription.Taken {
        guard var subscriber = self.subscribers[id] else { return .ended }
        defer { self.subscribers[id] = subscriber }
        if subscriber.isLagging {
            subscriber.isLagging = false
            return .frames([.keyframe(self.state)])
        }
        guard !subscriber.frames.isEmpty else { return self.isFinished ? .ended : .wait }
        defer { subscriber.frames = [] }
        return .frames(subscriber.frames)
    }

    mutating func takeOne(_ id: UInt64) -> SessionFrame? {
        guard var subscriber = self.subscribers[id] else { return nil }
        defer { self.subscribers[id] = subscriber }
        if subscriber.isLagging {
            subscriber.isLagging = false
            return .keyframe(self.state)
        }
        return subscriber.frames.isEmpty ? nil : subscriber.frames.removeFirst()
    }
}
