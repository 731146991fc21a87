// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConsumerEngine
import Settings

/// Filter patterns on the command line.
enum FilterArgument {
    /// All patterns of a mapping.
    struct Criteria {
        var patterns: [EventPattern]
    }

    /// Compiles a pattern; the error names place and reason.
    @Sendable static func parse(_ text: String) throws -> EventPattern {
        do throws(EventPatternError) {
            return try EventPattern(text)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// Compiles all patterns of a FilterCriteria.
    @Sendable static func criteria(_ text: String) throws -> Criteria {
        guard let patterns = FilterCriteriaText.patterns(in: text) else {
            throw ValidationError("\(FilterCriteriaText.form) is accepted; --filter takes a pattern alone")
        }
        return Criteria(patterns: try patterns.map(Self.parse))
    }
}
