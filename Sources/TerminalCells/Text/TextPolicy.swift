// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How text from outside is turned into cells.
package struct TextPolicy: Hashable, Sendable {
    /// Which characters may reach the terminal.
    package enum Characters: Hashable, Sendable {
        /// All that have a width.
        case unicode
        /// Printable ASCII alone; everything else as an escape. For a locale that is not UTF-8.
        case ascii
    }

    /// How widths are judged.
    package enum Widths: Hashable, Sendable {
        /// Only what every terminal draws with the same width.
        case safe
        /// Variation selectors are handed to the terminal, which may draw two columns where one was meant.
        case native
    }

    /// Which characters may reach the terminal.
    package var characters: Characters
    /// How widths are judged.
    package var widths: Widths
    /// Whether letters that are written from right to left are shown as escapes.
    package var escapesRightToLeft: Bool

    /// Creates a policy.
    package init(characters: Characters = .unicode, widths: Widths = .safe, escapesRightToLeft: Bool = false) {
        self.characters = characters
        self.widths = widths
        self.escapesRightToLeft = escapesRightToLeft
    }

    /// What is used unless the person asked for something else.
    package static let safe = TextPolicy()
    /// For a terminal that does not do UTF-8.
    package static let ascii = TextPolicy(characters: .ascii)
}
