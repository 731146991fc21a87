// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Readers of whole numbers within a range, for an option's `transform`.
enum NumberArgument {
    /// Accepts a whole number of the range.
    static func within(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let value = Int(text), range.contains(value) else {
                let upper = range.upperBound == .max ? "up" : "to \(range.upperBound)"
                throw ValidationError("a whole number is accepted, from \(range.lowerBound) \(upper)")
            }
            return value
        }
    }
}
