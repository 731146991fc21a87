// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// What a cell means; a theme gives it colours and attributes.
///
/// Roles are open: themes and panes name them.
package struct StyleRole: Hashable, Sendable, CustomStringConvertible {
    /// Ordinary text.
    package static let plain = StyleRole("text")
    /// What stands for something that is not shown as it is: escapes, a sign for something left out.
    package static let escape = StyleRole("dim")

    /// The role's name, `state.open`.
    package let name: String

    /// Creates a role.
    package init(_ name: String) {
        self.name = name
    }

    /// The role's name.
    package var description: String { self.name }
}
