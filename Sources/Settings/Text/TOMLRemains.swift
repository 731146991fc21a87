// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A TOML text out of which settings are taken that cannot be read, so that the others are looked at as well.
struct TOMLRemains {
    /// What is left, every line where it was.
    private(set) var text: String

    init(_ text: String) {
        self.text = text
    }

    /// Takes out a setting that stands on one line; a value that goes on behind it could leave anything there.
    ///
    /// - Parameter line: The line, from 1.
    /// - Returns: The setting's name; nil: it was no such line, and nothing is taken out.
    mutating func takeOut(line: Int) -> String? {
        let newline = UInt8(ascii: "\n")
        var lines = self.text.utf8.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
        guard lines.indices.contains(line - 1) else { return nil }
        let parts = String(decoding: lines[line - 1], as: UTF8.self)
            .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let name = parts[0].trimmingBlanks
        let value = parts[1].trimmingBlanks
        let goesOn = ["[", "{", "\"\"\"", "'''"].contains { value.hasPrefix($0) }
        let isName = !name.isEmpty && name.utf8.allSatisfy(TOMLScanner.isBareKey)
        guard isName, !goesOn else { return nil }
        lines[line - 1] = []
        self.text = String(decoding: Array(lines.joined(separator: [newline])), as: UTF8.self)
        return name
    }
}

extension Substring {
    /// The text without blanks at its ends.
    fileprivate var trimmingBlanks: String {
        let start = self.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
