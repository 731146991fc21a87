// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Keeps a recording to one writer: a lock of the operating system on a file beside it.
///
/// The system takes the lock back when the process ends, however it ends. Who gives it back in good order removes the
/// file: a recording is begun once, so nobody can be waiting with the old file open.
final class WriterLock: Sendable {
    private let descriptor: Mutex<CInt?>
    private let path: String

    /// Takes the lock.
    ///
    /// - Throws: ``RecordingError`` with `inUse` or `cannotOpen`.
    init(besides recording: String) throws(RecordingError) {
        self.path = "\(recording).lock"
        let descriptor = open(self.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw RecordingError(
                .cannotOpen,
                "Cannot create \(self.path): \(reason). Check the folder of the recording, or name another file."
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw RecordingError(
                .inUse,
                "The recording \(recording) is being written by another process: name another file."
            )
        }
        self.descriptor = Mutex(descriptor)
    }

    /// Whether somebody holds the lock, and so writes the recording.
    static func isHeld(besides recording: String) -> Bool {
        let descriptor = open("\(recording).lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        _ = flock(descriptor, LOCK_UN)
        return false
    }

    deinit {
        self.release()
    }

    /// Gives the lock back, which can be done more than once.
    func release() {
        self.descriptor.withLock { descriptor in
            guard let held = descriptor.take() else { return }
            unlink(self.path)
            // Closing alone would leave the lock with a child process that was just forked.
            _ = flock(held, LOCK_UN)
            close(held)
        }
    }
}
