// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Filter {
    /// Reads a filter; nil for a text without a term, which hides nothing.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - columns: The columns there are.
    ///   - hasImages: Whether `old.…`, `new.…` and `keys.…` name attributes.
    /// - Returns: The filter.
    /// - Throws: ``FilterError``: an unknown column, a quote that is not closed, a term without a value.
    package static func parse(
        _ text: String,
        columns: [String],
        hasImages: Bool = false
    ) throws(FilterError) -> Filter? {
        var parser = FilterParser(text: text, columns: columns, hasImages: hasImages)
        return try parser.parse()
    }
}

private struct FilterParser {
    let characters: [Character]
    let columns: [String]
    let hasImages: Bool
    var position = 0

    init(text: String, columns: [String], hasImages: Bool) {
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
        let value = try self.word(stopsAtOperator: false)
        guard !value.isEmpty else { throw self.error(at: valueStart, "\(word) needs a value") }
        if comparison != .contains, comparison != .equals, Double(value) == nil {
            throw FilterError(range: valueStart..<self.position, message: "\(value) is not a figure")
        }
        term.value = value
        return term
    }

    private func column(_ word: String, at start: Int) throws(FilterError) -> String {
        let name = word.lowercased()
        if self.columns.contains(name) { return name }
        for prefix in ["old.", "new.", "keys."] where self.hasImages && name.hasPrefix(prefix) && name != prefix {
            // Attribute names keep their capitals.
            return prefix + word.dropFirst(prefix.count)
        }
        let known = self.columns.joined(separator: ", ") + (self.hasImages ? ", new.…, old.…, keys.…" : "")
        throw FilterError(
            range: start..<start + word.count,
            message: "no column \(word); there are \(known); quote a text with : = < or > in it"
        )
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
