// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import CTerminal

/// Runs a function on a thread of its own: the place for a screen, which blocks while it waits for keys.
///
/// - Parameter body: What the thread does. The screen is made inside of it and stays there.
/// - Returns: what `body` returns.
package func runOnTerminalThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        let work = TerminalThreadWork { continuation.resume(returning: body()) }
        let argument = Unmanaged.passRetained(work).toOpaque()
        let stackSize = 4 * 1024 * 1024
        let error = weir_terminal_run_on_thread(
            { argument in
                guard let argument else { return }
                Unmanaged<TerminalThreadWork>.fromOpaque(argument).takeRetainedValue().run()
            },
            argument,
            stackSize
        )
        precondition(error == 0, "the system has no thread for the screen: error \(error)")
    }
}

/// Ends the wait of the screen's thread, now or the next one.
///
/// Any thread may call it at any time.
package func wakeTerminalThread() {
    weir_terminal_wake()
}

private final class TerminalThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
