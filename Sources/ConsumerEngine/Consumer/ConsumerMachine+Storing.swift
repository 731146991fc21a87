// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension ConsumerMachine {
    /// A position to be stored.
    package struct Storing: Sendable {
        /// The right to do so.
        package var lease: Lease
        /// The position.
        package var position: CheckpointPosition
    }

    /// Takes the position of a shard that may be stored now; nil: there is none, or one is being stored.
    ///
    /// Whoever takes it says ``stored(_:of:)`` or ``storingFailed(_:)``.
    package mutating func takeStoring(of shard: ShardID) -> Storing? {
        guard let open = self.shards[shard], !open.isStoring, !open.isFinishing, let position = open.storable else {
            return nil
        }
        self.shards[shard]?.isStoring = true
        return Storing(lease: open.lease, position: position)
    }

    /// A position was stored.
    ///
    /// - Parameters:
    ///   - position: The position.
    ///   - shard: The shard.
    ///   - takesNext: Whether the caller stores another one.
    ///   - now: The time.
    /// - Returns: What lanes have brought to their end meanwhile, to be stored next.
    package mutating func stored(
        _ position: CheckpointPosition,
        of shard: ShardID,
        takesNext: Bool,
        now: Timestamp
    ) -> Storing? {
        guard self.shards[shard] != nil else { return nil }
        self.shards[shard]?.isStoring = false
        self.shards[shard]?.position = position
        self.publish(.checkpoint(shard, position))
        if takesNext, let next = self.takeStoring(of: shard) { return next }
        // It may be long before this lane is ready again: one that waits for records stores what is left.
        if !takesNext, self.shards[shard]?.storable != nil { self.wakeLanes(of: shard) }
        self.wakeForFinish(shard)
        if self.isDraining { self.endIfIdle(now: now) }
        return nil
    }

    /// A position could not be stored.
    package mutating func storingFailed(_ shard: ShardID) {
        self.shards[shard]?.isStoring = false
    }

    // The lane that has waited for this position may have to give the shard back.
    private mutating func wakeForFinish(_ shard: ShardID) {
        guard let open = self.shards[shard], open.lanes.count > 1, open.reader.end != nil, open.isIdle else { return }
        self.effects.wakes.insert(.worker(LaneID(shard)))
    }
}
