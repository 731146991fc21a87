// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import TerminalCells
import Testing

@testable import Dashboard

/// `T` goes through the themes.
@Suite
struct ThemeKeyTests {
    @Test
    func eachPressIsTheNextThemeAndAfterTheLastTheFirst() {
        let themes: [Theme] = [.light, .dracula, .mono]
        var state = DashboardState(options: DashboardOptions(themes: themes))
        var seen: [DashboardEffect] = []
        for _ in themes { seen += state.reduce(.key(.character("T"))) }
        #expect(seen == [.theme(.dracula), .theme(.mono), .theme(.light)])
        #expect(state.view.message?.text == "theme light, 1 of 3; --theme keeps it")
    }

    @Test
    func withOneThemeThereIsNoOther() {
        var state = DashboardState(options: DashboardOptions(themes: [.dark]))
        #expect(state.reduce(.key(.character("T"))) == [])
        #expect(state.view.message?.isError == true)
    }

    @Test
    func aRecordedSessionHasTheKeyToo() {
        var state = DashboardState(options: DashboardOptions(capabilities: [.play]))
        #expect(state.reduce(.key(.character("T"))) == [.theme(Theme.builtIn[1])])
    }
}
