// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// How far the Record pane scrolls to the side, and when it goes back.
@Suite
struct RecordScrollTests {
    private static func type(_ text: String, into state: inout DashboardState) -> [DashboardEffect] {
        text.flatMap { state.reduce(.key(.character($0))) }
    }

    @Test
    func aRecordIsScrolledSidewaysNoFurtherThanItsLongestLine() throws {
        var state = DashboardState(session: DataSet.story.session, options: GoldenScreen.options)
        _ = state.reduce(.resized(ScreenSize(columns: 61, rows: 90)))
        _ = Self.type("4g", into: &state)
        _ = state.reduce(.key(Key(.enter)))
        _ = Self.type("dd" + String(repeating: "l", count: 60), into: &state)
        let column = state.view.recordColumn
        #expect(column > 0 && state.view.message?.text.contains("end of the longest line") == true)
        let lines = render(state, theme: .dark, size: state.view.size).textLines
        #expect(lines.contains { $0.contains("from column \(column + 1)") })
        // The end of the longest line stands at the edge, and is not pushed out.
        #expect(lines.contains { $0.hasPrefix("│") && $0.hasSuffix("│") && !$0.hasSuffix("  │") })
        _ = Self.type("J", into: &state)
        #expect(state.view.recordColumn == 0)
    }

    @Test
    func aRecordThatComesByItselfIsShownFromItsBeginning() {
        var script = DataSet.makeStory(seconds: 4)
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        _ = state.reduce(.resized(ScreenSize(columns: 61, rows: 15)))
        _ = Self.type("5ddllj", into: &state)
        #expect(state.view.recordColumn > 0)
        state.update(session: script.state)
        #expect(state.view.recordColumn > 0)
        script.batch(shard: 1, records: 1)
        state.update(session: script.state)
        #expect(state.view.recordColumn == 0 && state.view.recordTop == 0)
    }
}
