// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession

/// A store in memory that remembers a stream that the table had before.
final class RenewedStore: CheckpointStore {
    private let inner = InMemoryCheckpointStore()
    private let former: StreamARN

    init(after former: StreamARN) {
        self.former = former
    }

    func formerStreams() async throws(CheckpointError) -> [StreamARN] { [self.former] }

    func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        try await self.inner.positions()
    }

    func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        try await self.inner.acquire(shard, owner: owner, beginning: beginning)
    }

    func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        try await self.inner.advance(lease, to: position)
    }

    func release(_ lease: Lease) async throws(CheckpointError) {
        try await self.inner.release(lease)
    }
}
