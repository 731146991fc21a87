// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
import DynamoDBModel
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Appends a line of JSON for each batch that is given up: the message with its records.
///
/// What a terminal would obey is escaped. The file is created readable for its owner alone, for it holds records. Each line is on the disk before the next batch
/// goes on; of a line that could not be written whole, nothing stays.
package final class FailureFile: FailureDestination {
    private let path: String
    private let source: FailureSource
    private let descriptor: Int32
    private let isWriting = Mutex(())

    /// Opens the file, or creates it.
    ///
    /// - Throws: ``HandlerSetupError`` that says why that cannot be.
    package init(path: String, source: FailureSource) throws(HandlerSetupError) {
        self.path = path
        self.source = source
        self.descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard self.descriptor >= 0 else { throw Self.unusable(path, errno) }
        try Self.checkBeginning(of: self.descriptor, path: path)
    }

    /// Looks whether a file could be opened, without making it.
    ///
    /// - Parameter path: The file.
    /// - Returns: Whether there is one already.
    /// - Throws: ``HandlerSetupError`` as ``init(path:source:)`` would.
    package static func check(path: String) throws(HandlerSetupError) -> Bool {
        let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK)
        if descriptor >= 0 {
            defer { close(descriptor) }
            try Self.checkBeginning(of: descriptor, path: path)
            return true
        }
        guard errno == ENOENT else { throw Self.unusable(path, errno) }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        guard access(folder, W_OK | X_OK) == 0 else { throw Self.unusable(path, errno) }
        return false
    }

    private static func unusable(_ path: String, _ number: Int32) -> HandlerSetupError {
        HandlerSetupError(
            .unusableFile,
            "cannot open \(path) for failed batches: \(Self.problem(number)). Check the folder and its permissions."
        )
    }

    private static func checkBeginning(of descriptor: Int32, path: String) throws(HandlerSetupError) {
        var first: UInt8 = 0
        // What cannot be read from the beginning, such as a pipe, holds nothing that could be spoilt.
        guard pread(descriptor, &first, 1, 0) == 1, first != UInt8(ascii: "{"), lseek(descriptor, 0, SEEK_END) > 0
        else { return }
        throw HandlerSetupError(
            .unusableFile,
            "--on-failure file:\(path): the file holds something other than JSON lines; name another one."
        )
    }

    deinit {
        if self.descriptor >= 0 { close(self.descriptor) }
    }

    /// Appends a line.
    package func deliver(_ discarded: DiscardedBatch) async throws {
        let message = self.source.message(of: discarded).bytesWithPayload
        let line = TerminalSafeJSON.escaped(message) + [UInt8(ascii: "\n")]
        try self.isWriting.withLock { _ in try self.append(line) }
    }

    private func append(_ line: [UInt8]) throws(DeliveryError) {
        let end = lseek(self.descriptor, 0, SEEK_END)
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(self.descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                let problem = Self.problem(errno)
                // A part of a line would spoil the next one, too. A pipe cannot be cut, and has no end either.
                if end >= 0 { _ = ftruncate(self.descriptor, end) }
                throw DeliveryError("file \(self.path) was not told: \(problem). Check the space on its disk.")
            }
        }
        guard fsync(self.descriptor) == 0 || errno == EINVAL else {
            throw DeliveryError("file \(self.path) may not be on the disk: \(Self.problem(errno))")
        }
    }

    private static func problem(_ number: Int32) -> String { String(cString: strerror(number)) }
}
