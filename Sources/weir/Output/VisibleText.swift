// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import TerminalCells

/// Text for people in which nothing is left that a terminal obeys or hides.
///
/// The same that the dashboard does with text, so that a name looks alike in both.
enum VisibleText {
    /// The text as one line: control characters, line breaks among them, and invisible ones become visible.
    ///
    /// What is visible already stays as it is.
    static func line(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        return isPlain ? text : displayCells(text, role: .plain).map(\.text).joined()
    }

    /// The columns that a line of it takes.
    static func columns(_ text: String) -> Int {
        displayCells(text, role: .plain).count
    }

    /// What the argument parser says of wrong usage, by lines: a line break that the user wrote makes none.
    static func lines(_ message: String, quoting arguments: [String]) -> [String] {
        var message = message
        for argument in arguments.flatMap({ [$0] + $0.split(separator: "=", maxSplits: 1).dropFirst().map(String.init) }
        )
        where argument.contains(where: \.isNewline) && !argument.allSatisfy(\.isNewline) {
            message = message.replacing(argument, with: Self.line(argument))
        }
        return message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
