// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A program that was run to its end.
///
/// Not with `Process`, which is not up to many tests that start programs at once: it hands signals blocked by the calling
/// thread down to the child, takes a grandchild for the child when a server goes to the background, and has crashed.
package struct ProgramRun: Sendable {
    /// The exit status; the number of the signal plus 128 if one ended it.
    package var status: Int
    /// What it printed.
    package var text: String
    /// What it printed on standard error.
    package var errorText: String

    /// The path of a program that the package builds, beside the test program.
    package static func builtProgram(_ name: String) -> String {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var folder = program.deletingLastPathComponent()
        // On Darwin the tests are a bundle, and on Linux a file, beside the programs.
        while folder.path.contains(".xctest") { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent(name).path
    }

    /// Runs a program to its end, without blocking a thread of the tasks.
    ///
    /// Its output goes through files, so that no pipe can be too small for it.
    package static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        outputFolder: URL
    ) async throws -> ProgramRun {
        let name = UUID().uuidString
        let output = outputFolder.appendingPathComponent("\(name).out")
        let errors = outputFolder.appendingPathComponent("\(name).err")
        defer {
            for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
        }
        let id = try Self.start(path, arguments, environment: environment, output: output.path, errors: errors.path)
        let status = await Self.wait(for: id)
        return try ProgramRun(
            status: status,
            text: String(decoding: Data(contentsOf: output), as: UTF8.self),
            errorText: String(decoding: Data(contentsOf: errors), as: UTF8.self)
        )
    }

    /// Starts a program that reads nothing, writes into files and has no signal blocked.
    ///
    /// - Returns: its process id, to be waited for with ``wait(for:)``.
    package static func start(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        output: String = "/dev/null",
        errors: String = "/dev/null"
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, path, &actions, &attributes, &words, &variables)
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        return id
    }

    /// Starts a process with no signal blocked: threads of tasks block them, and a child would inherit that.
    package static func start(_ process: Process) throws {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// Waits for the end of a program, without blocking a thread of the tasks.
    ///
    /// - Returns: the exit status; the number of the signal plus 128 if one ended it.
    package static func wait(for id: pid_t) async -> Int {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(id, &status, 0) < 0, errno == EINTR {}
                let signal = Int(status & 0x7F)
                continuation.resume(returning: signal == 0 ? Int(status >> 8) & 0xFF : 128 + signal)
            }
        }
    }
}
