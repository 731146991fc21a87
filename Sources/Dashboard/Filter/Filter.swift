// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What rows a person wants to see: terms that must all hold, in alternatives of which one must.
///
/// ```
/// paid                 some column has this text; capitals count only if the term has some
/// state:open           this column has this text
/// lag>1.5s batch=812   this column's figure, in the units of the table; seconds and bytes without one
/// /ord(er)?\d+/        a regular expression, see ``FilterPattern``; state:/^open/ in this column
/// new.status:shipped   an attribute of a record's new image, in Records
/// !done  "two words"  a|b
/// ```
package struct Filter: Hashable, Sendable {
    /// How a term compares.
    package enum Comparison: String, Hashable, Sendable, CaseIterable {
        case contains = ":"
        case equals = "="
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
    }

    /// One condition.
    package struct Term: Hashable, Sendable {
        /// Whether the condition must not hold.
        package var isNegated = false
        /// The column; nil for any.
        package var column: String?
        /// How to compare.
        package var comparison = Comparison.contains
        /// What with.
        package var value: String
        /// The regular expression in place of a text.
        package var pattern: FilterPattern?

        /// Whether capitals count.
        package var isCaseSensitive: Bool { self.value.contains(where: \.isUppercase) && self.column == nil }
    }

    /// Alternatives of terms.
    package var alternatives: [[Term]]

    /// Whether something matches.
    ///
    /// - Parameters:
    ///   - texts: The texts of a column; of all columns for nil.
    ///   - compares: Whether a column's figure compares so with a text; false if it is no figure.
    ///   - finds: Whether a plain word is found in any column, where there is a faster way than by the texts.
    /// - Returns: Whether all terms of an alternative hold.
    package func matches(
        texts: (_ column: String?) -> [String],
        compares: (_ column: String, _ comparison: Comparison, _ value: String) -> Bool,
        finds: ((_ word: Word) -> Bool)? = nil
    ) -> Bool {
        self.alternatives.contains { terms in
            terms.allSatisfy { term in
                let holds: Bool
                if let pattern = term.pattern {
                    holds = texts(term.column).contains { pattern.matches($0) }
                } else if let column = term.column, term.comparison != .contains {
                    holds = compares(column, term.comparison, term.value)
                } else {
                    let word = Word(term.value, isCaseSensitive: term.isCaseSensitive)
                    if term.column == nil, let finds {
                        holds = finds(word)
                    } else {
                        holds = texts(term.column).contains { word.isIn($0) }
                    }
                }
                return holds != term.isNegated
            }
        }
    }

    /// Whether a text has another one in it.
    package static func contains(_ text: String, _ part: String, isCaseSensitive: Bool) -> Bool {
        Word(part, isCaseSensitive: isCaseSensitive).isIn(text)
    }
}
