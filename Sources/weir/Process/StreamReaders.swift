// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Knows which runs of this program read a stream on this machine: each keeps a lock on a file of its own.
///
/// The system takes the lock back when a process ends, however it ends. Only for a warning: where the folder cannot be used,
/// nobody is known.
final class StreamReaders: Sendable {
    private let folder: String
    private let own: Mutex<(path: String, descriptor: CInt)?>

    /// Enters this run as a reader.
    ///
    /// - Parameters:
    ///   - stream: The stream.
    ///   - endpoint: Where it is, if that is not AWS: streams of two endpoints may have the same ARN.
    ///   - folder: Where the files are; made if it is not there, for its owner alone, but no home is made for it.
    init(of stream: StreamARN, endpoint: String?, folder: String) {
        self.folder = "\(folder)/\(Self.name(of: stream, endpoint))"
        Self.make(self.folder)
        self.own = Mutex(Self.enter(self.folder))
    }

    deinit {
        self.leave()
    }

    /// Runs that read the stream beside this one; files of those that are gone are taken away.
    var others: Int {
        let own = self.own.withLock { $0?.path }
        guard let directory = opendir(self.folder) else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            let name = Self.name(of: entry)
            let path = "\(self.folder)/\(name)"
            guard !name.hasPrefix("."), path != own else { continue }
            let descriptor = open(path, O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                unlink(path)
            } else if errno == EWOULDBLOCK {
                count += 1
            }
            close(descriptor)
        }
        return count
    }

    /// This run reads no more; can be said more than once.
    func leave() {
        guard let (path, descriptor) = self.own.withLock({ $0.take() }) else { return }
        unlink(path)
        // Closing alone would leave the lock with a child process that was just forked.
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Makes a folder and those that it is in, as many as lie between a home and the files.
    private static func make(_ folder: String) {
        var path = folder[...]
        var missing: [Substring] = []
        while missing.count < 5, mkdir(String(path), 0o700) != 0, errno == ENOENT, let end = path.lastIndex(of: "/") {
            missing.append(path)
            path = path[..<end]
        }
        for folder in missing.reversed() { _ = mkdir(String(folder), 0o700) }
    }

    private static func enter(_ folder: String) -> (path: String, descriptor: CInt)? {
        // Somebody who looks at the file before it is locked takes it away: then the next name is tried.
        for attempt in 0..<8 {
            let path = "\(folder)/\(getpid())-\(attempt)"
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return nil }
            var status = stat()
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                return (path, descriptor)
            }
            close(descriptor)
        }
        return nil
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                String(cString: $0)
            }
        }
    }

    /// Sixteen hexadecimal digits that stand for a stream in a file name (FNV-1a).
    private static func name(of stream: StreamARN, _ endpoint: String?) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in [stream.text, endpoint ?? ""] {
            for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
