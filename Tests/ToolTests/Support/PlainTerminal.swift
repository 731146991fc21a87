// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// A terminal that knows where text goes and nothing of how it looks.
struct PlainTerminal {
    private var cells: [[Character]]
    private var row = 0
    private var column = 0

    init(columns: Int, rows: Int) {
        self.cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The screen, a line a row.
    var text: String { self.cells.map { String($0) }.joined(separator: "\n") }

    /// Obeys what is written to it; what it does not know fails the test.
    mutating func show(_ output: String) {
        var rest = Substring(output)
        while let first = rest.first {
            if let sequence = rest.prefixMatch(of: #/\x{1B}\[(\?25[lh]|[0-9;]*)([Hm]|J)?/#) {
                let numbers = sequence.1.split(separator: ";").compactMap { Int($0) }
                switch sequence.2 {
                case "H": (self.row, self.column) = (numbers[0] - 1, numbers[1] - 1)
                case "J": self.cells = self.cells.map { $0.map { _ in " " } }
                case "m": break
                default: #expect(["?25l", "?25h"].contains(sequence.1))
                }
                rest = rest[sequence.range.upperBound...]
            } else {
                #expect(first.isASCII ? first >= " " : true, "a control character on the screen")
                self.cells[self.row][self.column] = first
                self.column += 1
                rest = rest.dropFirst()
            }
        }
    }
}
