// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DynamoDBModel
import StreamSession
import TerminalCells
import Testing

/// The dashboard over a recorded session.
struct PlaybackScreenTests {
    private static let options = DashboardOptions(capabilities: [.play], glyphs: .unicode)

    private static func state(
        _ options: DashboardOptions = Self.options,
        _ change: (inout PlaybackStatus) -> Void = { _ in }
    ) -> DashboardState {
        var session = DataSet.story.session
        let first = Timestamp(seconds: 1_700_000_000)
        var status = PlaybackStatus(
            at: first.advanced(by: .milliseconds(751_400)),
            first: first,
            last: first.advanced(by: .seconds(6000))
        )
        change(&status)
        session.playback = status
        return DashboardState(session: session, options: options)
    }

    private static func lines(_ state: DashboardState, _ size: ScreenSize = GoldenScreen.small) -> [String] {
        render(state, theme: .dark, size: size).textLines
    }

    @Test
    func aTimelineStandsAboveTheKeys() {
        let state = Self.state { status in
            status.isPlaying = true
            status.speed = 4
            status.marks = [
                PlaybackStatus.Mark(at: status.first.advanced(by: .seconds(3000)), kind: .marker),
                PlaybackStatus.Mark(
                    at: status.first.advanced(by: .seconds(4000)),
                    until: status.first.advanced(by: .seconds(4500)),
                    kind: .hold
                ),
                PlaybackStatus.Mark(at: status.first.advanced(by: .seconds(5900)), kind: .gap),
            ]
        }
        let lines = Self.lines(state)
        #expect(lines[0].hasPrefix(" PLAY 4x "))
        #expect(lines[22] == " ▶ 4x 00:12:31.4/01:40:00 ├━━━●───────────m────▒▒▒──────╳┤ 12.5%  1 mark  1 gap")
        #expect(lines[23].contains("space stop"))
    }

    @Test
    func aTimelineIsDrawnWithoutUnicode() {
        let options = DashboardOptions(capabilities: [.play], glyphs: .ascii)
        let line = Self.lines(Self.state(options))[22]
        #expect(line.contains(" = 1x 00:12:31.4/01:40:00 |===") && line.contains("O---"))
        #expect(line.allSatisfy { $0.isASCII })
    }

    @Test
    func aRunningSessionHasNoTimeline() {
        let state = DashboardState(session: DataSet.story.session, options: GoldenScreen.options)
        #expect(!Self.lines(state).contains { $0.contains("├") && $0.contains("●─") })
    }

    @Test(arguments: [
        (Key.character(" "), PlaybackCommand.toggle), (.character("."), .stepRecord(.forward)),
        (.character(","), .stepRecord(.backward)), (.character("}"), .stepBatch(.forward)),
        (.character("{"), .stepBatch(.backward)), (Key(.left), .move(.seconds(-5))), (Key(.right), .move(.seconds(5))),
        (Key(.left, shift: true), .move(.seconds(-60))), (Key(.right, shift: true), .move(.seconds(60))),
        (.character("<"), .slower), (.character(">"), .faster), (.character("7"), .seekShare(0.7)),
        (.character("g"), .first), (.character("G"), .last), (.character("'"), .seekMarker(.forward)),
        (.character("\""), .seekMarker(.backward)), (.character("b"), .loop), (.character("I"), .toggleIdle),
    ])
    func keysMoveThroughTime(key: Key, command: PlaybackCommand) {
        var state = Self.state()
        #expect(state.reduce(.key(key)) == [.send(.playback(command))])
    }

    @Test
    func panesAreReachedWithAlt() {
        var state = Self.state()
        #expect(state.reduce(.key(Key(.character("4"), alt: true))) == [])
        #expect(state.view.focus == .records)
    }

    @Test
    func aPlaceIsTypedAndAWrongOneStaysToBeMended() {
        var state = Self.state()
        func type(_ text: String) -> [DashboardEffect] { text.flatMap { state.reduce(.key(.character($0))) } }
        _ = type(":nowhere")
        #expect(state.reduce(.key(Key(.enter))) == [])
        #expect(Self.lines(state)[21].contains("\"nowhere\" is no place"))
        #expect(state.view.prompt?.text == "nowhere")
        _ = state.reduce(.key(.control("u")))
        _ = type("40%")
        #expect(state.reduce(.key(Key(.enter))) == [.send(.playback(.seekShare(0.4)))])
        #expect(state.view.prompt == nil)
    }

    @Test
    func nothingSteersASessionThatIsOver() {
        var state = Self.state()
        for key in [Key.character("m"), .character("F")] {
            #expect(state.reduce(.key(key)).isEmpty)
        }
    }
}
