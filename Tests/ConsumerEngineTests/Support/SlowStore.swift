// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport

/// A store in memory that takes its time before and after it stores, so that a crash can come between.
final class SlowStore: CheckpointStore {
    private let inner = InMemoryCheckpointStore()
    private let clock: any SessionClock

    init(clock: any SessionClock) {
        self.clock = clock
    }

    func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        try await self.inner.positions()
    }

    func acquiredShards() async throws(CheckpointError) -> Set<ShardID> {
        try await self.inner.acquiredShards()
    }

    func acquire(_ shard: ShardID, owner: String) async throws(CheckpointError) -> Lease? {
        await self.pause()
        return try await self.inner.acquire(shard, owner: owner)
    }

    func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        await self.pause()
        try await self.inner.advance(lease, to: position)
        await self.pause()
    }

    func release(_ lease: Lease) async throws(CheckpointError) {
        await self.pause()
        try await self.inner.release(lease)
    }

    private func pause() async {
        try? await self.clock.sleep(for: .milliseconds(5))
    }
}
