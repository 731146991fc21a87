// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

/// What the dashboard wants done outside of itself; performed by the runtime alone.
package enum DashboardEffect: Hashable, Sendable {
    /// Ask the session for something.
    case send(SessionCommand)
    /// Put text on the clipboard.
    case copy(String)
    /// Draw with another theme from now on.
    case theme(Theme)
    /// Draw everything again.
    case redrawAll
    /// Give the terminal back and stop until continued (^Z).
    case suspend
    /// End. `interrupted`: by ^C, exit 130.
    case quit(interrupted: Bool)
}
