// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// Numbers between two bounds, compared as decimals.
struct NumericRange: Hashable, Sendable {
    /// One end.
    struct Bound: Hashable, Sendable {
        var value: DecimalDigits
        var isIncluded: Bool
    }

    var lower: Bound?
    var upper: Bound?

    func contains(_ number: DecimalDigits) -> Bool {
        if let lower {
            if number.isLess(than: lower.value) { return false }
            if !lower.isIncluded, number == lower.value { return false }
        }
        if let upper {
            if upper.value.isLess(than: number) { return false }
            if !upper.isIncluded, number == upper.value { return false }
        }
        return true
    }
}
