// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Filter {
    /// Reads a filter; nil for a text without a term, which hides nothing.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - columns: The columns there are; they go by their names and by their headings.
    ///   - hasImages: Whether `old.…`, `new.…` and `keys.…` name attributes.
    /// - Returns: The filter.
    /// - Throws: ``FilterError``: an unknown column, a quote that is not closed, a term without a value.
    package static func parse(
        _ text: String,
        columns: [FilterColumn],
        hasImages: Bool = false
    ) throws(FilterError) -> Filter? {
        var parser = FilterParser(text: text, columns: columns, hasImages: hasImages)
        return try parser.parse()
    }
}

private struct FilterParser {
    let characters: [Character]
    let columns: [FilterColumn]
    let hasImages: Bool
    var position = 0

    init(text: String, columns: [FilterColumn], hasImages: Bool) {
        self.characters = Array(text)
        self.columns = columns
        self.hasImages = hasImages
    }

    mutating func parse() throws(FilterError) -> Filter? {
        var alternatives: [[Filter.Term]] = []
        var terms: [Filter.Term] = []
        while true {
            while self.position < self.characters.count, self.characters[self.position].isWhitespace {
                self.position += 1
            }
            guard self.position < self.characters.count else { break }
            if self.characters[self.position] == "|" {
                guard !terms.isEmpty else { throw self.error(at: self.position, "a term is missing before |") }
                alternatives.append(terms)
                terms = []
                self.position += 1
                continue
            }
            terms.append(try self.term())
        }
        if terms.isEmpty {
            guard alternatives.isEmpty else { throw self.error(at: self.position, "a term is missing after |") }
            return nil
        }
        return Filter(alternatives: alternatives + [terms])
    }

    private mutating func term() throws(FilterError) -> Filter.Term {
        var term = Filter.Term(value: "")
        if self.characters[self.position] == "!" {
            term.isNegated = true
            self.position += 1
        }
        let start = self.position
        if let pattern = try self.pattern() {
            term.value = pattern.text
            term.pattern = pattern
            return term
        }
        let isQuoted = self.position < self.characters.count && self.characters[self.position] == "\""
        let word = try self.word(stopsAtOperator: !isQuoted)
        guard !isQuoted, let comparison = self.comparison() else {
            guard !word.isEmpty else { throw self.error(at: start, "a word is missing after !") }
            term.value = word
            return term
        }
        guard !word.isEmpty else { throw self.error(at: start, "a column is missing before \(comparison.rawValue)") }
        term.column = try self.column(word, at: start)
        term.comparison = comparison
        let valueStart = self.position
        if comparison == .contains, let pattern = try self.pattern() {
            term.value = pattern.text
            term.pattern = pattern
            return term
        }
        let value = try self.word(stopsAtOperator: false)
        guard !value.isEmpty else { throw self.error(at: valueStart, "\(word) needs a value") }
        if comparison != .contains, comparison != .equals {
            let unit = self.columns.first { $0.id == term.column }?.unit ?? .count
            guard unit.value(of: value) != nil else {
                throw FilterError(
                    range: valueStart..<self.position,
                    message: unit == .none
                        ? "\(word) has no figures; use : or =" : "not a figure; write \(unit.examples)"
                )
            }
        }
        term.value = value
        return term
    }

    private func column(_ word: String, at start: Int) throws(FilterError) -> String {
        let name = word.lowercased()
        let known = self.columns.first { $0.id == name } ?? self.columns.first { $0.title.lowercased() == name }
        if let known { return known.id }
        for prefix in ["old.", "new.", "keys."] where self.hasImages && name.hasPrefix(prefix) && name != prefix {
            // Attribute names keep their capitals.
            return prefix + word.dropFirst(prefix.count)
        }
        // The names that were maybe meant come first: the end of the list may have no room.
        func likeness(_ title: String) -> Int { zip(title, name).prefix { $0.0 == $0.1 }.count }
        let titles =
            self.columns.map { $0.title.lowercased() } + (self.hasImages ? ["new.NAME", "old.NAME", "keys.NAME"] : [])
        let sorted = titles.enumerated().sorted {
            (-likeness($0.element), $0.offset) < (-likeness($1.element), $1.offset)
        }
        throw FilterError(
            range: start..<start + word.count,
            message: "no column \(word): \(sorted.map(\.element).joined(separator: " "))"
        )
    }

    /// A regular expression in slashes, if there is one here.
    private mutating func pattern() throws(FilterError) -> FilterPattern? {
        guard self.position < self.characters.count, self.characters[self.position] == "/" else { return nil }
        let start = self.position
        var end = start + 1
        while end < self.characters.count, self.characters[end] != "/" {
            end += self.characters[end] == "\\" ? 2 : 1
        }
        guard end < self.characters.count else {
            throw FilterError(
                range: start..<self.characters.count,
                message: "the / is not closed; quote a text with it"
            )
        }
        self.position = end + 1
        guard end > start + 1 else { throw self.error(at: start, "an expression is missing between / and /") }
        return try FilterPattern(Array(self.characters[start + 1..<end]), offset: start + 1)
    }

    private mutating func comparison() -> Filter.Comparison? {
        let rest = self.characters[min(self.position, self.characters.count)...]
        for comparison in [Filter.Comparison.atLeast, .atMost, .above, .below, .equals, .contains]
        where rest.starts(with: Array(comparison.rawValue)) {
            self.position += comparison.rawValue.count
            return comparison
        }
        return nil
    }

    private mutating func word(stopsAtOperator: Bool) throws(FilterError) -> String {
        var word = ""
        if self.position < self.characters.count, self.characters[self.position] == "\"" {
            let start = self.position
            self.position += 1
            while self.position < self.characters.count, self.characters[self.position] != "\"" {
                word.append(self.characters[self.position])
                self.position += 1
            }
            guard self.position < self.characters.count else {
                throw FilterError(range: start..<self.characters.count, message: "the quote is not closed")
            }
            self.position += 1
            return word
        }
        while self.position < self.characters.count {
            let character = self.characters[self.position]
            if character.isWhitespace || character == "|" { break }
            if stopsAtOperator, ":<>=".contains(character) { break }
            word.append(character)
            self.position += 1
        }
        return word
    }

    private func error(at position: Int, _ message: String) -> FilterError {
        FilterError(range: position..<position + 1, message: message)
    }
}
