// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What has to be closed when a command ends, in whatever way.
final class Closers: Sendable {
    private let actions = Mutex<[@Sendable () async -> Void]>([])

    /// Adds something to be closed.
    func add(_ action: @escaping @Sendable () async -> Void) {
        self.actions.withLock { $0.append(action) }
    }

    /// Closes everything that was added, the last first.
    func close() async {
        let actions = self.actions.withLock { actions in
            defer { actions = [] }
            return actions
        }
        for action in actions.reversed() { await action() }
    }
}
