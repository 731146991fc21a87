// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DequeModule

/// Lets so many lanes of all shards hand a batch to the handler at a time, in the order in which they asked.
///
/// A lane has a slot while its handler works, not while it waits for the next attempt: a batch that fails does not keep
/// others from theirs.
package struct BatchSlots: Sendable {
    private let limit: Int?
    private var taken: Set<LaneID> = []
    private var queue: Deque<LaneID> = []
    private var queued: Set<LaneID> = []

    /// Creates free slots.
    ///
    /// - Parameter limit: Their number; nil: there is always one.
    package init(limit: Int?) {
        self.limit = limit
    }

    /// Asks for a slot; without one the lane is remembered and told by ``giveBack(_:)`` of another one when it is its turn.
    package mutating func take(_ lane: LaneID) -> Bool {
        guard let limit, !self.taken.contains(lane) else { return true }
        if self.taken.count < limit, self.queue.isEmpty {
            self.taken.insert(lane)
            return true
        }
        if self.queued.insert(lane).inserted { self.queue.append(lane) }
        return false
    }

    /// Gives a slot back, or the place in the queue.
    ///
    /// - Returns: The lane that has the slot now and is to be woken; nil: nobody waited.
    package mutating func giveBack(_ lane: LaneID) -> LaneID? {
        guard let limit else { return nil }
        if self.queued.remove(lane) != nil { self.queue.removeAll { $0 == lane } }
        self.taken.remove(lane)
        guard self.taken.count < limit, let next = self.queue.popFirst() else { return nil }
        self.queued.remove(next)
        self.taken.insert(next)
        return next
    }
}
