// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A Markdown document, as far as it gives commands to a reader.
struct Document {
    /// A command line without the name of its program.
    struct Command {
        let words: [String]

        var options: [String] { self.words.compactMap(Document.option) }

        func without(_ words: Set<String>) -> Command { Command(words: self.words.filter { !words.contains($0) }) }
    }

    private let text: String

    init(_ text: String) { self.text = text }

    /// Lines in fences, continued lines joined and comments left out, and the code spans of the prose.
    private var lines: [String] {
        self.parts.filter(\.isFenced).flatMap { part in
            part.text.replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n").map { line in
                String(line.replacing(#/(?:^|\s)#\s.*$/#, with: ""))
            }
        } + self.spans
    }

    private var spans: [String] {
        self.parts.filter { !$0.isFenced }.flatMap { part in
            part.text.matches(of: #/`([^`\n]+)`/#).map { String($0.1) }
        }
    }

    private var parts: [(text: String, isFenced: Bool)] {
        self.text.components(separatedBy: "```").enumerated().map { ($1, !$0.isMultiple(of: 2)) }
    }

    /// The command lines that start one program.
    func commands(of program: String) -> [Command] {
        self.lines.compactMap { line in
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.first == program, words.count > 1 else { return nil }
            return Command(words: Array(words.dropFirst()))
        }
    }

    /// Options that stand alone in a code span.
    var optionsInProse: [String] {
        self.spans.compactMap { span in span.split(separator: " ").first.flatMap { Self.option(String($0)) } }
    }

    /// Targets of links.
    var links: [String] {
        self.text.matches(of: #/\]\(([^)\s#]+)\)/#).map { String($0.1) }
    }

    private static func option(_ word: String) -> String? {
        word.firstMatch(of: #/^--[a-z][a-z0-9-]*/#).map { String($0.0) }
    }
}

extension String {
    /// Whether a help text has this option, and not only a longer one that begins like it.
    func mentions(_ option: String) -> Bool {
        self.ranges(of: option).contains { range in
            guard range.upperBound < self.endIndex else { return true }
            let next = self[range.upperBound]
            return !next.isLetter && !next.isNumber && next != "-"
        }
    }
}
