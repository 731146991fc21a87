// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// Keeps how far each shard is done, for one ``CheckpointIdentity``.
///
/// In memory and in SQLite; one conformance suite runs against all.
public protocol CheckpointStore: Sendable {
    /// The positions of all shards that were ever taken, finished ones included.
    func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition]
    /// Older streams of the same table of which this pipeline and handler have positions, the newest first.
    ///
    /// A stream that was switched off and on again is another one: what is stored for the old one means nothing in it, and
    /// whoever begins with it has to know.
    func formerStreams() async throws(CheckpointError) -> [StreamARN]
    /// Takes a shard to work on; nil if another worker has it.
    ///
    /// A shard that was never taken is stored together with where it begins, in one step: whatever the next run is told
    /// to begin at, it goes on with this shard where this one began.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - owner: Who takes it.
    ///   - beginning: Its position if none is stored.
    /// - Returns: The right to work on it; nil if another worker has it.
    /// - Throws: ``CheckpointError`` with `storage`.
    func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease?
    /// Stores how far the shard is done.
    ///
    /// Storing the position it has already is fine.
    ///
    /// - Throws: ``CheckpointError`` with `backwards`, `leaseLost` or `storage`.
    func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError)
    /// Gives the shard back; the position stays.
    func release(_ lease: Lease) async throws(CheckpointError)
}

extension CheckpointStore {
    /// None: the store knows one stream only.
    public func formerStreams() async throws(CheckpointError) -> [StreamARN] { [] }
}
