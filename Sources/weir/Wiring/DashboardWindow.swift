// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Dashboard
import DashboardRuntime
import StreamSession
import TerminalCells
import TerminalDriver

/// The dashboard on the process's terminal.
struct DashboardWindow {
    let process: ProgramContext
    let arguments: ScreenArguments
    /// What the session takes from a viewer.
    var capabilities: SessionCapabilities = []
    /// Whether nothing may steer it.
    var isReadOnly = false
    /// The endpoint to show, if it is not the service's own.
    var endpoint: String?

    /// Shows the states of a mailbox until the user or somebody else ends it; to be called on the terminal's thread.
    ///
    /// - Parameters:
    ///   - mailbox: What is shown.
    ///   - past: What is shown in its place to who has gone back in time; nil: nobody can.
    ///   - end: Ends it from elsewhere.
    ///   - send: Gets what the user asks of the session.
    /// - Returns: How it ended, or why there is no screen.
    func show(
        mailbox: Mailbox<SessionState>,
        past: Mailbox<PastView>? = nil,
        end: ScreenEnd,
        send: @escaping @Sendable (SessionCommand) -> Void
    ) -> Result<DashboardExit, TerminalError> {
        let theme = self.arguments.theme.theme
        let shown = ShownTheme(theme)
        let environment = self.process.aws.environment
        do throws(TerminalError) {
            let terminal = try NcursesScreen(
                configuration: NcursesScreen.Configuration(environment: environment, color: self.arguments.color)
            ) { role, isSelected in TerminalStyles.style(shown.theme.style(of: role, isSelected: isSelected)) }
            defer { terminal.close() }
            let options = DashboardOptions(
                capabilities: self.capabilities,
                isReadOnly: self.isReadOnly,
                glyphs: self.arguments.glyphSet(isUTF8: terminal.isUTF8, terminalName: terminal.terminalName),
                endpoint: self.endpoint,
                themes: [theme] + ThemeLibrary.current(environment: environment).all.filter { $0.name != theme.name }
            )
            var screen = EndableScreen(screen: terminal, end: end)
            return .success(
                runDashboard(
                    on: &screen,
                    state: DashboardState(options: options),
                    theme: theme,
                    mailbox: mailbox,
                    past: past,
                    framesPerSecond: environment["SSH_CONNECTION"] == nil ? 4 : 2,
                    clock: self.process.clock,
                    restyle: { shown.theme = $0 },
                    send: send
                )
            )
        } catch {
            return .failure(error)
        }
    }
}

/// The theme that the terminal's thread draws with.
private final class ShownTheme {
    var theme: Theme

    init(_ theme: Theme) {
        self.theme = theme
    }
}
