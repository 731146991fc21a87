// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Hands out the numbers of the requests of one batch to the workers that send them.
final class WorkCursor: Sendable {
    private let nextIndex = Atomic<Int>(0)
    private let count: Int

    init(count: Int) {
        self.count = count
    }

    /// The next number; nil when all are taken.
    func next() -> Int? {
        let index = self.nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < self.count ? index : nil
    }

    /// Leaves the rest undone.
    func stop() {
        self.nextIndex.store(self.count, ordering: .relaxed)
    }
}
