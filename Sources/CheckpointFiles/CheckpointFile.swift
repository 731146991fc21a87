// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import ConsumerEngine
public import DynamoDBModel
import GRDB
public import StreamSession

/// Positions in an SQLite file, for the pipelines of one machine.
///
/// One file holds the positions of many identities; each identity is used by one process at a time, which a lock file
/// beside it sees to. What ``advance(_:to:)`` has stored survives the end of the process in every way; after a power
/// failure the newest positions may be missing, and what they stood for is delivered again.
public final class CheckpointFile: CheckpointStore {
    /// The file.
    public let path: String
    /// Whose positions are read and written.
    public let identity: CheckpointIdentity

    private let queue: DatabaseQueue
    private let identityID: Int64
    private let lock: IdentityLock

    /// Opens or creates a file, and takes the identity for this process.
    ///
    /// A new file can be read by its owner only (0600), and so can its folder if it is new too (0700).
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - identity: Whose positions.
    /// - Throws: ``CheckpointError`` with `heldElsewhere` if another process works with this identity, or `storage`.
    public init(path: String, identity: CheckpointIdentity) throws(CheckpointError) {
        self.path = path
        self.identity = identity
        try PrivateFile.prepare(path)
        self.lock = try IdentityLock(besides: path, identity: identity)
        do {
            var configuration = Configuration()
            configuration.label = "checkpoints"
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { database in
                // The log is written before the call returns, so a killed process loses nothing.
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
            }
            self.queue = try DatabaseQueue(path: path, configuration: configuration)
            self.identityID = try self.queue.write { database in
                try CheckpointSchema.prepare(database, path: path)
                return try CheckpointSchema.identify(identity, in: database)
            }
        } catch {
            throw Self.storageError(error, doing: "open", path: path)
        }
    }

    /// What a file has for an identity, read without taking it and without a trace in the file.
    ///
    /// - Parameters:
    ///   - path: The file; if there is none, it has nothing.
    ///   - identity: Whose.
    /// - Returns: A store in memory with the positions of all shards that were ever taken, and the former streams.
    /// - Throws: ``CheckpointError`` with `storage`.
    public static func copy(
        of path: String,
        for identity: CheckpointIdentity
    ) async throws(CheckpointError) -> InMemoryCheckpointStore {
        guard try PrivateFile.hasContent(path) else { return InMemoryCheckpointStore() }
        var configuration = Configuration()
        configuration.label = "checkpoints.look"
        configuration.busyMode = .timeout(10)
        // Without the right to write, SQLite could not take away the index of the log that reading makes.
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let (rows, former) = try await queue.read { database -> ([(String, String)], [StreamARN]) in
                guard try CheckpointSchema.check(database, path: path) else { return ([], []) }
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT shard, position FROM shard JOIN identity ON identity.id = shard.identity
                        WHERE streamARN = ? AND pipeline = ? AND handler = ?
                        """,
                    arguments: [identity.streamARN.text, identity.pipeline, identity.handler]
                ).map { ($0["shard"] as String, $0["position"] as String) }
                return (rows, try CheckpointSchema.formerStreams(of: identity, in: database))
            }
            try queue.close()
            return InMemoryCheckpointStore(positions: try self.positions(rows, path: path), formerStreams: former)
        } catch {
            throw self.storageError(error, doing: "read", path: path)
        }
    }

    /// Closes the file and gives the identity back, for another ``CheckpointFile`` of this process to take.
    ///
    /// Waits for what is being stored. Every later use throws ``CheckpointError`` with `storage`; closing again does
    /// nothing. The end of the process, or of the last reference, closes as well, but the last reference to a store that
    /// an engine had ends at a time that nobody promises.
    public func close() {
        // Waits for the use that runs. The last one to close the file leaves no log beside it.
        try? self.queue.close()
        // Only then, so that nobody else has the identity while a position is stored.
        self.lock.release()
    }

    /// The positions of all shards that were ever taken, finished ones included.
    public func positions() async throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        let rows = try await self.read { database, identity in
            try Row.fetchAll(
                database,
                sql: "SELECT shard, position FROM shard WHERE identity = ?",
                arguments: [identity]
            ).map { ($0["shard"] as String, $0["position"] as String) }
        }
        return try Self.positions(rows, path: self.path)
    }

    /// Older streams of the same table of which this pipeline and handler have positions, the newest first.
    public func formerStreams() async throws(CheckpointError) -> [StreamARN] {
        let identity = self.identity
        return try await self.read { database, _ in try CheckpointSchema.formerStreams(of: identity, in: database) }
    }

    /// Takes a shard to work on, at its beginning if it has no position; nil if another worker of this process has it.
    public func acquire(
        _ shard: ShardID,
        owner: String,
        beginning: CheckpointPosition
    ) async throws(CheckpointError) -> Lease? {
        let taken = try await self.write("take shard \(shard) in") { database, identity -> (Int64, String)? in
            try database.execute(
                sql: """
                    INSERT INTO shard (identity, shard, owner, term, position) VALUES (?, ?, ?, 1, ?)
                    ON CONFLICT (identity, shard) DO UPDATE SET owner = excluded.owner, term = term + 1
                    WHERE owner IS NULL OR owner = excluded.owner
                    """,
                arguments: [identity, shard.text, owner, beginning.text]
            )
            guard database.changesCount > 0 else { return nil }
            let row = try Row.fetchOne(
                database,
                sql: "SELECT term, position FROM shard WHERE identity = ? AND shard = ?",
                arguments: [identity, shard.text]
            )
            return row.map { ($0["term"], $0["position"]) }
        }
        guard let (term, text) = taken else { return nil }
        return Lease(
            shard: shard,
            owner: owner,
            term: UInt64(term),
            position: try Self.position(text, of: shard.text, path: self.path)
        )
    }

    /// Stores how far the shard is done.
    ///
    /// - Throws: ``CheckpointError`` with `backwards`, `leaseLost` or `storage`.
    public func advance(_ lease: Lease, to position: CheckpointPosition) async throws(CheckpointError) {
        let refusal = try await self.write("store the position of shard \(lease.shard) in") {
            database,
            identity -> CheckpointError? in
            let select = try database.cachedStatement(
                sql: "SELECT position FROM shard WHERE identity = ? AND shard = ? AND owner = ? AND term = ?"
            )
            let key: StatementArguments = [identity, lease.shard.text, lease.owner, Int64(lease.term)]
            guard let row = try Row.fetchOne(select, arguments: key) else { return .leaseLost(lease) }
            if let stored = CheckpointPosition(text: row[0]), position.isBefore(stored) {
                return .backwards(lease.shard, from: stored, to: position)
            }
            let update = try database.cachedStatement(
                sql: "UPDATE shard SET position = ? WHERE identity = ? AND shard = ?"
            )
            try update.execute(arguments: [position.text, identity, lease.shard.text])
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Gives the shard back; the position stays.
    public func release(_ lease: Lease) async throws(CheckpointError) {
        _ = try await self.write("give back shard \(lease.shard) in") { database, identity in
            try database.execute(
                sql: "UPDATE shard SET owner = NULL WHERE identity = ? AND shard = ? AND owner = ? AND term = ?",
                arguments: [identity, lease.shard.text, lease.owner, Int64(lease.term)]
            )
        }
    }

    private static func positions(
        _ rows: [(shard: String, position: String)],
        path: String
    ) throws(CheckpointError) -> [ShardID: CheckpointPosition] {
        var positions: [ShardID: CheckpointPosition] = [:]
        for (shard, text) in rows { positions[ShardID(shard)] = try self.position(text, of: shard, path: path) }
        return positions
    }

    private static func position(
        _ text: String,
        of shard: String,
        path: String
    ) throws(CheckpointError) -> CheckpointPosition {
        guard let position = CheckpointPosition(text: text) else {
            throw CheckpointError(
                .storage,
                "The checkpoint file \(path) has no readable position for shard \(shard). "
                    + "Move the file away to begin again at the starting position."
            )
        }
        return position
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database, Int64) throws -> Value
    ) async throws(CheckpointError) -> Value {
        let identity = self.identityID
        try self.lock.requireHeld()
        do {
            return try await self.queue.read { database in try body(database, identity) }
        } catch {
            throw Self.storageError(error, doing: "read", path: self.path)
        }
    }

    private func write<Value: Sendable>(
        _ purpose: String,
        _ body: @escaping @Sendable (Database, Int64) throws -> Value
    ) async throws(CheckpointError) -> Value {
        let identity = self.identityID
        try self.lock.requireHeld()
        do {
            return try await self.queue.write { database in try body(database, identity) }
        } catch {
            throw Self.storageError(error, doing: purpose, path: self.path)
        }
    }

    private static func storageError(_ error: any Error, doing purpose: String, path: String) -> CheckpointError {
        if let error = error as? CheckpointError { return error }
        let reason = (error as? DatabaseError).map { $0.message ?? "\($0.resultCode)" } ?? "\(error)"
        return CheckpointError(
            .storage,
            "Cannot \(purpose) the checkpoint file \(path): \(reason). "
                + "Check that the disk has room, that the file is yours and that it is a checkpoint file."
        )
    }
}
