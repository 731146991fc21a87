// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// Violations one a line, for the message of an expectation.
func report(_ violations: [Violation]) -> String {
    violations.map { "\n    \($0)" }.joined()
}
