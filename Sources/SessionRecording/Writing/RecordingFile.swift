// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import StreamSession

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A recording that is being written; rows are put in one transaction at a time.
final class RecordingFile: Sendable {
    let path: String
    let header: RecordingHeader
    let queue: DatabaseQueue
    /// Nil: nothing but memory is written.
    private let lock: WriterLock?

    /// Creates a file that its owner alone can read (0600).
    ///
    /// - Throws: ``RecordingError`` with `exists`, `inUse`, `cannotOpen` or `storage`.
    init(creating path: String, header: RecordingHeader, pageLimit: Int? = nil) throws(RecordingError) {
        self.path = path
        self.header = header
        self.lock = try WriterLock(besides: path)
        try Self.createEmpty(path)
        do {
            self.queue = try Self.database(path, pageLimit: pageLimit)
            try self.queue.write { try Self.begin($0, header) }
        } catch {
            throw StorageFault.error(error, doing: "create", path: path)
        }
    }

    /// Creates a recording that is nowhere but in memory.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    init(inMemory header: RecordingHeader) throws(RecordingError) {
        self.path = "of this session in memory"
        self.header = header
        self.lock = nil
        do {
            self.queue = try DatabaseQueue()
            try self.queue.write { try Self.begin($0, header) }
        } catch {
            throw StorageFault.error(error, doing: "create", path: self.path)
        }
    }

    private static func begin(_ database: Database, _ header: RecordingHeader) throws {
        try database.execute(sql: RecordingFormat.schema)
        for (name, value) in header.rows {
            try database.execute(sql: "INSERT INTO header VALUES (?, ?)", arguments: [name, value])
        }
        try database.execute(
            sql: """
                PRAGMA application_id = \(RecordingFormat.applicationID);
                PRAGMA user_version = \(RecordingFormat.version);
                """
        )
    }

    /// Opens a recording to go on with it.
    ///
    /// - Parameters:
    ///   - path: A recording that was read before, so that it is known to be one.
    ///   - header: What it says of itself.
    /// - Throws: ``RecordingError`` with `inUse`, `cannotOpen` or `storage`.
    init(appendingTo path: String, header: RecordingHeader) throws(RecordingError) {
        self.path = path
        self.header = header
        self.lock = try WriterLock(besides: path)
        do {
            self.queue = try Self.database(path, pageLimit: nil)
            try self.queue.write { database in
                // Looked at again, now that nobody else can write.
                try SchemaCheck.check(database, path: path)
                try database.execute(sql: "DELETE FROM header WHERE name = 'sealed'")
            }
        } catch {
            throw StorageFault.error(error, doing: "go on with", path: path)
        }
    }

    private static func database(_ path: String, pageLimit: Int?) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "recording"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // What was committed survives the end of the process; after a power failure the newest may be missing.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Bytes of what is committed, when it will be in one file.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    func size() throws(RecordingError) -> Int {
        do {
            return try self.queue.read { database in
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                return pages * (try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
            }
        } catch {
            throw StorageFault.error(error, doing: "write", path: self.path)
        }
    }

    /// Adds rows, all or none.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    func add(events: [EventRow], batches: [BatchRow], keyframes: [KeyframeRow]) throws(RecordingError) {
        do {
            try self.queue.write { database in
                let event = try database.cachedStatement(
                    sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?)"
                )
                for row in events {
                    try event.execute(arguments: [
                        Int64(row.sequence), row.offset, row.kind, row.shard?.text,
                        row.batch.map { Int64($0.number) }, row.records, row.payload.data, Int64(row.checksum),
                    ])
                }
                let batch = try database.cachedStatement(sql: "INSERT OR IGNORE INTO batch VALUES (?, ?, ?)")
                for row in events.compactMap(\.content) + batches {
                    try batch.execute(arguments: [Int64(row.batch.number), row.data.data, Int64(row.checksum)])
                }
                let keyframe = try database.cachedStatement(sql: "INSERT OR REPLACE INTO keyframe VALUES (?, ?, ?, ?)")
                for row in keyframes {
                    try keyframe.execute(arguments: [
                        Int64(row.sequence), row.offset, row.payload.data, Int64(row.checksum),
                    ])
                }
            }
        } catch {
            throw StorageFault.error(error, doing: "write", path: self.path)
        }
    }

    /// Adds what a report says beside its session.
    ///
    /// - Throws: ``RecordingError`` with `storage`.
    func attach(_ facts: [RecordingFact]) throws(RecordingError) {
        do {
            try self.queue.write { database in
                try database.execute(sql: RecordingFact.schema)
                for fact in facts {
                    try database.execute(
                        sql: "INSERT INTO report VALUES (?, ?, ?)",
                        arguments: [fact.name, fact.value, Int64(fact.checksum)]
                    )
                }
            }
        } catch {
            throw StorageFault.error(error, doing: "write", path: self.path)
        }
    }

    /// Notes that the session or the part is whole, and leaves one file.
    ///
    /// - Parameter isContinued: Whether another part follows.
    /// - Returns: Whether all is in one file; otherwise SQLite's log beside it (`-wal`) holds a part.
    /// - Throws: ``RecordingError`` with `storage`.
    func seal(isContinued: Bool = false) throws(RecordingError) -> Bool {
        do {
            try self.queue.write { database in
                if isContinued { try database.execute(sql: "INSERT OR REPLACE INTO header VALUES ('continued', '1')") }
                try database.execute(sql: "INSERT OR REPLACE INTO header VALUES ('sealed', '1')")
            }
            // A file that needs none beside it can be read from where nothing can be written. Whoever follows it hinders
            // that, and then it is read like one that is being written.
            let isOne = self.queue.inDatabase { database in
                if (try? String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")) == "delete" { return true }
                guard let log = try? database.checkpoint(.full) else { return false }
                return log.checkpointedFrameCount >= log.walFrameCount
            }
            try self.queue.close()
            self.lock?.release()
            return isOne
        } catch {
            throw StorageFault.error(error, doing: "finish", path: self.path)
        }
    }

    /// Whether there is something of that name.
    static func isThere(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Removes a part that is sealed.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }

    private static func createEmpty(_ path: String) throws(RecordingError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor < 0 else {
            close(descriptor)
            return
        }
        if errno == EEXIST {
            throw RecordingError(
                .exists,
                "\(path) is there already, and a recording is never written over: name another file, or move it away."
            )
        }
        let reason = String(cString: strerror(errno))
        throw RecordingError(
            .cannotOpen,
            "Cannot create the recording \(path): \(reason). Check the folder, or name another file."
        )
    }
}
