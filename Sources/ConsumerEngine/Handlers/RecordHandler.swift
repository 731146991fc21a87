// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel
public import StreamSession

/// Records that are handled together: of one shard, oldest first, at least one, except in the last invocation of a
/// tumbling window, which may have none.
public struct RecordBatch: Sendable {
    /// The batch's number in the session.
    public var id: BatchID
    /// The shard.
    public var shard: ShardID
    /// The records.
    public var records: [StreamRecord]
    /// Which attempt this is, from 1; counted anew when a batch was cut.
    public var attempt: Int
    /// The tumbling window it belongs to; nil: windows are off.
    public var window: WindowInvocation?

    /// Creates a batch.
    public init(
        id: BatchID,
        shard: ShardID,
        records: [StreamRecord],
        attempt: Int = 1,
        window: WindowInvocation? = nil
    ) {
        self.id = id
        self.shard = shard
        self.records = records
        self.attempt = attempt
        self.window = window
    }
}

/// What a handler says of a batch.
public enum HandlerOutcome: Hashable, Sendable {
    /// All is done; the position moves behind the batch.
    case done
    /// All is done, but the position shall stay (a dry run).
    case doneWithoutCheckpoint
    /// Not handled, as the handler was throttled or out of reach: the same batch again, without counting as an attempt;
    /// nil: after the engine's own backoff.
    case retry(after: Duration?, reason: String)
    /// A function ran and answered. The engine reads the answer: errors, failed items, the state of a window.
    case responded(FunctionResponse)
    /// The consumer must end: the position stays.
    case stop(reason: String)
}

/// What is done with a batch.
///
/// Called for one batch a lane at a time (a shard has one unless ``ConsumerConfiguration/parallelizationFactor`` says more),
/// for several lanes and shards at once. Delivery is at least once: a batch comes again after a failure and after a crash,
/// and after a failure maybe as halves or without what was done. A thrown error uses an attempt up; the batch is tried
/// again after a backoff and blocks its lane, and only that, until it is done or given up; `CancellationError` means that
/// the consumer is ending.
public protocol RecordHandler: Sendable {
    /// Handles a batch.
    ///
    /// - Parameters:
    ///   - batch: The records.
    ///   - meter: Counts what is done, also by attempts that fail in the end.
    /// - Returns: What becomes of the batch.
    /// - Throws: Anything; the batch is tried again.
    func handle(_ batch: RecordBatch, meter: WorkMeter) async throws -> HandlerOutcome
}
