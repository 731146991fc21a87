// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DashboardRuntime
import TerminalCells

extension DashboardExit {
    /// Why the session ended, for its summary.
    var reason: String {
        switch self {
        case .quit: "quit"
        case .terminated(let termination): "ended by signal \(termination.signal)"
        }
    }
}

extension Termination {
    /// The number of the signal; a terminal that is gone counts as SIGHUP.
    var signal: Int32 {
        switch self {
        case .interrupt: 2
        case .terminate: 15
        case .hangUp: 1
        }
    }
}
