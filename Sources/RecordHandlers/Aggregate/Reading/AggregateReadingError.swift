// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Why the numbers of an aggregate cannot be told.
package enum AggregateReadingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The table keeps none.
    case noAggregate(table: String)
    /// A number is none.
    case noNumber(table: String, value: String, type: String)
    /// The parts of a group are more than a number can hold together.
    case unfitSum(table: String, value: String, String)

    /// What is wrong and what to do, for people.
    package var description: String {
        switch self {
        case .noAggregate(let table):
            "\(table) keeps no aggregate that this version can read. 'weir run --handler aggregate --aggregate-table \(table)' "
                + "begins one."
        case .noNumber(let table, let value, let type):
            "an item of \(table) has a \(value) of type \(type), not N: somebody else writes to it."
        case .unfitSum(let table, let value, let reason):
            "the parts of a group's \(value) in \(table) cannot be added up: \(reason)"
        }
    }
}
