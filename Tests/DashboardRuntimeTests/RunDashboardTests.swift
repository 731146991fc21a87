// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import DashboardRuntime
import DynamoDBModel
import StreamSession
import Synchronization
import TerminalCells
import TestSupport
import Testing

struct RunDashboardTests {
    /// What a test plays with: a clock, a mailbox, and what was sent to the session.
    private final class World: Sendable {
        let clock = ManualClock()
        let mailbox = Mailbox(SessionState(), wake: {})
        let past = Mailbox(PastView(), wake: {})
        let sent = Mutex<[SessionCommand]>([])
        let start: Timestamp

        init() {
            self.start = self.clock.now
        }

        func put(records: Int) {
            self.mailbox.update { state in
                state.asOf = self.start
                state.totals.polled = records
                state.totals.batches = records
            }
        }

        func run(_ screen: inout ScriptedScreen, options: DashboardOptions = DashboardOptions()) -> DashboardExit {
            runDashboard(
                on: &screen,
                state: DashboardState(options: options),
                theme: .dark,
                mailbox: self.mailbox,
                past: self.past,
                clock: self.clock,
                send: { command in self.sent.withLock { $0.append(command) } }
            )
        }
    }

    private let world = World()

    private func screen(_ steps: [ScriptedScreen.Step]) -> ScriptedScreen {
        ScriptedScreen(size: ScreenSize(columns: 100, rows: 30), steps: steps)
    }

    private func key(_ character: Character) -> InputEvent {
        .key(Key(.character(character)))
    }

    @Test
    func theFirstPictureComesBeforeAnyInput() {
        var screen = self.screen([])
        #expect(self.world.run(&screen) == .terminated(.hangUp))
        #expect(screen.frames.count == 1)
        #expect(screen.frames[0].size == screen.size)
    }

    @Test
    func anotherThemeIsDrawnWholeWithItsSigns() {
        var other = Theme.dark
        other.name = "other"
        other.styles["state.open"]?.glyph = "@"
        var screen = self.screen([.init([self.key("T")])])
        var restyled: [Theme] = []
        _ = runDashboard(
            on: &screen,
            state: DashboardState(options: DashboardOptions(themes: [.dark, other])),
            theme: .dark,
            mailbox: self.world.mailbox,
            clock: self.world.clock,
            restyle: { restyled.append($0) },
            send: { _ in }
        )
        #expect(restyled == [other])
        #expect(screen.invalidations == 1)
        #expect(screen.frames.count == 2)
    }

    @Test
    func aMomentOfThePastIsDrawnAndThenNowAgain() {
        let world = self.world
        var then = SessionState()
        then.asOf = world.start
        let shown = then
        var screen = self.screen([
            .init([.wake]) {
                world.mailbox.update { $0.asOf = world.start.advanced(by: .seconds(42)) }
                world.clock.advance(by: .seconds(1))
            },
            .init([.wake]) {
                world.past.put(PastView(moment: PastView.Moment(at: world.start, state: shown)))
                world.clock.advance(by: .seconds(1))
            },
            .init([.wake]) {
                world.past.put(PastView())
                world.clock.advance(by: .seconds(1))
            },
        ])
        _ = world.run(&screen)
        let heads = screen.frames.map { $0.textLines[0] }
        #expect(heads.contains { $0.hasPrefix(" PAST ") && $0.contains(" -42s ") }, "\(heads)")
        #expect(heads.last?.contains("PAST") == false)
    }

    @Test
    func anIdleDashboardWaitsWithoutALimitAndDrawsNothing() {
        var screen = self.screen([.init([]), .init([]), .init([])])
        _ = self.world.run(&screen)
        #expect(screen.waits == [nil, nil, nil, nil])
        #expect(screen.frames.count == 1)
    }

    @Test
    func manyChangesOfDataBecomeOnePictureATurn() {
        let world = self.world
        var screen = self.screen(
            (1...10).map { number in
                .init([.wake]) {
                    world.put(records: number * 1000)
                    world.clock.advance(by: .milliseconds(20))
                }
            } + [.init([]) { world.clock.advance(by: .milliseconds(50)) }]
        )
        _ = world.run(&screen)
        #expect(screen.frames.count == 2)
        #expect(screen.frames[1] != screen.frames[0])
        #expect(screen.waits[1] == .milliseconds(230))
    }

    @Test
    func dataThatLooksTheSameWritesNothing() {
        let world = self.world
        var screen = self.screen(
            (1...4).map { _ in
                .init([.wake]) {
                    world.put(records: 1000)
                    world.clock.advance(by: .milliseconds(300))
                }
            }
        )
        _ = world.run(&screen)
        #expect(screen.frames.count == 2)
    }

    @Test
    func aKeyIsDrawnAtOnceAndAllKeysOfATurnMakeOnePicture() {
        var screen = self.screen([.init([self.key("2"), self.key("?")]), .init([.key(Key(.escape))])])
        _ = self.world.run(&screen)
        #expect(screen.frames.count == 3)
        #expect(screen.waits == [nil, nil, nil])
    }

    @Test
    func aKeyBringsTheNewestDataWithIt() {
        let world = self.world
        var screen = self.screen([
            .init([.wake, self.key("2")]) { world.put(records: 5000) }
        ])
        _ = world.run(&screen)
        #expect(screen.frames.count == 2)
        #expect(screen.waits.last == .some(nil))
        #expect(world.mailbox.take() == nil)
    }

    @Test
    func commandsGoToTheSessionInOrder() {
        let world = self.world
        var screen = self.screen([
            .init([self.key(" ")]),
            .init([.wake, self.key("."), self.key("}"), self.key(" ")]) {
                world.mailbox.update { $0.hold = HoldState(since: world.start) }
                world.clock.advance(by: .seconds(1))
            },
            .init([self.key("."), self.key("}"), self.key(" ")]),
        ])
        _ = world.run(&screen, options: DashboardOptions(capabilities: [.hold, .step]))
        #expect(world.sent.withLock { $0 }.first == .hold)
        #expect(world.sent.withLock { $0 }.suffix(3) == [.stepRecord, .stepBatch, .resume])
    }

    @Test(arguments: [
        (InputEvent.key(Key(.character("q"))), DashboardExit.quit),
        (.key(Key(.character("c"), control: true)), .terminated(.interrupt)),
        (.key(Key(.character("Q"))), .quit),
        (.terminated(.interrupt), .terminated(.interrupt)),
        (.terminated(.terminate), .terminated(.terminate)),
        (.terminated(.hangUp), .terminated(.hangUp)),
    ])
    func everyEndHasItsReason(event: InputEvent, exit: DashboardExit) {
        var screen = self.screen([.init([event]), .init([self.key("?")])])
        #expect(self.world.run(&screen) == exit)
        #expect(screen.waits.count == 1)
    }

    @Test
    func aStormOfSizesMakesOnePicture() {
        let world = self.world
        var screen = self.screen(
            (1...5).map { number in
                .init([.resized(ScreenSize(columns: 80 + number, rows: 24 + number))]) {
                    world.clock.advance(by: .milliseconds(10))
                }
            } + [.init([]) { world.clock.advance(by: .milliseconds(50)) }]
        )
        _ = world.run(&screen)
        #expect(screen.frames.map(\.size.columns) == [100, 85])
        #expect(screen.waits.last == .some(nil))
    }

    @Test
    func aTinyScreenGetsAPictureToo() {
        for (columns, rows) in [(1, 1), (0, 0), (30, 5), (59, 15)] {
            var screen = ScriptedScreen(columns: columns, rows: rows, events: [[self.key("q")]])
            #expect(World().run(&screen) == .quit)
            #expect(screen.frames.allSatisfy { $0.size == ScreenSize(columns: columns, rows: rows) })
        }
    }

    @Test
    func aScreenThatOthersDrewOnIsWrittenWhole() {
        var screen = self.screen([.init([.redraw]), .init([.key(Key(.character("l"), control: true))])])
        _ = self.world.run(&screen)
        #expect(screen.invalidations == 2)
        #expect(screen.writes.map(\.count) == [30, 30, 30])
    }

    @Test
    func suspendingGivesTheTerminalAwayAndDrawsAnew() {
        var screen = self.screen([.init([.key(Key(.character("z"), control: true))])])
        _ = self.world.run(&screen)
        #expect(screen.suspensions == 1)
        #expect(screen.writes.map(\.count) == [30, 30])
    }

    @Test
    func aTextTooLongForTheClipboardIsRefusedAloud() throws {
        let world = self.world
        var screen = self.screen([
            .init([.wake]) {
                world.mailbox.update { state in
                    state.asOf = world.start
                    state.log.append(
                        LogEntry(sequence: 1, at: world.start, level: .info, shard: nil, code: "note", message: "text")
                    )
                }
                world.clock.advance(by: .seconds(1))
            },
            .init([self.key("6"), self.key("y")]),
        ])
        screen.copyLimit = 5
        _ = world.run(&screen)
        #expect(screen.copies.isEmpty)
        #expect(try #require(screen.frames.last).textLines.joined().contains("not sent"))

        var roomy = self.screen([.init([self.key("6"), self.key("y")])])
        world.put(records: 1)
        _ = world.run(&roomy)
        #expect(roomy.copies.count == 1)
    }

    @Test
    func aSlowLineIsSaidAndDrawnHalfAsOften() throws {
        let world = self.world
        var screen = self.screen(
            (1...2).map { number in
                .init([.wake]) {
                    world.put(records: number * 1000)
                    world.clock.advance(by: .milliseconds(600))
                }
            } + [.init([.wake]) { world.put(records: 9000) }]
        )
        screen.onPresent = { world.clock.advance(by: .milliseconds(400)) }
        _ = world.run(&screen)
        #expect(screen.waits.last == .milliseconds(500))
        #expect(try #require(screen.frames.last).textLines.joined().contains("link slow"))
    }
}
