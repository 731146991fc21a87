// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Asks before something that cannot be undone; the default answer is no.
enum Confirmation {
    /// Whether the answer means yes: `y` or `yes`, in any case.
    static func isYes(_ answer: String?) -> Bool {
        guard let answer else { return false }
        let word = answer.lowercased().filter { !$0.isWhitespace }
        return word == "y" || word == "yes"
    }
}
