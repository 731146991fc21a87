// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// A short-lived sign before a row that is new or has changed.
package struct RowMark: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case new, changed, closed
    }

    /// How long it stays, by session time.
    static let duration = Duration.seconds(2)

    package var kind: Kind
    /// The session time at which it goes.
    package var until: Timestamp

    package init(_ kind: Kind, until: Timestamp) {
        self.kind = kind
        self.until = until
    }

    /// The sign.
    var glyph: String {
        switch self.kind {
        case .new: "+"
        case .changed: "~"
        case .closed: "×"
        }
    }
}
