// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine

/// What every message of a pipeline has in common, and where its ids come from.
package struct FailureSource: Sendable {
    /// The function, or what stands for it, as messages name it.
    package var functionARN: String
    /// The UUID of the pipeline; see ``UUIDSource/pipeline(_:)``.
    package var mapping: String
    /// Where random ids come from.
    package var ids: UUIDSource

    /// Creates it.
    package init(functionARN: String, mapping: String, ids: UUIDSource) {
        self.functionARN = functionARN
        self.mapping = mapping
        self.ids = ids
    }

    /// The message of a batch that is given up.
    func message(of discarded: DiscardedBatch) -> FailureMessage {
        FailureMessage(of: discarded, functionARN: self.functionARN, requestID: self.ids.next())
    }
}
