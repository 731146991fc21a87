// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession
import Synchronization

/// Positions that last as long as the process: for a session that shall leave nothing behind, and for tests.
public final class InMemoryCheckpointStore: CheckpointStore {
    private struct Entry: Sendable {
        var owner: String?
        var term: UInt64 = 0
        var position: CheckpointPosition
    }

    private let entries: Mutex<[ShardID: Entry]>
    private let former: [StreamARN]

    /// Creates a store.
    ///
    /// - Parameters:
    ///   - positions: What is done already.
    ///   - formerStreams: Older streams of the same table, the newest first.
    public init(positions: [ShardID: CheckpointPosition] = [:], formerStreams: [StreamARN] = []) {
        self.entries = Mutex(positions.mapValues { Entry(position: $0) })
        self.former = formerStreams
    }

    /// The older streams that it was created with.
    public func formerStreams() async throws(CheckpointError) -> [StreamARN] { self.former }

    /// The positions of all shards that were ever taken, finished ones included.
    public func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        self.entries.withLock { $0.mapValues(\.position) }
    }

    /// Takes a shard to work on, at its beginning if it has no position; nil if another worker has it.
    public func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        self.entries.withLock { entries in
            var entry = entries[shard] ?? Entry(position: beginning)
            if let holder = entry.owner, holder != owner { return nil }
            entry.owner = owner
            entry.term += 1
            entries[shard] = entry
            return Lease(shard: shard, owner: owner, term: entry.term, position: entry.position)
        }
    }

    /// Stores how far the shard is done.
    ///
    /// - Throws: ``CheckpointError`` with `backwards` or `leaseLost`.
    public func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        try self.entries.withLock { (entries: inout sending [ShardID: Entry]) throws(CheckpointError) in
            guard var entry = entries[lease.shard], entry.owner == lease.owner, entry.term == lease.term else {
                throw CheckpointError.leaseLost(lease)
            }
            if position.isBefore(entry.position) {
                throw CheckpointError.backwards(lease.shard, from: entry.position, to: position)
            }
            entry.position = position
            entries[lease.shard] = entry
        }
    }

    /// Gives the shard back; the position stays.
    public func release(_ lease: Lease) async throws(CheckpointError) {
        self.entries.withLock { entries in
            guard let entry = entries[lease.shard], entry.owner == lease.owner, entry.term == lease.term else { return }
            entries[lease.shard]?.owner = nil
        }
    }
}
