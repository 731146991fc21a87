// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

/// What the engine knows of a shard it works on.
package struct ShardLane: Sendable {
    /// A batch in the handler.
    package struct InFlight: Hashable, Sendable {
        /// The batch.
        package var id: BatchID
        /// Its records.
        package var records: Int
        /// Creation time of its oldest record.
        package var oldestCreatedAt: Timestamp
        /// Creation time of its last record.
        package var lastCreatedAt: Timestamp
    }

    /// Why the shard waits, and until when.
    package struct Trouble: Hashable, Sendable {
        /// What went wrong, for people.
        package var reason: String
        /// When the next attempt is made.
        package var until: Timestamp
    }

    /// The right to work on it.
    package let lease: Lease
    package var reader: ShardReader
    package var former: BatchFormer
    package var inFlight: InFlight?
    /// Up to where it is done and stored.
    package var position: CheckpointPosition?
    /// Whether the position has to stay: a handler has asked for it.
    package var isPinned = false
    /// What was last published of it.
    package var activity: ShardActivity?
    /// Since when reads bring nothing; nil: the newest read brought something, or failed, or there was none.
    package var idleSince: Timestamp?
    /// The next read is not before this.
    package var pausedUntil: Timestamp?
    /// When the service last answered.
    package var lastContactAt: Timestamp
    /// The read that fails at present.
    package var readTrouble: Trouble?
    /// The batch that fails at present.
    package var workTrouble: Trouble?

    /// Creates a lane that has not read yet.
    package init(lease: Lease, reader: ShardReader, former: BatchFormer, now: Timestamp) {
        self.lease = lease
        self.reader = reader
        self.former = former
        self.position = lease.position
        self.lastContactAt = now
    }

    /// Creation time of the oldest record that is read and not done.
    package var oldestPendingCreatedAt: Timestamp? {
        self.inFlight?.oldestCreatedAt ?? self.former.head?.createdAt
    }

    /// Whether all that was read is done, its position stored, and more may come.
    package var isDone: Bool {
        self.inFlight == nil && self.former.waitingCount == 0 && self.former.trailing == nil && self.reader.end == nil
    }

    /// What is to be shown of it.
    package func currentActivity(isHeld: Bool, isClosed: Bool) -> ShardActivity {
        if let trouble = self.workTrouble ?? self.readTrouble {
            return .backingOff(reason: trouble.reason, until: trouble.until)
        }
        if isHeld { return .held }
        return isClosed || self.reader.end != nil ? .draining : .reading
    }

    /// The position as it may be stored now; nil: it is stored already, or has to stay.
    package func storable(_ position: CheckpointPosition) -> CheckpointPosition? {
        guard !self.isPinned else { return nil }
        guard let stored = self.position else { return position }
        return stored.isBefore(position) ? position : nil
    }
}
