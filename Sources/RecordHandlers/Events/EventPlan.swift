// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine

/// What a dry run would have sent for a batch.
package struct EventPlan: Sendable {
    /// The batch.
    package var batch: RecordBatch
    /// Who would have got it: a program, a function, a bucket.
    package var target: String
    /// The operation by which: `command`, `Invoke`, `DeleteObjects`.
    package var operation: String
    /// What would have been sent: one JSON value for each request.
    package var requests: [[UInt8]]

    /// Creates a plan.
    package init(batch: RecordBatch, target: String, operation: String, requests: [[UInt8]]) {
        self.batch = batch
        self.target = target
        self.operation = operation
        self.requests = requests
    }
}
