// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why texts are no filter criteria.
public struct FilterCriteriaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number of the filter that is wrong, from 1; nil: there are too many.
    public var filter: Int?
    /// What is wrong with that filter.
    public var underlying: EventPatternError?
    /// How many filters were given.
    public var count: Int

    /// Creates an error.
    public init(filter: Int?, underlying: EventPatternError?, count: Int) {
        self.filter = filter
        self.underlying = underlying
        self.count = count
    }

    /// What is wrong, and what to do.
    public var description: String {
        guard let filter, let underlying else {
            return "FilterCriteria holds \(self.count) filters; 1 to \(FilterCriteria.maximumCount) are possible. "
                + "Put alternatives into the arrays of one pattern, or into $or."
        }
        return self.count > 1 ? "Filter \(filter): \(underlying)" : underlying.description
    }
}
