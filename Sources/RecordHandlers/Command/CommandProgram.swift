// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program that was found and may be run.
package struct CommandProgram: Hashable, Sendable {
    static let isGone = ENOENT
    static let isForbidden = EACCES
    static let isNoProgram = ENOEXEC

    /// Where it is: a path with at least one slash.
    package let path: String

    /// Finds a program before anything begins.
    ///
    /// - Parameters:
    ///   - name: A path, if it has a slash, or a name to be looked for.
    ///   - searchPath: The folders to look in, joined with colons; only absolute ones count.
    /// - Throws: ``HandlerSetupError`` that says what is wrong and what to do.
    package init(_ name: String, searchPath: String?) throws(HandlerSetupError) {
        guard !name.isEmpty else {
            throw HandlerSetupError(
                .programNotFound,
                "the command has no program. Give it behind two dashes: --handler command -- PROGRAM ARGUMENTS…"
            )
        }
        if name.contains("/") {
            try Self.check(name)
            self.path = name
            return
        }
        let folders = (searchPath ?? "/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
        var refusal: HandlerSetupError?
        for folder in folders {
            let path = "\(folder)/\(name)"
            do throws(HandlerSetupError) {
                try Self.check(path)
                self.path = path
                return
            } catch {
                if error.code != .programNotFound, refusal == nil { refusal = error }
            }
        }
        throw refusal
            ?? HandlerSetupError(
                .programNotFound,
                "the program \(name) is in no folder of PATH (\(folders.joined(separator: ":"))). Give its path, such "
                    + "as ./\(name), or add its folder to PATH."
            )
    }

    private static func check(_ path: String) throws(HandlerSetupError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let problem = errno
            if problem == EACCES {
                throw HandlerSetupError(
                    .programNotExecutable,
                    "the program \(path) cannot be reached: a folder on the way may not be entered. Check its permissions."
                )
            }
            throw HandlerSetupError(
                .programNotFound,
                "the program \(path) is not there (\(String(cString: strerror(problem)))). Check the path; it is "
                    + "relative to the folder that weir was started in."
            )
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw HandlerSetupError(.programNotExecutable, "\(path) is not a program but a folder or a device.")
        }
        guard access(path, X_OK) == 0 else {
            throw HandlerSetupError(
                .programNotExecutable,
                "the program \(path) may not be run. Make it executable with: chmod +x \(path)"
            )
        }
    }
}
