// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// What the screen says while a session is held.
@Suite
struct HoldScreenTests {
    private static let sizes = [
        ScreenSize(columns: 60, rows: 15), GoldenScreen.small, GoldenScreen.medium, GoldenScreen.large,
    ]

    private static func lines(_ state: DashboardState, _ size: ScreenSize) -> [String] {
        var state = state
        _ = state.reduce(.resized(size))
        return render(state, theme: .dark, size: size).textLines
    }

    /// Held for a minute; 25 records were read before.
    private static func held() -> SessionScript {
        var script = DataSet.makeStory(seconds: 20)
        script.publish(.hold(.held))
        for shard in 1...3 { script.publish(.shardChanged(SessionScript.shardID(shard), .held)) }
        script.advance(.seconds(60))
        script.sample(waiting: 25, oldest: .seconds(63))
        return script
    }

    @Test(arguments: Self.sizes)
    func thePriceOfAHoldIsOnEveryScreenWhateverIsSaid(_ size: ScreenSize) {
        var state = DashboardState(session: Self.held().state, options: GoldenScreen.options)
        for key in ["", ".", "m", "F"] {
            if let key = key.first { _ = state.reduce(.key(.character(key))) }
            let line = Self.lines(state, size)[1]
            #expect(line.contains("behind 1m03s") && line.contains("expires in 23h58m"), "\(key): \(line)")
            #expect(line.contains(size.columns < 80 ? "25" : "at least 25 records"), "\(line)")
            #expect(!line.contains("…"), "\(line)")
        }
    }

    /// Nothing is read: what was read before is the least that waits.
    @Test func whatWasReadBeforeIsNotSaidToBeAllThatWaits() {
        let state = DashboardState(session: Self.held().state, options: GoldenScreen.options)
        #expect(Self.lines(state, GoldenScreen.large)[1].contains("at least 25 records, more was not read yet"))
        #expect(!Self.lines(state, GoldenScreen.large).joined().contains("25+"))
    }

    @Test func aStepThatFindsNothingSaysSo() {
        var script = Self.held()
        var state = DashboardState(session: script.state, options: GoldenScreen.options)
        #expect(state.reduce(.key(.character("."))) == [.send(.stepRecord)])
        #expect(state.view.message?.text.contains("one step") == true)
        for _ in 0..<2 {
            let message = "no record waits: every shard was read once and the step is over"
            script.publish(.notice(Notice(level: .info, code: Notice.stepEmpty, message: message)))
            state.update(session: script.state)
            #expect(state.view.message?.text == message)
            #expect(state.view.message?.isError == false)
            _ = state.reduce(.key(.character(".")))
            #expect(state.view.message?.text != message)
        }
    }

    @Test func aFrozenViewOfAHeldSessionSaysBoth() {
        var state = DashboardState(session: Self.held().state, options: GoldenScreen.options)
        _ = state.reduce(.key(.character("F")))
        for size in Self.sizes {
            #expect(Self.lines(state, size)[0].hasPrefix(" FROZEN, PAUSED 01:00 "), "\(size)")
        }
    }

    @Test func aHeldSessionSaysHowItGoesOn() {
        let state = DashboardState(session: Self.held().state, options: GoldenScreen.options)
        #expect(Self.lines(state, GoldenScreen.small)[22].contains("space resumes"))
    }
}
