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

/// The first process of a program's own session, and through it all that it started and that stayed there.
///
/// A process has its number until somebody waits for it, and its group has the number as long as anybody is in it: so a
/// signal meets this program or nobody.
package final class ProgramLeader: Sendable {
    private struct State {
        var group: pid_t?
        var hasEnded = false
        var interruption: ChildProgram.Interruption?
    }

    /// The groups of all programs that run, for an end of the process that waits for nobody.
    private static let running = Mutex<Set<pid_t>>([])

    private let state = Mutex(State())

    /// Why the program is to end before its time; nil: it is not.
    var interruption: ChildProgram.Interruption? { self.state.withLock { $0.interruption } }

    /// Notes that the program runs; one that is to end already is told at once.
    func started(_ process: pid_t) {
        self.state.withLock { state in
            state.group = process
            Self.running.withLock { _ = $0.insert(process) }
            if state.interruption != nil { Self.kill(-process, SIGTERM) }
        }
    }

    /// Asks the program to end; the first reason counts.
    func interrupt(_ reason: ChildProgram.Interruption) {
        self.state.withLock { state in
            guard !state.hasEnded else { return }
            if state.interruption == nil { state.interruption = reason }
            if let group = state.group { Self.kill(-group, SIGTERM) }
        }
    }

    /// Ends the program.
    func kill() {
        self.state.withLock { state in
            if let group = state.group, !state.hasEnded { Self.kill(-group, SIGKILL) }
        }
    }

    /// Notes that the first process has ended; what an interrupted program left behind is ended with it.
    func ended() {
        self.state.withLock { state in
            if let group = state.group, !state.hasEnded {
                if state.interruption != nil { Self.kill(-group, SIGKILL) }
                Self.running.withLock { _ = $0.remove(group) }
            }
            state.hasEnded = true
        }
    }

    /// Ends all programs that run: nobody would do so after the end of this process.
    package static func killAll() {
        for group in Self.running.withLock({ $0 }) { Self.kill(-group, SIGKILL) }
    }

    private static func kill(_ process: pid_t, _ signal: Int32) {
        #if canImport(Glibc)
        Glibc.kill(process, signal)
        #elseif canImport(Musl)
        Musl.kill(process, signal)
        #else
        Darwin.kill(process, signal)
        #endif
    }
}
