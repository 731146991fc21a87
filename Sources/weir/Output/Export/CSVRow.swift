// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A row of a table as RFC 4180 has it.
///
/// Spreadsheets take a cell that begins with `=`, `+`, `-` or `@` for a formula, and would run what somebody has written into
/// a record. Text that begins so gets an apostrophe in front, which makes it text; numbers stay as they are.
struct CSVRow {
    /// A cell.
    enum Cell: Hashable, Sendable {
        /// Nothing.
        case empty
        /// A number, or another word of ours.
        case word(String)
        /// Text of somebody.
        case text(String)
    }

    private static let begin: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// The row with its line break.
    ///
    /// - Parameters:
    ///   - cells: Its cells.
    ///   - isForTerminal: Whether control characters are made visible.
    /// - Returns: UTF-8 that ends with CR and LF.
    static func bytes(_ cells: [Cell], isForTerminal: Bool) -> [UInt8] {
        let row = cells.map { Self.field($0, isForTerminal: isForTerminal) }.joined(separator: ",")
        return Array(row.utf8) + [13, 10]
    }

    private static func field(_ cell: Cell, isForTerminal: Bool) -> String {
        switch cell {
        case .empty: return ""
        case .word(let word): return word
        case .text(let text):
            let isFormula = text.unicodeScalars.first.map { Self.begin.contains($0) } ?? false
            let harmless = (isFormula ? "'" : "") + (isForTerminal ? VisibleText.line(text) : text)
            let isPlain = harmless.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0D && $0 != 0x0A }
            return isPlain ? harmless : "\"\(harmless.replacing("\"", with: "\"\""))\""
        }
    }
}
