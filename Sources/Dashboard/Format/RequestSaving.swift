// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

/// Requests made against those that one delete a record would have made.
package struct RequestSaving: Hashable, Sendable {
    /// Requests that the handler made.
    package var made: Int
    /// Requests that handling the same records one by one would have made.
    package var single: Int

    package init(_ work: HandlerWork) {
        self.made = work.requests.values.reduce(0, +)
        self.single = work.singleRequests
    }

    /// How many times fewer requests were made; nil while there were none.
    package var factor: Double? {
        self.made > 0 && self.single > 0 ? Double(self.single) / Double(self.made) : nil
    }

    /// Requests saved; below zero if retries cost more than batches saved.
    package var saved: Int { self.single - self.made }
}
