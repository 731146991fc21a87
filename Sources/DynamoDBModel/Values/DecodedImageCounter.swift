// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts how often an image was decoded in this process, to prove that deleting never looks into one.
package enum DecodedImageCounter {
    private static let total = Atomic<Int>(0)

    /// How many images were decoded so far; a record's keys do not count.
    package static var count: Int { Self.total.load(ordering: .relaxed) }

    static func increment() {
        Self.total.wrappingAdd(1, ordering: .relaxed)
    }
}
