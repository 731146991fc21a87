// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Keeps an identity to one process: a lock of the operating system on a file beside the checkpoint file.
///
/// The system takes the lock back when the process ends, however it ends, so a dead process never blocks. The file
/// holds the number of the process, for people; it stays, as removing it would let two processes lock two files.
final class IdentityLock: Sendable {
    /// Nil once the lock is given back.
    private let descriptor: Mutex<CInt?>

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - path: The checkpoint file.
    ///   - identity: What is locked.
    /// - Throws: ``CheckpointError`` with `heldElsewhere` or `storage`.
    init(besides path: String, identity: CheckpointIdentity) throws(CheckpointError) {
        let lockPath = "\(path)-\(Self.name(of: identity)).lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.failure("open or create the lock file \(lockPath)") }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let isHeld = errno == EWOULDBLOCK
            let failure = PrivateFile.failure("lock \(lockPath)")
            let holder = Self.holder(descriptor)
            close(descriptor)
            guard isHeld else { throw failure }
            throw CheckpointError(
                .heldElsewhere,
                "Pipeline \(identity.pipeline) with handler \(identity.handler) on \(identity.streamARN) is run by "
                    + "another process" + (holder.map { " (pid \($0))" } ?? "")
                    + ": stop it, or choose another pipeline name."
            )
        }
        self.descriptor = Mutex(descriptor)
        let text = Array("\(getpid())\n".utf8)
        // The number is only for people: without it the lock is as good.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    deinit {
        self.release()
    }

    /// Gives the lock back, which can be done more than once.
    func release() {
        self.descriptor.withLock { descriptor in
            guard let held = descriptor.take() else { return }
            // Closing alone would leave the lock with a child process that was just forked and has not yet become
            // another program.
            _ = flock(held, LOCK_UN)
            close(held)
        }
    }

    /// Refuses the use of a store that was closed.
    func requireHeld() throws(CheckpointError) {
        guard self.descriptor.withLock({ $0 == nil }) else { return }
        throw CheckpointError(.storage, "The checkpoint file was closed before: open it again to use it.")
    }

    private static func holder(_ descriptor: CInt) -> String? {
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(count, 0)).prefix { (48...57).contains($0) }
        return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
    }

    /// Sixteen hexadecimal digits that stand for the identity in a file name (FNV-1a).
    private static func name(of identity: CheckpointIdentity) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in [identity.streamARN.text, identity.pipeline, identity.handler] {
            for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
