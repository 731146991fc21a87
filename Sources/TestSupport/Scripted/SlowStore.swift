// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel
package import StreamSession

/// A store in memory that takes its time before and after it stores, so that a crash can come between.
package final class SlowStore: CheckpointStore {
    private let inner = InMemoryCheckpointStore()
    private let clock: any SessionClock

    /// Creates an empty store.
    package init(clock: any SessionClock) {
        self.clock = clock
    }

    /// All positions, at once.
    package func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        try await self.inner.positions()
    }

    /// Takes a shard, after a while.
    package func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        await self.pause()
        return try await self.inner.acquire(shard, owner: owner, beginning: beginning)
    }

    /// Stores after a while, and returns a while later.
    package func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        await self.pause()
        try await self.inner.advance(lease, to: position)
        await self.pause()
    }

    /// Gives a shard back, after a while.
    package func release(_ lease: Lease) async throws(CheckpointError) {
        await self.pause()
        try await self.inner.release(lease)
    }

    private func pause() async {
        try? await self.clock.sleep(for: .milliseconds(5))
    }
}
