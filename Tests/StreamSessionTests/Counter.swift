// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts calls from any thread.
final class Counter: Sendable {
    private let value = Atomic(0)

    func increment() {
        self.value.wrappingAdd(1, ordering: .relaxed)
    }

    var count: Int {
        self.value.load(ordering: .relaxed)
    }
}
