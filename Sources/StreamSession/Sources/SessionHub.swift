// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
import Synchronization

/// Where the events of a session come together: it numbers them, keeps the state and serves readers.
///
/// Publishing never waits. A reader that falls behind loses what it did not read and gets a key frame instead.
public final class SessionHub: Sendable {
    struct Subscriber: Sendable {
        var frames: [SessionFrame] = []
        var limit: Int
        var isLagging = true  // the first frame is a key frame
        var waiter: UnsafeContinuation<SessionFrame?, Never>?
    }

    struct Storage: Sendable {
        var state: SessionState
        var subscribers: [UInt64: Subscriber] = [:]
        var nextID: UInt64 = 0
        var isFinished = false
    }

    let storage: Mutex<Storage>
    private let clock: any SessionClock
    private let keepsRecords: Bool

    /// Creates a hub without events.
    public init(clock: any SessionClock, retention: SessionRetention = SessionRetention()) {
        self.clock = clock
        self.keepsRecords = retention.recordBytes > 0
        self.storage = Mutex(Storage(state: SessionState(retention: retention)))
    }

    /// The state after the newest event.
    public var state: SessionState {
        self.storage.withLock { $0.state }
    }

    /// Looks at the state without copying it.
    public func withState<Result: Sendable>(_ look: (SessionState) -> Result) -> Result {
        self.storage.withLock { look($0.state) }
    }

    /// Stamps, numbers, applies and hands on an event.
    ///
    /// Session time never goes back.
    ///
    /// - Parameter kind: What happened.
    /// - Returns: The session time it is stamped with.
    @discardableResult
    public func publish(_ kind: SessionEvent.Kind) -> Timestamp {
        let now = self.clock.now
        // Once for the state here and for those of all readers.
        let kind = self.keepsRecords ? kind.detached() : kind
        let (at, wakeups) = self.storage.withLock {
            storage -> (Timestamp, [(UnsafeContinuation<SessionFrame?, Never>, SessionFrame)]) in
            let at = max(now, storage.state.asOf ?? now)
            let event = SessionEvent(sequence: storage.state.lastSequence + 1, at: at, kind: kind)
            storage.state.apply(event)
            guard !storage.subscribers.isEmpty else { return (at, []) }
            var wakeups: [(UnsafeContinuation<SessionFrame?, Never>, SessionFrame)] = []
            for id in Array(storage.subscribers.keys) {
                if let waiter = storage.subscribers[id]?.offer(.event(event)) {
                    wakeups.append((waiter, .event(event)))
                }
            }
            return (at, wakeups)
        }
        for (waiter, frame) in wakeups { waiter.resume(returning: frame) }
        return at
    }

    /// Ends all readers once they have read what is there; later events are kept in the state only.
    public func finish() {
        let waiters = self.storage.withLock { storage -> [UnsafeContinuation<SessionFrame?, Never>] in
            storage.isFinished = true
            return Array(storage.subscribers.keys).compactMap { storage.subscribers[$0]?.takeWaiter() }
        }
        for waiter in waiters { waiter.resume(returning: nil) }
    }

    /// A reader of its own: a key frame first, then events.
    ///
    /// - Parameter bufferLimit: Frames that may wait for the reader, at least 1; beyond it gets a key frame.
    /// - Returns: A sequence for one iterator.
    public func frames(bufferLimit: Int = 1024) -> SessionFrames {
        precondition(bufferLimit > 0, "a reader needs room for one frame")
        let id = self.storage.withLock { storage in
            storage.nextID += 1
            storage.subscribers[storage.nextID] = Subscriber(limit: bufferLimit)
            return storage.nextID
        }
        return SessionFrames(subscription: SessionSubscription(hub: self, id: id))
    }
}

extension SessionHub.Subscriber {
    /// Gives the frame to a waiting reader, who is returned and must be resumed with it, or keeps it.
    mutating func offer(_ frame: SessionFrame) -> UnsafeContinuation<SessionFrame?, Never>? {
        if let waiter = self.takeWaiter() { return waiter }
        guard !self.isLagging else { return nil }
        if self.frames.count >= self.limit {
            self.frames.removeAll()
            self.isLagging = true
        } else {
            self.frames.append(frame)
        }
        return nil
    }

    mutating func takeWaiter() -> UnsafeContinuation<SessionFrame?, Never>? {
        defer { self.waiter = nil }
        return self.waiter
    }
}

extension SessionEvent.Kind {
    /// The same with records that do not keep the page alive that they came in.
    fileprivate func detached() -> SessionEvent.Kind {
        guard case .batchFormed(var batch) = self else { return self }
        batch.records = batch.records.detached()
        return .batchFormed(batch)
    }
}
