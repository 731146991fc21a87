// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files that only their owner may read.
enum PrivateFile {
    /// Looks at what is there without a right to write: what belongs to others keeps its rights and every byte.
    private static func refuseFilesOfOthers(_ path: String) throws(LocalStoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw self.noFile(path) }
        guard status.st_size > 0 else { return }
        var header = [UInt8](repeating: 0, count: SQLiteFileOwner.headerBytes)
        let count = header.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let owner = SQLiteFileOwner(
            header: Array(header.prefix(max(0, count))),
            fileSize: Int(status.st_size),
            applicationID: StoreSchema.applicationID
        )
        switch owner {
        case .own: return
        case .other:
            throw LocalStoreError(
                .notOurs,
                "The data file \(path) is an SQLite file of another program. Name another file."
            )
        case .noDatabase:
            throw LocalStoreError(.notOurs, "The data file \(path) is not a store of weir. Name another file.")
        }
    }

    private static func noFile(_ path: String) -> LocalStoreError {
        LocalStoreError(.cannotOpen, "The data file \(path) is not a regular file. Name another one.")
    }

    /// Makes sure that a file exists which only its owner can read and write, before anybody else opens it.
    ///
    /// An existing file keeps its content and loses the rights of group and others. What SQLite puts beside it gets
    /// the same rights from it.
    ///
    /// - Throws: ``LocalStoreError`` with `notOurs` if it belongs to another program: such a file is left as it is.
    static func prepare(_ path: String) throws(LocalStoreError) {
        try self.refuseFilesOfOthers(path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw LocalStoreError(
                .cannotOpen,
                "Cannot open the data file \(path): \(reason). Name a file in a folder that you can write to."
            )
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw self.noFile(path)
        }
        guard fchmod(descriptor, 0o600) == 0 else {
            throw LocalStoreError(
                .cannotOpen,
                "The data file \(path) belongs to somebody else. Name a file of your own."
            )
        }
    }
}
