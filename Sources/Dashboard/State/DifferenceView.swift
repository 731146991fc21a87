// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// How the Record pane shows a change.
package enum DifferenceView: String, Hashable, Sendable, CaseIterable {
    /// Old and new side by side from 120 columns, else below each other; changes first.
    case changes
    /// Every attribute with its type.
    case typed
    /// DynamoDB JSON as it came.
    case raw
    /// JSON without types.
    case plain

    /// The view after this one.
    var next: DifferenceView {
        switch self {
        case .changes: .typed
        case .typed: .raw
        case .raw: .plain
        case .plain: .changes
        }
    }

    /// The view's name for people.
    package var title: String {
        switch self {
        case .changes: "changes"
        case .typed: "typed"
        case .raw: "DynamoDB JSON"
        case .plain: "plain JSON"
        }
    }
}
