// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A place that breaks a rule, and the rule.
struct Violation: CustomStringConvertible {
    let path: String
    /// From 1; 0 when it is about the file as a whole.
    let line: Int
    let rule: String

    var description: String {
        self.line == 0 ? "\(self.path): \(self.rule)" : "\(self.path):\(self.line): \(self.rule)"
    }
}
