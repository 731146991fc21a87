// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import GRDB
import GRDBSQLite

/// A statement that is compiled once and stepped by hand.
///
/// The store runs several statements for each item; binding bytes and numbers straight into SQLite keeps that at a
/// few microseconds. Used only while the store's queue runs the operation.
final class SQLStatement {
    // Keeps the compiled statement alive and finalises it.
    private let statement: Statement
    private let handle: OpaquePointer

    /// Compiles a statement.
    init(_ database: Database, _ sql: String) throws {
        self.statement = try database.makeStatement(sql: sql)
        self.handle = self.statement.sqliteStatement
    }

    /// Binds a number to the parameter at a place, counted from 1.
    func bind(_ place: Int32, _ value: Int64) {
        sqlite3_bind_int64(self.handle, place, value)
    }

    /// Binds a number or nothing.
    func bind(_ place: Int32, _ value: Int64?) {
        if let value {
            sqlite3_bind_int64(self.handle, place, value)
        } else {
            sqlite3_bind_null(self.handle, place)
        }
    }

    /// Binds bytes or nothing; SQLite takes a copy.
    func bind(_ place: Int32, _ bytes: [UInt8]?) {
        guard let bytes else {
            sqlite3_bind_null(self.handle, place)
            return
        }
        bytes.withUnsafeBytes { buffer in
            // An empty array may have no address, and no address would mean NULL.
            guard let address = buffer.baseAddress, buffer.count > 0 else {
                sqlite3_bind_zeroblob(self.handle, place, 0)
                return
            }
            sqlite3_bind_blob64(self.handle, place, address, UInt64(buffer.count), Self.copied)
        }
    }

    /// Binds text or nothing; SQLite takes a copy.
    func bind(_ place: Int32, _ text: String?) {
        guard var text else {
            sqlite3_bind_null(self.handle, place)
            return
        }
        text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let address = characters.baseAddress, characters.count > 0 else {
                    sqlite3_bind_text(self.handle, place, "", 0, Self.copied)
                    return
                }
                sqlite3_bind_text(self.handle, place, address, Int32(characters.count), Self.copied)
            }
        }
    }

    /// Goes to the next row; false when there is none.
    ///
    /// Call ``reset()`` afterwards.
    func step() throws(DynamoDBError) -> Bool {
        switch sqlite3_step(self.handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let text = String(cString: sqlite3_errmsg(sqlite3_db_handle(self.handle)))
            throw DynamoDBError(.internalServerError, "The store's database failed: \(text).")
        }
    }

    /// Runs a statement that gives no rows, and makes it ready for the next use.
    func run() throws(DynamoDBError) {
        defer { self.reset() }
        _ = try self.step()
    }

    /// Makes the statement ready for the next use.
    func reset() {
        sqlite3_reset(self.handle)
        sqlite3_clear_bindings(self.handle)
    }

    /// A number of the current row; 0 for NULL.
    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(self.handle, column)
    }

    /// A number of the current row.
    func optionalInteger(_ column: Int32) -> Int64? {
        sqlite3_column_type(self.handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(self.handle, column)
    }

    /// Text of the current row; empty for NULL.
    func text(_ column: Int32) -> String {
        guard let characters = sqlite3_column_text(self.handle, column) else { return "" }
        return String(cString: characters)
    }

    /// Text of the current row.
    func optionalText(_ column: Int32) -> String? {
        sqlite3_column_text(self.handle, column).map { String(cString: $0) }
    }

    /// The number of bytes of the current row; 0 for NULL.
    func byteCount(_ column: Int32) -> Int {
        Int(sqlite3_column_bytes(self.handle, column))
    }

    /// A copy of the bytes of the current row; nil for NULL.
    func bytes(_ column: Int32) -> [UInt8]? {
        self.withBytes(column) { $0.map { [UInt8]($0) } }
    }

    /// The bytes of the current row where SQLite has them; nil for NULL.
    func withBytes<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer?) -> Value) -> Value {
        guard sqlite3_column_type(self.handle, column) != SQLITE_NULL else { return body(nil) }
        let address = sqlite3_column_blob(self.handle, column)
        let count = Int(sqlite3_column_bytes(self.handle, column))
        return body(UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : count))
    }

    /// Tells SQLite to copy what is bound; the C macro `SQLITE_TRANSIENT` is not imported.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
