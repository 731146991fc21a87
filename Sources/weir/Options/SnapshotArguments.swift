// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dashboard
import TerminalCells

/// Whether one screen is printed in place of a dashboard.
struct SnapshotArguments: ParsableArguments {
    @Option(
        name: .customLong("snapshot"),
        help: ArgumentHelp(
            "Print one screen of so many columns and rows as text, and end: such as 120x40, 60x15 to 500x200.",
            discussion:
                "No terminal is needed. Colors are there on a terminal, and with --color always.",
            valueName: "size"
        ),
        transform: ScreenSizeArgument.read
    )
    var size: ScreenSize?

    @Option(
        name: .customLong("pane"),
        help: ArgumentHelp(
            "With --snapshot only this pane: \(SnapshotArguments.panes).",
            valueName: "name"
        ),
        transform: SnapshotArguments.pane
    )
    var pane: Pane?

    /// Creates options to be filled by the parser.
    init() {}

    /// Refuses a pane of no screen.
    func validate() throws {
        if self.pane != nil, self.size == nil {
            throw ValidationError("--pane chooses what --snapshot <size> prints: it needs that.")
        }
    }

    private static var panes: String { Pane.allCases.map { $0.title.lowercased() }.joined(separator: ", ") }

    @Sendable private static func pane(_ text: String) throws -> Pane {
        guard let pane = Pane.allCases.first(where: { $0.title.lowercased() == text.lowercased() }) else {
            throw ValidationError("\(Self.panes) are accepted")
        }
        return pane
    }
}
