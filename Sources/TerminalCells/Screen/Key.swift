// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A key with its modifiers.
package struct Key: Hashable, Sendable {
    /// The key itself.
    package enum Code: Hashable, Sendable {
        case character(Character)
        case enter, escape, tab, backTab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        case function(Int)
    }

    package var code: Code
    package var control: Bool
    package var alt: Bool
    package var shift: Bool

    package init(_ code: Code, control: Bool = false, alt: Bool = false, shift: Bool = false) {
        self.code = code
        self.control = control
        self.alt = alt
        self.shift = shift
    }
}
