// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import StreamSession

/// Whether two states are the same; a failed test does not print their thousands of parts.
func same(_ left: SessionState, _ right: SessionState?) -> Bool {
    left == right
}
