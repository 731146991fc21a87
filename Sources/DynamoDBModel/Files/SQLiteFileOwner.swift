// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Whose SQLite file it is, by its first bytes: opening a file with SQLite may already leave something beside it.
///
/// Source: SQLite, database file format, the database header.
package enum SQLiteFileOwner: Hashable, Sendable {
    /// The program that was asked for, or nobody yet.
    case own
    /// Another program.
    case other
    /// It is no SQLite file.
    case noDatabase

    /// Bytes that decide.
    package static let headerBytes = 100

    /// Reads the beginning of a file that is not empty.
    ///
    /// - Parameters:
    ///   - header: Its first bytes, ``headerBytes`` if it has so many.
    ///   - fileSize: Its size in bytes.
    ///   - applicationID: What the program writes as `application_id`.
    package init(header: [UInt8], fileSize: Int, applicationID: Int) {
        func number(_ offset: Int, _ count: Int) -> Int {
            header[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
        }
        guard header.count >= Self.headerBytes, header.starts(with: "SQLite format 3\0".utf8) else {
            self = .noDatabase
            return
        }
        // 1 stands for 65536, which does not fit.
        let pageSize = number(16, 2) == 1 ? 65_536 : number(16, 2)
        switch number(68, 4) {
        case applicationID: self = .own
        // Without a table, or with everything still in the log beside it: one page.
        case 0 where fileSize <= pageSize: self = .own
        default: self = .other
        }
    }
}
