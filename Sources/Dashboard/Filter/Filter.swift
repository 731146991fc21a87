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
    /// - Returns: Whether all terms of an alternative hold.
    package func matches(
        texts: (_ column: String?) -> [String],
        compares: (_ column: String, _ comparison: Comparison, _ value: String) -> Bool
    ) -> Bool {
        self.alternatives.contains { terms in
            terms.allSatisfy { term in
                let holds: Bool
                if let pattern = term.pattern {
                    holds = texts(term.column).contains { pattern.matches($0) }
                } else if let column = term.column, term.comparison != .contains {
                    holds = compares(column, term.comparison, term.value)
                } else {
                    holds = texts(term.column).contains {
                        Self.contains($0, term.value, isCaseSensitive: term.isCaseSensitive)
                    }
                }
                return holds != term.isNegated
            }
        }
    }

    /// Whether a text has another one in it.
    package static func contains(_ text: String, _ part: String, isCaseSensitive: Bool) -> Bool {
        let text = Array((isCaseSensitive ? text : text.lowercased()).utf8)
        let part = Array((isCaseSensitive ? part : part.lowercased()).utf8)
        return Self.contains(text[...], part)
    }

    /// Whether bytes have others in them.
    package static func contains(_ bytes: ArraySlice<UInt8>, _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard bytes.count >= part.count else { return false }
        for start in bytes.startIndex...(bytes.endIndex - part.count) where bytes[start] == first {
            if bytes[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }
}
