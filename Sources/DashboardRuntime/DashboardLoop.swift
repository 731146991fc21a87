// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import StreamSession
import TerminalCells

/// The turns of the dashboard: wait, take all input, draw at most once.
struct DashboardLoop {
    private var state: DashboardState
    private var theme: Theme
    private let mailbox: Mailbox<SessionState>
    private let past: Mailbox<PastView>?
    private var pacer: FramePacer
    private let clock: any SessionClock
    private let restyle: (Theme) -> Void
    private let send: @Sendable (SessionCommand) -> Void
    private var shown: CellGrid?

    init(
        state: DashboardState,
        theme: Theme,
        mailbox: Mailbox<SessionState>,
        past: Mailbox<PastView>?,
        pacer: FramePacer,
        clock: any SessionClock,
        restyle: @escaping (Theme) -> Void,
        send: @escaping @Sendable (SessionCommand) -> Void
    ) {
        self.state = state
        self.theme = theme
        self.mailbox = mailbox
        self.past = past
        self.pacer = pacer
        self.clock = clock
        self.restyle = restyle
        self.send = send
    }

    mutating func run(on screen: inout some TerminalScreen) -> DashboardExit {
        if let exit = self.take([.resized(screen.size)], on: &screen) { return exit }
        self.draw(on: &screen)
        while true {
            let limit = self.pacer.wait(now: self.clock.now)
            // With a picture due the wait is a look at the keyboard: input never waits for data.
            let events = screen.waitForInput(atMost: limit)
            if let exit = self.take(events, on: &screen) { return exit }
            if self.pacer.wait(now: self.clock.now) == .zero { self.draw(on: &screen) }
        }
    }

    /// Takes all input of one turn.
    private mutating func take(_ events: [InputEvent], on screen: inout some TerminalScreen) -> DashboardExit? {
        for event in events {
            switch event {
            case .terminated(let reason):
                return .terminated(reason)
            case .wake:
                self.pacer.dataArrived()
                self.takePast()
                continue
            case .redraw:
                self.repaint(on: &screen)
                continue
            case .resized:
                self.pacer.resized(now: self.clock.now)
            case .key, .paste:
                self.pacer.inputArrived()
            }
            for effect in self.state.reduce(event) {
                if let exit = self.perform(effect, on: &screen) { return exit }
            }
        }
        return nil
    }

    /// Takes what somebody has asked for who goes through the past: it is shown at once, as every answer to a key.
    private mutating func takePast() {
        guard let view = self.past?.take() else { return }
        self.state.show(view)
        self.pacer.inputArrived()
    }

    private mutating func perform(
        _ effect: DashboardEffect,
        on screen: inout some TerminalScreen
    ) -> DashboardExit? {
        switch effect {
        case .send(let command):
            self.send(command)
        case .copy(let text):
            guard !screen.copy(text) else { break }
            self.state.say("not sent: too long for this terminal's clipboard, or it has none", isError: true)
        case .theme(let theme):
            self.theme = theme
            self.restyle(theme)
            self.repaint(on: &screen)
        case .redrawAll:
            self.repaint(on: &screen)
        case .suspend:
            screen.suspend()
            if screen.size != self.state.view.size { _ = self.state.reduce(.resized(screen.size)) }
            self.repaint(on: &screen)
        case .quit(let isInterrupted):
            return isInterrupted ? .terminated(.interrupt) : .quit
        }
        return nil
    }

    private mutating func repaint(on screen: inout some TerminalScreen) {
        screen.invalidate()
        self.shown = nil
        self.pacer.inputArrived()
    }

    private mutating func draw(on screen: inout some TerminalScreen) {
        if let session = self.mailbox.take() { self.state.update(session: session) }
        let start = self.clock.now
        let grid = render(self.state, theme: self.theme, size: screen.size)
        if grid != self.shown {
            screen.present(grid)
            self.shown = grid
        }
        let wasSlow = self.pacer.isLinkSlow
        self.pacer.drawn(start: start, end: self.clock.now)
        if self.pacer.isLinkSlow, !wasSlow {
            self.state.say("link slow: this terminal takes long to draw, so data is shown half as often")
        }
    }
}
