// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The settings of a ``DeleteHandler``.
package struct DeleteHandlerConfiguration: Sendable {
    /// Keys in one BatchWriteItem request.
    ///
    /// - Source: DynamoDB API reference, BatchWriteItem, "25 put or delete requests".
    package static let keysPerRequest = 25

    /// The table whose items are deleted, by name or ARN; never the stream's own.
    package var stagingTable: String
    /// How they are deleted.
    package var mode: DeleteMode
    /// The table's key attributes, partition key first.
    package var keyNames: [String]
    /// What an item must have in common with its record, or it is kept; nil: nothing.
    ///
    /// Needs ``DeleteMode/item``: BatchWriteItem takes no conditions.
    package var condition: DeleteCondition?
    /// Requests of one batch that may be in flight at the same time.
    ///
    /// With 1 the deletes of a shard keep its order; with more, those of each key keep theirs.
    ///
    /// - Range: 1...64. Default: 1.
    package var concurrency: Int
    /// Whether nothing is sent and ``report`` is told instead what would be.
    package var isDryRun: Bool
    /// The most write capacity units a second that all batches together use; nil: no bound.
    ///
    /// - Range: ``WriteBudget/maximums``.
    package var maximumWriteCapacity: Int?
    /// The staging table's provisioned write capacity; nil: on demand, or not known.
    package var provisionedWriteCapacity: Int?
    /// Attempts in a row at one request (throttled, or with unprocessed keys) before the batch goes back to the engine.
    ///
    /// - Default: 10, about 25 s with the default backoff.
    package var attemptLimit: Int
    /// Smallest and largest pause between attempts, before jitter.
    ///
    /// - Default: 50 ms and 10 s.
    package var backoff: ClosedRange<Duration>
    /// Told of each batch in a dry run.
    package var report: @Sendable (DeletePlan) -> Void

    /// Creates settings with the defaults named above.
    package init(
        stagingTable: String,
        mode: DeleteMode,
        keyNames: [String],
        condition: DeleteCondition? = nil,
        concurrency: Int = 1,
        isDryRun: Bool = false,
        maximumWriteCapacity: Int? = nil,
        provisionedWriteCapacity: Int? = nil,
        attemptLimit: Int = 10,
        backoff: ClosedRange<Duration> = .milliseconds(50)...(.seconds(10)),
        report: @escaping @Sendable (DeletePlan) -> Void = { _ in }
    ) {
        self.stagingTable = stagingTable
        self.mode = mode
        self.keyNames = keyNames
        self.condition = condition
        self.concurrency = concurrency
        self.isDryRun = isDryRun
        self.maximumWriteCapacity = maximumWriteCapacity
        self.provisionedWriteCapacity = provisionedWriteCapacity
        self.attemptLimit = attemptLimit
        self.backoff = backoff
        self.report = report
    }
}
