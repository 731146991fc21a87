// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Makes files that only their owner can read.
enum PrivateFile {
    /// Creates the file and its folders if they are not there; a file that is there is made private.
    static func prepare(_ path: String) throws(CheckpointError) {
        guard !path.isEmpty, path.utf8.allSatisfy({ $0 != 0 }) else {
            throw CheckpointError(.storage, "The path of the checkpoint file is empty or not a path.")
        }
        _ = try self.hasContent(path)
        try self.createFolders(of: path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw self.failure("open or create the checkpoint file \(path)") }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw self.failure("make the checkpoint file \(path) private") }
    }

    /// Looks at what is there without a right to write: what belongs to others keeps its rights and every byte.
    ///
    /// - Returns: Whether there is a file with something in it.
    /// - Throws: ``CheckpointError`` if it belongs to others.
    static func hasContent(_ path: String) throws(CheckpointError) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return false }
        var header = [UInt8](repeating: 0, count: SQLiteFileOwner.headerBytes)
        let count = header.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let owner = SQLiteFileOwner(
            header: Array(header.prefix(max(0, count))),
            fileSize: Int(status.st_size),
            applicationID: CheckpointSchema.applicationID
        )
        switch owner {
        case .own: return true
        case .other:
            throw CheckpointError(.storage, "\(path) is an SQLite file of another program: name another file.")
        case .noDatabase: throw CheckpointError(.storage, "\(path) is not a checkpoint file: name another file.")
        }
    }

    /// What a failed call of the system means.
    static func failure(_ purpose: String) -> CheckpointError {
        let reason = String(cString: strerror(errno))
        return CheckpointError(
            .storage,
            "Cannot \(purpose): \(reason). Check the folder's permissions, or name another."
        )
    }

    private static func createFolders(of path: String) throws(CheckpointError) {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += "\(part)/"
            guard !part.isEmpty, part != "." else { continue }
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS else {
                throw self.failure("create the folder \(folder)")
            }
        }
    }
}
