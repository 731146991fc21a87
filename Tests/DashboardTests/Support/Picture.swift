// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Dashboard
import TerminalCells

/// A grid as text with colour sequences, to look at in a terminal.
enum Picture {
    static func text(of grid: CellGrid, theme: Theme) -> String {
        var text = "\u{1B}[H"
        for row in 0..<grid.size.rows {
            var last: RoleStyle?
            for cell in grid.line(row) where cell.width > 0 {
                let style = theme.style(of: cell.role, isSelected: cell.isSelected)
                if style != last { text += Self.sequence(style) }
                last = style
                text += cell.text
            }
            text += "\u{1B}[0m" + (row + 1 < grid.size.rows ? "\r\n" : "")
        }
        return text
    }

    private static func sequence(_ style: RoleStyle) -> String {
        var codes = ["0"]
        if style.attributes.contains(.bold) { codes.append("1") }
        if style.attributes.contains(.dim) { codes.append("2") }
        if style.attributes.contains(.underline) { codes.append("4") }
        if style.attributes.contains(.reverse) { codes.append("7") }
        if let color = style.foreground { codes.append("38;2;\(color.red);\(color.green);\(color.blue)") }
        if let color = style.background { codes.append("48;2;\(color.red);\(color.green);\(color.blue)") }
        return "\u{1B}[" + codes.joined(separator: ";") + "m"
    }
}
