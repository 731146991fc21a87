// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import Foundation
import StreamSession
import TerminalCells
import TestSupport
import Testing

@Suite
struct RenderTests {
    @Test(arguments: [DataSet.empty, .story, .hostile, .held, .errors])
    func everySizeIsDrawnWhole(_ set: DataSet) {
        var state = DashboardState(session: set.session, options: GoldenScreen.options)
        // Layout is tested at all sizes; here those around its borders, and some of the others.
        let widths = [1, 2, 13, 26, 59, 60, 71, 80, 99, 100, 120, 159, 160, 200, 250]
        let heights = [1, 2, 3, 5, 9, 14, 15, 16, 20, 24, 29, 30, 40, 49, 50, 60, 80]
        for rows in heights {
            for columns in widths {
                let size = ScreenSize(columns: columns, rows: rows)
                state.view.focus = Pane.allCases[(rows + columns) % 6]
                state.view.isHelpOpen = (rows * columns) % 7 == 0
                state.view.isZoomed = (rows * columns) % 5 == 0
                _ = state.reduce(.resized(size))
                let grid = render(state, theme: .dark, size: size)
                #expect(grid.size == size)
                #expect(GridLiteral(grid).isWhole)
            }
        }
    }

    @Test
    func aScreenOfAnotherSizeThanTheStateKnowsIsDrawn() {
        let state = DashboardState(session: DataSet.story.session)
        for size in [ScreenSize(columns: 0, rows: 0), ScreenSize(columns: 200, rows: 60)] {
            #expect(render(state, theme: .dark, size: size).size == size)
        }
    }

    @Test(arguments: DataSet.allCases)
    func theSameStateIsDrawnTheSame(_ set: DataSet) {
        let state = DashboardState(session: set.session)
        let size = GoldenScreen.large
        #expect(render(state, theme: .dark, size: size) == render(state, theme: .dark, size: size))
    }

    @Test(arguments: [GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func theAddressOfAnEndpointOfOnesOwnIsOnTheScreen(_ size: ScreenSize) {
        let grid = render(DashboardState(session: DataSet.story.session), theme: .dark, size: size)
        #expect(grid.textLines[0].contains("127.0.0.1:41235"))
    }

    /// Writes every golden's screen with its colours, to be looked at before goldens are accepted.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["WEIR_PICTURES"] != nil))
    func pictures() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["WEIR_PICTURES"])
        for screen in GoldenScreen.all {
            for theme in Theme.builtIn {
                let text = Picture.text(of: render(screen.state, theme: theme, size: screen.size), theme: theme)
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(screen.name)-\(theme.name).ansi"))
            }
        }
    }
}
