// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files that only their owner may read.
enum PrivateFile {
    /// Whether there is a file with something in it.
    ///
    /// - Throws: ``LocalStoreError`` if there is something that is no file.
    static func hasContent(_ path: String) throws(LocalStoreError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else { throw self.noFile(path) }
        return status.st_size > 0
    }

    private static func noFile(_ path: String) -> LocalStoreError {
        LocalStoreError(.cannotOpen, "The data file \(path) is not a regular file. Name another one.")
    }

    /// Makes sure that a file exists which only its owner can read and write, before anybody else opens it.
    ///
    /// An existing file keeps its content and loses the rights of group and others. What SQLite puts beside it gets
    /// the same rights from it.
    static func prepare(_ path: String) throws(LocalStoreError) {
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
