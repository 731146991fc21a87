// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TerminalCells

/// A screen's size as it is written on the command line: `120x40`.
enum ScreenSizeArgument {
    /// Reads a size, for an option's `transform`.
    @Sendable static func read(_ text: String) throws -> ScreenSize {
        let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let columns = parts[0], let rows = parts[1], (60...500).contains(columns),
            (15...200).contains(rows)
        else { throw ValidationError("columns and rows are accepted, such as 120x40, from 60x15 to 500x200") }
        return ScreenSize(columns: columns, rows: rows)
    }
}
