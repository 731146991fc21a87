// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import StreamSession

extension SessionState {
    /// Whether its handler writes; of one that only looks there are no deletes, no requests and no capacity to show.
    package var isWriting: Bool {
        self.description?.handlerWrites == true || !self.totals.work.requests.isEmpty
    }
}
