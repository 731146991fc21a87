// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import StreamSession
import Synchronization

/// Counts what a handler does while it does it; the engine reads it when the batch is over.
public final class WorkMeter: Sendable {
    private let state = Mutex(HandlerWork())

    /// Creates a meter at zero.
    public init() {}

    /// Adds work done.
    public func add(_ work: HandlerWork) {
        self.state.withLock { $0.add(work) }
    }

    /// All work so far.
    public var total: HandlerWork {
        self.state.withLock { $0 }
    }
}
