// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that is read as a whole.
enum InputFile {
    /// Reads a file; `-` is standard input, and a pipe will do.
    ///
    /// - Throws: ``ProgramFailure`` with the reason if it cannot be read.
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { readBytes(descriptor, $0) }
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer[..<count]
            } else if errno != EINTR {
                throw Self.failure(path)
            }
        }
    }

    /// Whether there is something of that name.
    static func isThere(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Reads a file as text.
    ///
    /// - Throws: ``ProgramFailure`` with the reason if it cannot be read, or is not UTF-8.
    static func text(_ path: String) throws -> String {
        guard let text = String(validating: try Self.read(path), as: UTF8.self) else {
            throw ProgramFailure(status: ExitStatus.usage, message: "cannot read \(path): it is not UTF-8")
        }
        return text
    }

    private static func failure(_ path: String) -> ProgramFailure {
        ProgramFailure(status: ExitStatus.usage, message: "cannot read \(path): \(String(cString: strerror(errno)))")
    }
}

private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}
