// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession
import Testing

/// Expects two states to be the same; a failed test names the members that differ and not their thousands of parts.
func expectSame(
    _ state: SessionState,
    _ expected: SessionState?,
    _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let expected else {
        Issue.record("nothing to compare with \(comment)", sourceLocation: sourceLocation)
        return
    }
    guard state != expected else { return }
    let members = zip(Mirror(reflecting: state).children, Mirror(reflecting: expected).children)
        .filter { "\($0.value)" != "\($1.value)" }
        .compactMap { $0.0.label }
    Issue.record("the states differ in \(members) \(comment)", sourceLocation: sourceLocation)
}
