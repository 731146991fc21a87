// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import TerminalCells

/// Why the dashboard was closed.
package enum DashboardExit: Hashable, Sendable {
    /// The person was done.
    case quit
    /// A signal, ^C included, or a terminal that is gone.
    case terminated(Termination)
}
