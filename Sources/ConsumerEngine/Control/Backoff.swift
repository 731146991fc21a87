// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// Pauses that double from attempt to attempt up to a cap, the last half of each drawn by lot so that many shards do
/// not come back at the same moment.
package struct Backoff: Hashable, Sendable {
    /// The first pause and the cap.
    package var bounds: ClosedRange<Duration>

    /// Creates pauses within bounds.
    package init(_ bounds: ClosedRange<Duration>) {
        self.bounds = bounds
    }

    /// The pause after a number of failed attempts in a row.
    ///
    /// - Parameters:
    ///   - attempts: Failed attempts so far, from 1.
    ///   - generator: Draws the second half.
    /// - Returns: From half the doubled pause to all of it; at least a millisecond.
    package func pause(after attempts: Int, using generator: inout SplitMix64) -> Duration {
        // 2^20 times the smallest useful pause is beyond every cap.
        let doublings = min(max(attempts - 1, 0), 20)
        let whole = min(self.bounds.lowerBound * (1 << doublings), self.bounds.upperBound)
        let milliseconds = max(whole.wholeMilliseconds, 1)
        return .milliseconds(Int64.random(in: (milliseconds + 1) / 2...milliseconds, using: &generator))
    }
}
