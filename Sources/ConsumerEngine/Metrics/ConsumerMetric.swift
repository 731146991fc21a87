// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// A value that a consumer gives to a metrics backend: its name, what it is, and what it is told of.
///
/// Dimensions of all: `pipeline` and `table`; of those told for each shard also `shard`. All names begin with `weir`.
public struct ConsumerMetric: Hashable, Sendable {
    /// How a backend keeps the values.
    public enum Kind: Hashable, Sendable {
        /// Counts up.
        case counter
        /// The newest value counts.
        case gauge
        /// Values whose distribution matters.
        case recorder
        /// Durations whose distribution matters, in nanoseconds.
        case timer
    }

    /// The name in the backend.
    public let label: String
    /// How a backend keeps the values.
    public let kind: Kind
    /// Whether it is told for each shard; else of the whole session.
    public let isPerShard: Bool

    private init(_ label: String, _ kind: Kind, isPerShard: Bool = false) {
        self.label = label
        self.kind = kind
        self.isPerShard = isPerShard
    }

    private func perShard() -> ConsumerMetric {
        ConsumerMetric("weir.shard" + self.label.dropFirst("weir".count), self.kind, isPerShard: true)
    }

    // MARK: - Records

    /// Records read (`PolledEventCount`).
    public static let polled = ConsumerMetric("weir.records.polled", .counter)
    /// Records not wanted (`FilteredOutEventCount`).
    public static let filteredOut = ConsumerMetric("weir.records.filtered_out", .counter)
    /// Records that ended well.
    public static let succeeded = ConsumerMetric("weir.records.succeeded", .counter)
    /// Records given up (`DroppedEventCount`).
    public static let dropped = ConsumerMetric("weir.records.dropped", .counter)
    /// Records sent in attempts, each delivery counted (`InvokedEventCount`).
    public static let invoked = ConsumerMetric("weir.records.invoked", .counter)
    /// Of these, records in attempts that failed (`FailedInvokeEventCount`).
    public static let failedInvokes = ConsumerMetric("weir.records.failed_invokes", .counter)
    /// Records given up of which the failure destination has a message (`OnFailureDestinationDeliveredEventCount`).
    public static let destinationDelivered = ConsumerMetric("weir.records.destination_delivered", .counter)
    /// Records given up whose message the failure destination did not take.
    public static let destinationFailed = ConsumerMetric("weir.records.destination_failed", .counter)
    /// Records recognised as delivered before.
    public static let duplicates = ConsumerMetric("weir.records.duplicates", .counter)

    // MARK: - Calls

    /// GetRecords calls that answered, each charged as one read request unit.
    public static let reads = ConsumerMetric("weir.reads", .counter)
    /// Of these, the ones that brought nothing.
    public static let emptyReads = ConsumerMetric("weir.reads.empty", .counter)
    /// Calls to read the stream that failed.
    public static let failedReads = ConsumerMetric("weir.reads.failed", .counter)
    /// Of these, the ones that were throttled.
    public static let throttledReads = ConsumerMetric("weir.reads.throttled", .counter)
    /// Requests of handlers that failed, or whose answer was lost; throttled ones are apart.
    public static let failedRequests = ConsumerMetric("weir.requests.failed", .counter)
    /// Throttled answers that handlers got.
    public static let throttledRequests = ConsumerMetric("weir.requests.throttled", .counter)
    /// Attempts that did not end well.
    public static let retries = ConsumerMetric("weir.retries", .counter)
    /// Notices of level error, failed attempts and losses included.
    public static let errors = ConsumerMetric("weir.errors", .counter)
    /// Times that records were found to be gone before they were read.
    public static let dataLosses = ConsumerMetric("weir.data_losses", .counter)

    // MARK: - Batches

    /// Records of a batch.
    public static let batchRecords = ConsumerMetric("weir.batch.records", .recorder)
    /// Records of a batch as a share of the largest number it may have, 0 to 1.
    public static let batchFill = ConsumerMetric("weir.batch.fill", .recorder)
    /// Attempts that a batch took until it was over.
    public static let batchAttempts = ConsumerMetric("weir.batch.attempts", .recorder)
    /// From the moment the first record of a batch was read until the batch was handed out.
    public static let windowWait = ConsumerMetric("weir.batch.window_wait", .timer)
    /// Time of a batch in the handler, all attempts.
    public static let handlerTime = ConsumerMetric("weir.batch.handler_time", .timer)
    /// Age of the last record of a batch when the batch was done (`IteratorAge`).
    public static let iteratorAge = ConsumerMetric("weir.iterator_age", .timer)

    // MARK: - State

    /// The state of the mapping, by ``code(of:)-(MappingState)``.
    public static let state = ConsumerMetric("weir.state", .gauge)
    /// How the newest invocation went, by ``code(of:)-(ProcessingResult)``.
    public static let lastResult = ConsumerMetric("weir.last_result", .gauge)
    /// Records read that have not ended.
    public static let inFlight = ConsumerMetric("weir.records.in_flight", .gauge)
    /// How far the session is behind, in seconds; not told while it is not known.
    public static let lag = ConsumerMetric("weir.lag", .gauge)

    // MARK: - Of each shard

    /// ``polled`` of a shard.
    public static let shardPolled = Self.polled.perShard()
    /// ``succeeded`` of a shard.
    public static let shardSucceeded = Self.succeeded.perShard()
    /// ``dropped`` of a shard.
    public static let shardDropped = Self.dropped.perShard()
    /// ``batchFill`` of a shard.
    public static let shardBatchFill = Self.batchFill.perShard()
    /// ``batchAttempts`` of a shard.
    public static let shardBatchAttempts = Self.batchAttempts.perShard()
    /// ``windowWait`` of a shard.
    public static let shardWindowWait = Self.windowWait.perShard()
    /// ``handlerTime`` of a shard.
    public static let shardHandlerTime = Self.handlerTime.perShard()
    /// ``iteratorAge`` of a shard.
    public static let shardIteratorAge = Self.iteratorAge.perShard()
    /// ``state`` of a shard.
    public static let shardState = Self.state.perShard()
    /// ``lastResult`` of a shard.
    public static let shardLastResult = Self.lastResult.perShard()
    /// ``lag`` of a shard.
    public static let shardLag = Self.lag.perShard()

    /// Every metric there is.
    public static let all: [ConsumerMetric] = [
        .polled, .filteredOut, .succeeded, .dropped, .invoked, .failedInvokes, .destinationDelivered,
        .destinationFailed,
        .duplicates, .reads, .emptyReads, .failedReads, .throttledReads, .failedRequests, .throttledRequests,
        .retries,
        .errors, .dataLosses, .batchRecords, .batchFill, .batchAttempts,
        .windowWait,
        .handlerTime, .iteratorAge, .state, .lastResult, .inFlight, .lag, .shardPolled, .shardSucceeded, .shardDropped,
        .shardBatchFill, .shardBatchAttempts, .shardWindowWait, .shardHandlerTime, .shardIteratorAge, .shardState,
        .shardLastResult, .shardLag,
    ]
}
