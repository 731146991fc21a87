// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

extension Int {
    /// The number within 0 and 2^40: recordings come from anywhere, and sums of what they say must not overflow.
    var plausible: Int { Swift.min(Swift.max(0, self), 1 << 40) }
}
