// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Where a filter cannot be understood, and why.
package struct FilterError: Error, Hashable, Sendable {
    /// The characters at fault, counted from 0; may be one place behind the end.
    package var range: Range<Int>
    /// What is wrong and what is accepted, for people.
    package var message: String

    package init(range: Range<Int>, message: String) {
        self.range = range
        self.message = message
    }
}
