// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Kills a process when the endpoint has been asked for the nth write since it was armed.
///
/// The endpoint still does that write: the process dies after its request and before it can store a position.
final class Killer: Sendable {
    private struct State {
        var remaining: Int?
        var victim: RunningTool?
    }
    private let state = Mutex(State())

    func arm(_ victim: RunningTool, after requests: Int) {
        self.state.withLock { $0 = State(remaining: requests, victim: victim) }
    }

    func disarm() {
        self.state.withLock { $0 = State() }
    }

    func sawRequest() {
        self.state.withLock { state in
            guard let remaining = state.remaining else { return }
            state.remaining = remaining - 1
            guard remaining <= 1 else { return }
            state.victim?.signal(SIGKILL)
            state = State()
        }
    }
}
