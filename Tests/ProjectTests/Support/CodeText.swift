// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Swift source with the text of its comments and string literals blanked, so that a rule about code does not trip
/// over prose.
///
/// Lines keep their numbers, and code in interpolations stays.
struct CodeText {
    let lines: [Substring]

    init(_ source: String) {
        var blanker = Blanker(source)
        blanker.run()
        self.lines = String(decoding: blanker.output, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Walks the source once, with a stack of what encloses the place it is at.
    private struct Blanker {
        private enum Enclosure {
            case comment
            /// Pound signs around it, and whether it has three quotes.
            case string(pounds: Int, isMultiline: Bool)
            /// Parentheses open within the interpolation.
            case interpolation(open: Int)
        }

        private static let newline = UInt8(ascii: "\n")

        private let source: [UInt8]
        private var index = 0
        private var enclosures: [Enclosure] = []
        private(set) var output: [UInt8] = []

        init(_ source: String) { self.source = Array(source.utf8) }

        mutating func run() {
            while self.index < self.source.count {
                switch self.enclosures.last {
                case .comment: self.stepInComment()
                case .string(let pounds, let isMultiline): self.stepInString(pounds: pounds, isMultiline: isMultiline)
                case .interpolation, nil: self.stepInCode()
                }
            }
        }

        private func isAt(_ text: String) -> Bool {
            var index = self.index
            for byte in text.utf8 {
                guard index < self.source.count, self.source[index] == byte else { return false }
                index += 1
            }
            return true
        }

        private mutating func keep(_ count: Int = 1) {
            self.output.append(contentsOf: self.source[self.index..<min(self.index + count, self.source.count)])
            self.index += count
        }

        private mutating func blank(_ count: Int = 1) {
            for byte in self.source[self.index..<min(self.index + count, self.source.count)] {
                self.output.append(byte == Self.newline ? Self.newline : UInt8(ascii: " "))
            }
            self.index += count
        }

        private mutating func stepInComment() {
            if self.isAt("/*") {
                self.enclosures.append(.comment)
                self.blank(2)
            } else if self.isAt("*/") {
                self.enclosures.removeLast()
                self.blank(2)
            } else {
                self.blank()
            }
        }

        private mutating func stepInString(pounds: Int, isMultiline: Bool) {
            let marks = String(repeating: "#", count: pounds)
            let quotes = isMultiline ? "\"\"\"" : "\""
            if self.isAt("\\" + marks + "(") {
                self.keep(pounds + 2)
                self.enclosures.append(.interpolation(open: 1))
            } else if self.isAt("\\" + marks) {
                self.blank(pounds + 2)
            } else if self.isAt(quotes + marks) {
                self.keep(quotes.count + pounds)
                self.enclosures.removeLast()
            } else {
                // A quote that opens no string, as in a regular expression, ends with its line.
                if !isMultiline, self.source[self.index] == Self.newline { self.enclosures.removeLast() }
                self.blank()
            }
        }

        private mutating func stepInCode() {
            if self.isAt("//") {
                while self.index < self.source.count, self.source[self.index] != Self.newline { self.blank() }
            } else if self.isAt("/*") {
                self.enclosures.append(.comment)
                self.blank(2)
            } else if let string = self.stringStart() {
                self.enclosures.append(.string(pounds: string.pounds, isMultiline: string.isMultiline))
                self.keep(string.pounds + (string.isMultiline ? 3 : 1))
            } else {
                self.countParentheses()
                self.keep()
            }
        }

        private func stringStart() -> (pounds: Int, isMultiline: Bool)? {
            let pounds = self.source[self.index...].prefix { $0 == UInt8(ascii: "#") }.count
            let quotes = self.source[(self.index + pounds)...].prefix(3).prefix { $0 == UInt8(ascii: "\"") }.count
            return quotes == 0 ? nil : (pounds, quotes == 3)
        }

        private mutating func countParentheses() {
            guard case .interpolation(let open) = self.enclosures.last else { return }
            let byte = self.source[self.index]
            guard byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") else { return }
            self.enclosures.removeLast()
            let now = byte == UInt8(ascii: "(") ? open + 1 : open - 1
            if now > 0 { self.enclosures.append(.interpolation(open: now)) }
        }
    }
}
