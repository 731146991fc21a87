// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A value of a document that is no array and no object.
package enum FilterScalar: Hashable, Sendable {
    /// Text in UTF-8.
    case string(ArraySlice<UInt8>)
    /// A number as it is written.
    case number(ArraySlice<UInt8>)
    /// `true` or `false`
    case bool(Bool)
    /// `null`
    case null

    /// Wraps text.
    package init(_ text: String) {
        self = .string(Array(text.utf8)[...])
    }
}
