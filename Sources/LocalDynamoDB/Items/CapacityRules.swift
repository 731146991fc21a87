// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// What operations cost, in capacity units.
enum CapacityRules {
    /// Units of a write: one for each started KB of the larger of the item before and after, at least one.
    static func write(before: Int?, after: Int?) -> Double {
        let size = max(before ?? 0, after ?? 0)
        return Double(max(1, (size + 1023) / 1024))
    }

    /// Units of a read: one for each started 4 KB, at least one; half of it if it need not be consistent.
    static func read(size: Int, isConsistent: Bool) -> Double {
        let units = Double(max(1, (size + 4095) / 4096))
        return isConsistent ? units : units / 2
    }
}
