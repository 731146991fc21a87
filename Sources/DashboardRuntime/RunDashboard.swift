// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import Dashboard
package import StreamSession
package import TerminalCells

/// Runs the dashboard on a screen until the person is done; blocks its thread.
///
/// In each turn all input is taken first, then at most one picture is drawn. What is asked of the session and of the
/// terminal happens here and nowhere else.
///
/// - Parameters:
///   - screen: The screen; the thread that made it.
///   - state: What is shown first.
///   - theme: The glyphs of roles in the beginning. Colours are the screen's.
///   - mailbox: The newest state of the session; its wake must end the screen's wait.
///   - past: What is shown in its place to who has gone back in time; nil: nobody can.
///   - framesPerSecond: How often data is shown at most; 4, over ssh 2.
///   - clock: Paces the pictures.
///   - restyle: Called when another theme is chosen: its colours are those that the screen has to ask for from then on.
///   - send: Called for each command to the session; must not block.
/// - Returns: why it ended.
package func runDashboard<Screen: TerminalScreen>(
    on screen: inout Screen,
    state: DashboardState,
    theme: Theme,
    mailbox: Mailbox<SessionState>,
    past: Mailbox<PastView>? = nil,
    framesPerSecond: Double = 4,
    clock: any SessionClock,
    restyle: @escaping (Theme) -> Void = { _ in },
    send: @escaping @Sendable (SessionCommand) -> Void
) -> DashboardExit {
    var loop = DashboardLoop(
        state: state,
        theme: theme,
        mailbox: mailbox,
        past: past,
        pacer: FramePacer(framesPerSecond: framesPerSecond),
        clock: clock,
        restyle: restyle,
        send: send
    )
    return loop.run(on: &screen)
}
