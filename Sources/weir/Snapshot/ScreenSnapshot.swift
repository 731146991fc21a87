// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import AWSTransport
import Dashboard
import StreamSession
import TerminalCells

/// One screen of the dashboard as lines of text.
struct ScreenSnapshot: Sendable {
    let size: ScreenSize
    /// The only one to be seen; nil: all for which there is room.
    var pane: Pane?
    let screen: ScreenArguments
    var options = DashboardOptions()

    /// Prints it.
    func print(_ session: SessionState, process: ProgramContext) {
        let environment = process.aws.environment
        let isUTF8 = LocaleVariables.isUTF8(environment)
        for warning in self.screen.theme.warnings { process.errors.line("weir: \(warning)") }
        var options = self.options
        options.glyphs = self.screen.glyphSet(isUTF8: isUTF8, terminalName: environment["TERM"] ?? "")
        let theme = self.screen.theme.theme
        var state = DashboardState(options: options)
        _ = state.reduce(.resized(self.size))
        if let pane { state.zoom(into: pane) }
        state.update(session: session)
        let colors = SnapshotColors(
            theme: theme,
            option: self.screen.color,
            isTerminal: process.output.isTerminal,
            environment: environment
        )
        for line in Self.lines(of: render(state, theme: theme, size: self.size), colors: colors) {
            // As it is: nothing in a cell is a control character, and the sequences between them are our own.
            process.output.write(Array("\(isUTF8 ? line : Self.ascii(line))\n".utf8))
        }
    }

    /// A line a row, without the spaces at its end unless they have a color.
    static func lines(of grid: CellGrid, colors: SnapshotColors?) -> [String] {
        guard let colors else { return grid.textLines }
        return (0..<grid.size.rows).map { row in
            var text = ""
            var style = ""
            for cell in grid.line(row) where cell.width > 0 {
                let wanted = colors.sequence(of: cell)
                if wanted != style { text += wanted }
                style = wanted
                text += cell.text
            }
            return text + "\u{1B}[0m"
        }
    }

    private static func ascii(_ line: String) -> String {
        String(line.map { $0.isASCII ? $0 : "?" })
    }
}
