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

/// Whole lines to a file descriptor, from any thread.
///
/// When nobody reads any more (`EPIPE`), ``isClosed`` becomes true and the rest is dropped: that is an end, not a failure.
final class LineOutput: Sendable {
    private struct State {
        var isClosed = false
        var failure: String?
    }

    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let state = Mutex(State())

    /// Standard output.
    static func standardOutput() -> LineOutput {
        LineOutput(descriptor: STDOUT_FILENO, ownsDescriptor: false)
    }

    /// Standard error.
    static func standardError() -> LineOutput {
        LineOutput(descriptor: STDERR_FILENO, ownsDescriptor: false)
    }

    /// A file to append to, created readable for its owner alone.
    ///
    /// - Throws: ``ProgramFailure`` if it cannot be opened.
    static func file(_ path: String) throws -> LineOutput {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0o600)
        guard descriptor >= 0 else {
            throw ProgramFailure(
                status: ExitStatus.failure,
                message: "cannot write to \(path): \(String(cString: strerror(errno)))"
            )
        }
        return LineOutput(descriptor: descriptor, ownsDescriptor: true)
    }

    /// A file to append to that only its owner can read, whoever made it.
    ///
    /// - Throws: ``ProgramFailure`` if it cannot be opened, or cannot be made private.
    static func privateFile(_ path: String) throws -> LineOutput {
        let output = try Self.file(path)
        var status = stat()
        // A pipe or a device is nobody's to change.
        guard fstat(output.descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return output }
        guard fchmod(output.descriptor, 0o600) == 0 else {
            throw ProgramFailure(
                status: ExitStatus.failure,
                message: "cannot make \(path) private: \(String(cString: strerror(errno))); name a file of your own."
            )
        }
        return output
    }

    /// A file that is not there yet.
    ///
    /// - Throws: ``ProgramFailure`` if it is there, or cannot be made.
    static func newFile(_ path: String) throws -> LineOutput {
        try Self.newFile(path, mode: 0o644, status: ExitStatus.failure)
    }

    /// A file that is not there yet, for records: its owner alone can read it.
    ///
    /// - Throws: ``ProgramFailure`` for wrong usage if it is there, or cannot be made.
    static func newPrivateFile(_ path: String) throws -> LineOutput {
        try Self.newFile(path, mode: 0o600, status: ExitStatus.usage)
    }

    private static func newFile(_ path: String, mode: mode_t, status: Int32) throws -> LineOutput {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let message =
                errno == EEXIST
                ? "\(path) is there already, and is left alone: name another file, or take it away first."
                : "cannot write to \(path): \(String(cString: strerror(errno)))"
            throw ProgramFailure(status: status, message: message)
        }
        return LineOutput(descriptor: descriptor, ownsDescriptor: true)
    }

    /// A file of JSON lines to append to: what is there already stays, and must be JSON lines, too.
    ///
    /// - Throws: ``ProgramFailure`` if it cannot be opened, or holds something else.
    static func jsonLinesFile(_ path: String, option: String) throws -> LineOutput {
        let output = try Self.file(path)
        var first: UInt8 = 0
        // What cannot be read from the beginning, such as a pipe, holds nothing that could be spoilt.
        guard pread(output.descriptor, &first, 1, 0) == 1, first != UInt8(ascii: "{") else { return output }
        throw ProgramFailure(
            status: ExitStatus.usage,
            message: "\(option) \(path): the file holds something other than JSON lines; name another one."
        )
    }

    private init(descriptor: Int32, ownsDescriptor: Bool) {
        self.descriptor = descriptor
        self.ownsDescriptor = ownsDescriptor
    }

    deinit {
        if self.ownsDescriptor { close(self.descriptor) }
    }

    /// Whether it is a terminal.
    var isTerminal: Bool { isatty(self.descriptor) == 1 }

    /// Whether nobody reads any more.
    var isClosed: Bool { self.state.withLock { $0.isClosed } }

    /// What went wrong with writing, other than a reader that left; nil: nothing.
    var failure: String? { self.state.withLock { $0.failure } }

    /// Writes bytes as they are; blocks while the reader is slow.
    ///
    /// For what the program itself made, such as the control sequences of a line that changes.
    func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        self.state.withLock { state in
            guard !state.isClosed else { return }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { unsafeWrite(self.descriptor, $0) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var poll = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = waitForDescriptor(&poll)
                } else if errno != EINTR {
                    if errno != EPIPE { state.failure = String(cString: strerror(errno)) }
                    state.isClosed = true
                    return
                }
            }
        }
    }

    /// Writes JSON lines so that they can do nothing to a terminal.
    func json(_ lines: [UInt8]) {
        self.write(TerminalSafeJSON.escaped(lines))
    }

    /// Writes a line for people, so that nothing in it can do anything to a terminal; see ``VisibleText``.
    ///
    /// Whatever comes from a record, from a service or from the user goes through here, or through ``json(_:)``.
    func line(_ text: String) {
        self.write(Array(VisibleText.line(text).utf8) + [10])
    }

    /// Writes a question whose answer is typed behind it.
    func question(_ text: String) {
        self.write(Array("\(VisibleText.line(text)) ".utf8))
    }

    /// How the program ends if not everything could be written; nil: it was, or nobody reads any more.
    var endOfProgram: ProgramFailure? {
        self.failure.map {
            ProgramFailure(status: ExitStatus.failure, message: "cannot write to standard output: \($0)")
        }
    }
}

private func unsafeWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

private func waitForDescriptor(_ poll: inout pollfd) -> Int32 {
    #if canImport(Glibc)
    Glibc.poll(&poll, 1, -1)
    #elseif canImport(Musl)
    Musl.poll(&poll, 1, -1)
    #else
    Darwin.poll(&poll, 1, -1)
    #endif
}
