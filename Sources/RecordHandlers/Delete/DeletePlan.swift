// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import ConsumerEngine
package import DynamoDBModel

/// What a dry run would have sent for one batch.
package struct DeletePlan: Sendable {
    /// The batch.
    package var batch: RecordBatch
    /// The table.
    package var table: String
    /// `BatchWriteItem` or `DeleteItem`.
    package var operation: String
    /// The keys of each request, in order.
    package var requests: [[RawItem]]
    /// Keys left out because they are in the batch already.
    package var repeatedKeys: Int
    /// What an item must have in common with its record; nil: nothing.
    package var condition: DeleteCondition?

    /// Creates a plan.
    package init(
        batch: RecordBatch,
        table: String,
        operation: String,
        requests: [[RawItem]],
        repeatedKeys: Int,
        condition: DeleteCondition? = nil
    ) {
        self.batch = batch
        self.table = table
        self.operation = operation
        self.requests = requests
        self.repeatedKeys = repeatedKeys
        self.condition = condition
    }
}
