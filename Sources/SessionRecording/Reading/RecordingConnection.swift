// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Foundation
import GRDB
import GRDBSQLite

/// A recording that is open for reading alone.
final class RecordingConnection: Sendable {
    private let path: String
    private let queue: DatabaseQueue
    /// Whether the file is shorter than it says.
    let isCut: Bool

    /// Opens a file; one of which parts are missing or broken, too.
    ///
    /// - Throws: ``RecordingError``.
    init(path: String) throws(RecordingError) {
        self.path = path
        try Self.look(at: path)
        do throws(RecordingError) {
            self.queue = try Self.open(path, isCut: false)
            self.isCut = false
        } catch {
            // SQLite refuses a file that is shorter than it says as a whole, but for those who want to mend it.
            guard error.code == .damaged, let queue = try? Self.open(path, isCut: true) else { throw error }
            self.queue = queue
            self.isCut = true
        }
    }

    /// Reads what is being written by this program.
    init(of queue: DatabaseQueue, path: String) {
        self.path = path
        self.queue = queue
        self.isCut = false
    }

    /// Reads; what is written meanwhile may be seen by a later statement and not by an earlier one.
    ///
    /// A transaction would not end well if one of its statements met a damage, and rows are never changed.
    func read<Value>(_ body: (Database) throws -> Value) throws(RecordingError) -> Value {
        do {
            return try self.queue.unsafeRead { try body($0) }
        } catch {
            throw StorageFault.error(error, doing: "read", path: self.path)
        }
    }

    private static func open(_ path: String, isCut: Bool) throws(RecordingError) -> DatabaseQueue {
        do {
            return try Self.database(path, named: path, isCut: isCut)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            // Its writer was killed while SQLite changed the file from one kind of log to another, when it is created and when
            // it is finished. A reader may not undo that, and has no need to: no row is changed meanwhile.
            let name = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
            do {
                return try Self.database("file:\(name)?immutable=1", named: path, isCut: isCut)
            } catch let refusal as RecordingError {
                throw refusal
            } catch {
                throw RecordingError(
                    .cannotOpen,
                    "The writer of \(path) was killed while it created or finished it. Opening it once with the sqlite3 shell "
                        + "brings it in order."
                )
            }
        } catch {
            throw StorageFault.error(error, doing: "read", path: path)
        }
    }

    private static func database(_ location: String, named path: String, isCut: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "recording"
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
            // Nothing is written all the same: the file is open for reading alone.
            if isCut { try database.execute(sql: "PRAGMA writable_schema = ON") }
            // A value that claims to be longer is an error, and no memory is asked for.
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(2 * RecordingFormat.recordsLimit))
        }
        let queue = try DatabaseQueue(path: location, configuration: configuration)
        try queue.read { try SchemaCheck.check($0, path: path) }
        return queue
    }

    /// What SQLite would say of such files is of no use to anybody.
    private static func look(at path: String) throws(RecordingError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw RecordingError(.cannotOpen, "There is no file \(path).")
        }
        guard !isFolder.boolValue else {
            throw RecordingError(
                .notARecording,
                "\(path) is a folder. Name a recording, a file that --record has written."
            )
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw RecordingError(.cannotOpen, "You may not read \(path).")
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size > 0 else {
            throw RecordingError(.notARecording, "\(path) is empty: nothing was recorded there.")
        }
    }
}
