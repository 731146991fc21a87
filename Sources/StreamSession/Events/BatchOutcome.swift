// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// How a batch ended.
public struct BatchOutcome: Hashable, Sendable {
    /// The end of a batch.
    public enum Result: Hashable, Sendable {
        /// The handler was content.
        case succeeded
        /// The handler asked to stop, or the session ended first; the position did not move.
        case abandoned(reason: String)
    }

    /// The batch.
    public var id: BatchID
    /// Its shard.
    public var shard: ShardID
    /// Number of records.
    public var records: Int
    /// How it ended.
    public var result: Result
    /// Attempts made, from 1.
    public var attempts: Int
    /// Time in the handler, all attempts.
    public var handlerTime: Duration
    /// What the handler did, all attempts.
    public var work: HandlerWork
    /// Age of the last record when the batch was done (IteratorAge).
    public var iteratorAge: Duration

    /// Creates an outcome.
    public init(
        id: BatchID,
        shard: ShardID,
        records: Int,
        result: Result,
        attempts: Int,
        handlerTime: Duration,
        work: HandlerWork,
        iteratorAge: Duration
    ) {
        self.id = id
        self.shard = shard
        self.records = records
        self.result = result
        self.attempts = attempts
        self.handlerTime = handlerTime
        self.work = work
        self.iteratorAge = iteratorAge
    }
}
