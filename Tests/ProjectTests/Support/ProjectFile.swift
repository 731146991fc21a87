// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A text file of the project, by its path from the root.
struct ProjectFile: Sendable {
    let path: String
    let text: String

    var lines: [Substring] { self.text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The target that a file belongs to: the folder below `Sources` or `Tests`; nil elsewhere.
    var target: String? {
        let parts = self.path.split(separator: "/")
        guard parts.count > 2, parts[0] == "Sources" || parts[0] == "Tests" else { return nil }
        return parts[1] == "Benchmarks" ? String(parts[2]) : String(parts[1])
    }
}
