// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Why a document matches filters or does not.
package struct FilterExplanation: Hashable, Sendable {
    /// What one pattern makes of the document.
    package struct Verdict: Hashable, Sendable {
        /// The pattern.
        package var pattern: EventPattern
        /// The conditions that are not met, in the order of the pattern's paths; none: the pattern matches.
        package var mismatches: [Mismatch]
    }

    /// A condition that is not met.
    package struct Mismatch: Hashable, Sendable, CustomStringConvertible {
        /// The path.
        package var path: String
        /// What is there, as JSON or in words, behind `is`.
        ///
        /// Holds values of the document.
        package var actual: String
        /// The alternatives of the pattern, as they are written.
        package var expected: String

        /// The whole sentence.
        package var description: String { "\(self.path) \(self.actual), the pattern wants \(self.expected)" }
    }

    /// Each pattern's verdict, in their order; none if there is no filter.
    package var verdicts: [Verdict]

    /// Whether one pattern matches, or there is none.
    package var isMatch: Bool { self.verdicts.isEmpty || self.verdicts.contains { $0.mismatches.isEmpty } }
}

extension FilterCriteria {
    /// Finds out why a document matches or does not.
    ///
    /// With `$or` the alternative counts that is nearest to a match: the one with the fewest conditions that are not met.
    ///
    /// - Parameter event: The record as a function in AWS Lambda gets it.
    /// - Returns: A verdict for each pattern.
    package func explain(_ event: JSONValue) -> FilterExplanation {
        let document = self.projected(event)
        let isObject = event.members != nil
        return FilterExplanation(
            verdicts: self.patterns.enumerated().map { index, pattern in
                let rules = self.program.rules.filter { $0.pattern == index }
                if isObject, rules.contains(where: { RuleMatcher.matches($0.whole, document) }) {
                    return .init(pattern: pattern, mismatches: [])
                }
                return .init(pattern: pattern, mismatches: self.mismatches(of: rules, document, event))
            }
        )
    }

    private func mismatches(
        of rules: [FilterProgram.Rule],
        _ document: ProjectedDocument,
        _ event: JSONValue
    ) -> [FilterExplanation.Mismatch] {
        guard event.members != nil else {
            return [.init(path: "the event", actual: "is \(ActualValue.text(event))", expected: "an object")]
        }
        var paths = self.program.paths
        let failing = rules.map { rule in
            rule.whole.conditions.filter { condition in
                let leaf = RuleTree.Leaf(condition: condition, path: paths.insert(condition.path))
                return !RuleMatcher.matches(RuleTree([leaf]), document)
            }
        }
        guard let nearest = zip(rules, failing).min(by: { $0.1.count < $1.1.count }) else { return [] }
        guard !nearest.1.isEmpty else {
            // Each condition is met by itself, all of them at once are not.
            let inLists = nearest.0.whole.conditions.filter { ActualValue.goesThroughList($0.path, of: event) }
            return [
                .init(
                    path: inLists.map(\.name).joined(separator: " and "),
                    actual: "are met by different elements of a list",
                    expected: "one element that meets all"
                )
            ]
        }
        return nearest.1.map { condition in
            .init(
                path: condition.name,
                actual: "is \(ActualValue.text(at: condition.path, of: event))",
                expected: condition.text
            )
        }
    }
}
