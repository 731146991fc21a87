// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Remembers the newest eventIDs as 64-bit hashes, to recognise repeated deliveries.
///
/// Two generations of bounded size: when the newer one is full the older one is forgotten, so at least `capacity` and
/// at most twice as many IDs are remembered. Two IDs with the same hash would be taken for one: a chance of one in
/// 90 billion for 200,000 IDs, and nothing is skipped because of it.
package struct EventIDWindow: Sendable {
    // Open addressing with linear probing; 0 is an empty slot. At most half full.
    private var newer: [UInt64] = []
    private var older: [UInt64] = []
    private var count = 0
    private let capacity: Int

    /// Creates a window that remembers at least so many IDs.
    package init(capacity: Int = 100_000) {
        precondition(capacity > 0, "a window of nothing recognises nothing")
        self.capacity = capacity
    }

    /// Takes in an ID.
    ///
    /// - Returns: Whether it was there already.
    package mutating func insert(_ id: EventID) -> Bool {
        // 0 is an empty slot.
        let hash = max(id.fingerprint, 1)
        if Self.contains(hash, in: self.older) { return true }
        if (self.count + 1) * 2 > self.newer.count { self.grow() }
        guard Self.place(hash, in: &self.newer) else { return true }
        self.count += 1
        if self.count >= self.capacity {
            swap(&self.newer, &self.older)
            self.newer = []
            self.count = 0
        }
        return false
    }

    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: max(1024, self.newer.count * 2))
        for hash in self.newer where hash != 0 { _ = Self.place(hash, in: &larger) }
        self.newer = larger
    }

    private static func contains(_ hash: UInt64, in table: [UInt64]) -> Bool {
        guard !table.isEmpty else { return false }
        let mask = table.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while table[slot] != 0 {
            if table[slot] == hash { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    private static func place(_ hash: UInt64, in table: inout [UInt64]) -> Bool {
        let mask = table.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while table[slot] != 0 {
            if table[slot] == hash { return false }
            slot = (slot + 1) & mask
        }
        table[slot] = hash
        return true
    }
}
