// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// Asks the judge before it stores a position, and when a shard is taken.
struct JudgedStore: CheckpointStore {
    let inner: any CheckpointStore
    let judge: RecordJudge

    func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        try await self.inner.positions()
    }

    func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        let lease = try await self.inner.acquire(shard, owner: owner, beginning: beginning)
        // What is stored decides, not what the judge was told: a crash may lie between the two.
        if let lease { self.judge.acquired(lease, try await self.inner.positions()) }
        return lease
    }

    func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        self.judge.advances(lease.shard, to: position)
        try await self.inner.advance(lease, to: position)
    }

    func release(_ lease: Lease) async throws(CheckpointError) {
        try await self.inner.release(lease)
    }
}
