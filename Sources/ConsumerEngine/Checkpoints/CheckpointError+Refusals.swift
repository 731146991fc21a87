// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession

extension CheckpointError {
    /// What all stores say when a lease is no longer good.
    package static func leaseLost(_ lease: Lease) -> CheckpointError {
        CheckpointError(
            .leaseLost,
            "The lease of shard \(lease.shard) (owner \(lease.owner), term \(lease.term)) was taken by another worker; "
                + "what this one has done since is not stored. Look for a second consumer of the same pipeline."
        )
    }

    /// What all stores say when a position would move back.
    package static func backwards(
        _ shard: ShardID,
        from stored: CheckpointPosition,
        to position: CheckpointPosition
    ) -> CheckpointError {
        CheckpointError(
            .backwards,
            "The position of shard \(shard) is \(stored.text) and cannot move back to \(position.text). "
                + "Another consumer may have moved it: let only one run for each pipeline and handler."
        )
    }
}
