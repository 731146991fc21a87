// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel

/// The settings of an ``AggregateHandler``.
package struct AggregateHandlerConfiguration: Sendable {
    /// The table that keeps the numbers; never the stream's own.
    package var table: String
    /// Its partition key, a text; it has no sort key.
    package var keyName: String
    /// The stream whose records are added up.
    package var stream: StreamARN
    /// What is added up.
    package var definition: AggregateDefinition
    /// Requests of one batch that may be in flight at the same time; each item has one at most.
    ///
    /// - Range: 1...64. Default: 1.
    package var concurrency: Int
    /// Whether nothing is sent and ``report`` is told instead what would be.
    package var isDryRun: Bool
    /// Most write capacity units a second, ``WriteBudget/maximums``; nil: no bound.
    package var maximumWriteCapacity: Int?
    /// The table's provisioned write capacity; nil: on demand, or not known.
    package var provisionedWriteCapacity: Int?
    /// Attempts at one request that is throttled before the batch goes back to the engine.
    ///
    /// - Default: 10, about 25 s with the default backoff.
    package var attemptLimit: Int
    /// Smallest and largest pause between attempts, before jitter.
    ///
    /// - Default: 50 ms and 10 s.
    package var backoff: ClosedRange<Duration>
    /// Told of each batch in a dry run.
    package var report: @Sendable (EventPlan) -> Void

    /// Creates settings with the defaults named above.
    package init(
        table: String,
        keyName: String,
        stream: StreamARN,
        definition: AggregateDefinition,
        concurrency: Int = 1,
        isDryRun: Bool = false,
        maximumWriteCapacity: Int? = nil,
        provisionedWriteCapacity: Int? = nil,
        attemptLimit: Int = 10,
        backoff: ClosedRange<Duration> = .milliseconds(50)...(.seconds(10)),
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) {
        self.table = table
        self.keyName = keyName
        self.stream = stream
        self.definition = definition
        self.concurrency = concurrency
        self.isDryRun = isDryRun
        self.maximumWriteCapacity = maximumWriteCapacity
        self.provisionedWriteCapacity = provisionedWriteCapacity
        self.attemptLimit = attemptLimit
        self.backoff = backoff
        self.report = report
    }
}
