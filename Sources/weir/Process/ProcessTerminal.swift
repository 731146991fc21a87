// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import RecordHandlers

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the program is connected to.
enum ProcessTerminal {
    /// Whether standard input is a terminal.
    static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }
    /// Whether standard error is a terminal.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Makes a write to a closed pipe an error of that write instead of the end of the process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Lets a hang-up pass: the screen has handlers of its own, and what comes after it must not be cut short.
    static func ignoreHangUps() {
        signal(SIGHUP, SIG_IGN)
    }

    /// Ends in good order.
    static func exit(_ status: Int32) -> Never {
        #if canImport(Glibc)
        Glibc.exit(status)
        #elseif canImport(Musl)
        Musl.exit(status)
        #else
        Darwin.exit(status)
        #endif
    }

    /// Ends at once, and with it the programs that handle batches.
    static func exitNow(_ status: Int32) -> Never {
        ProgramLeader.killAll()
        _exit(status)
    }
}
