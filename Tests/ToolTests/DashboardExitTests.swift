// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DashboardRuntime
import TerminalCells
import Testing

@testable import weir

@Suite struct DashboardExitTests {
    @Test(
        arguments: [
            (.quit, "quit"), (.terminated(.interrupt), "ended by signal 2"),
            (.terminated(.terminate), "ended by signal 15"), (.terminated(.hangUp), "ended by signal 1"),
        ] as [(DashboardExit, String)]
    )
    func theSummaryTellsAQuitFromEachSignal(exit: DashboardExit, reason: String) {
        #expect(exit.reason == reason)
    }
}
