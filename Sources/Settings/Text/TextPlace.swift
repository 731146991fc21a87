// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where something stands in a text.
package struct TextPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    package var line: Int
    /// The column in characters, from 1.
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of a byte.
    ///
    /// - Parameters:
    ///   - offset: Bytes from the start; beyond the end: the end.
    ///   - text: The text in UTF-8.
    init(offset: Int, in text: [UInt8]) {
        let before = text.prefix(offset)
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        self.line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        // Bytes that continue a character have the form 10xxxxxx.
        self.column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
    }

    /// Line and column with a colon between.
    package var description: String { "\(self.line):\(self.column)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
