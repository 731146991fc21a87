// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// A running session is looked at as it was a while ago.
@Suite
struct PastScreenTests {
    private static let options = DashboardOptions(capabilities: [.hold, .step, .mark, .past])
    private static let before = DataSet.makeStory(seconds: 40).state
    private static let now = DataSet.story.session

    private static func state(_ options: DashboardOptions = Self.options) -> DashboardState {
        DashboardState(session: Self.now, options: options)
    }

    /// As it is shown 42 s later.
    private static func inPast() throws -> DashboardState {
        var state = Self.state()
        let at = try #require(Self.now.asOf).advanced(by: .seconds(-42))
        state.show(PastView(moment: PastView.Moment(at: at, state: Self.before)))
        return state
    }

    private static func text(_ state: DashboardState, _ size: ScreenSize = GoldenScreen.large) -> String {
        render(state, theme: .dark, size: size).textLines.joined(separator: "\n")
    }

    @Test(arguments: [
        (Key(.left), Duration.seconds(-5)), (Key(.left, shift: true), .seconds(-60)),
    ])
    func keysGoBackFromNow(key: Key, distance: Duration) {
        var state = Self.state()
        for pane in Pane.allCases {
            state.view.focus = pane
            #expect(state.reduce(.key(key)) == [.send(.playback(.move(distance)))])
        }
    }

    @Test func nothingIsBehindNow() {
        var state = Self.state()
        for key in [Key(.right), Key(.right, shift: true)] {
            #expect(state.reduce(.key(key)).isEmpty)
            #expect(state.view.message?.text.contains("this is now") == true)
        }
    }

    @Test func aFrozenViewGoesBackFromWhatItShows() throws {
        var state = Self.state()
        _ = state.reduce(.key(.character("F")))
        var later = Self.now
        later.asOf = later.asOf?.advanced(by: .seconds(100))
        state.update(session: later)
        let frozen = try #require(Self.now.asOf)
        #expect(
            state.reduce(.key(Key(.left))) == [.send(.playback(.seek(frozen.advanced(by: .seconds(-5)))))]
        )
    }

    @Test(arguments: [ScreenSize(columns: 60, rows: 15), GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large])
    func theModeWordSaysWhenAndHowLongAgo(size: ScreenSize) throws {
        let state = try Self.inPast()
        let clock = try #require(state.past)
        let head = String(Self.text(state, size).prefix { $0 != "\n" })
        #expect(head.hasPrefix(" PAST \(clock.iso8601.dropFirst(11).prefix(8))Z -42s "), "\(head)")
        #expect(Self.text(state, size).contains("ago; ← → move, esc goes back to now"))
    }

    @Test func everyPaneIsOfThatMoment() throws {
        let state = try Self.inPast()
        let past = render(state, theme: .dark, size: GoldenScreen.large).textLines.dropFirst()
        var then = DashboardState(session: Self.before, options: Self.options)
        _ = then.reduce(.resized(GoldenScreen.large))
        let shown = render(then, theme: .dark, size: GoldenScreen.large).textLines.dropFirst()
        // All but the head's mode, the message and the key bar.
        let figures = Array(past.dropLast(2)).map { $0.replacing(" then", with: "  now") }
        #expect(figures == Array(shown.dropLast(2)))
        #expect(!past.contains { $0.contains(" now│") })
    }

    @Test func theSessionGoesOnBehindIt() throws {
        var state = try Self.inPast()
        let at = try #require(state.past)
        var later = Self.now
        later.asOf = later.asOf?.advanced(by: .seconds(10))
        state.update(session: later)
        #expect(state.past == at)
        #expect(state.session.asOf == Self.before.asOf)
        #expect(Self.text(state).contains("-52s"))
        #expect(!state.isFrozen)
    }

    @Test(arguments: [Key(.escape), .character("G"), Key(.end), .character("F")])
    func theseGoBackToNow(key: Key) throws {
        for pane in [Pane.overview, .shards, .batches, .records, .record, .events] {
            var state = try Self.inPast()
            state.view.focus = pane
            #expect(state.reduce(.key(key)) == [.send(.playback(.last))], "\(pane)")
            #expect(state.past == nil)
            #expect(state.session == Self.now)
            // What the source says of it then changes nothing more.
            state.show(PastView())
            #expect(state.session == Self.now)
            #expect(!Self.text(state).contains("PAST"))
        }
    }

    @Test func whatIsTooFarBackIsSaid() {
        var state = Self.state()
        state.show(PastView(message: "nothing of this session is kept"))
        #expect(state.view.message?.text == "nothing of this session is kept")
        #expect(state.past == nil)
    }

    @Test func whoKeepsNothingSaysSoAndShowsNoKey() {
        var state = Self.state(DashboardOptions(capabilities: [.hold]))
        #expect(state.reduce(.key(Key(.left))).isEmpty)
        #expect(state.view.message?.isError == true)
        #expect(!Self.text(state).contains("back 5 s"))
        #expect(Self.text(Self.state()).contains("← back 5 s"))
    }
}
