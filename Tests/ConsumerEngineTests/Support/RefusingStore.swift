// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import Synchronization

/// A store in memory that refuses to store what is done.
final class RefusingStore: CheckpointStore {
    private let inner = InMemoryCheckpointStore()
    private let error: CheckpointError
    private let shard: ShardID?
    private let isTaken: Bool
    private let state: Mutex<(left: Int, hasRefused: Bool)>

    /// - Parameters:
    ///   - error: What is thrown.
    ///   - shard: Only for this shard; nil: for all.
    ///   - times: So often.
    ///   - isTaken: Whether the shard cannot be taken again after it was refused.
    init(error: CheckpointError, shard: ShardID? = nil, times: Int = .max, isTaken: Bool = false) {
        self.error = error
        self.shard = shard
        self.isTaken = isTaken
        self.state = Mutex((times, false))
    }

    func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        try await self.inner.positions()
    }

    func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        let hasRefused = self.state.withLock { $0.hasRefused }
        if hasRefused, self.isTaken, self.shard == shard { return nil }
        return try await self.inner.acquire(shard, owner: owner, beginning: beginning)
    }

    func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        // That a shard has a first record says nothing about what is done.
        if case .before = position { return try await self.inner.advance(lease, to: position) }
        let refuses = self.state.withLock { state in
            guard self.shard == nil || self.shard == lease.shard, state.left > 0 else { return false }
            state.left -= 1
            state.hasRefused = true
            return true
        }
        if refuses { throw self.error }
        try await self.inner.advance(lease, to: position)
    }

    func release(_ lease: Lease) async throws(CheckpointError) {
        try await self.inner.release(lease)
    }
}
