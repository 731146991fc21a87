// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// How a batch ended.
public struct BatchOutcome: Hashable, Sendable {
    /// The end of a batch.
    public enum Result: Hashable, Sendable, Codable {
        /// The handler was content.
        case succeeded
        /// Some or all of its records were given up, and the shard goes on.
        case discarded
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
    /// Attempts made, from 1; 0 if all of it was given up before the first.
    public var attempts: Int
    /// Time in the handler, all attempts.
    public var handlerTime: Duration
    /// What the handler did, all attempts.
    public var work: HandlerWork
    /// Of the work, what is told by this outcome: all but what `batchWorked` has told of before.
    public var untoldWork: HandlerWork
    /// Age of the last record when the batch was done (IteratorAge).
    public var iteratorAge: Duration
    /// Of the records, those that were given up.
    public var discarded: Int
    /// Of the records, those whose end is told by this outcome: all but those that `batchAdvanced` and `discarded` have
    /// told of before.
    public var remaining: Int
    /// Records sent in invocations, each delivery counted (`InvokedEventCount`).
    public var invoked: Int
    /// Records in invocations that failed, or that a response has named as failed (`FailedInvokeEventCount`).
    public var failedInvokes: Int

    /// Whether ``iteratorAge`` says something: not of a batch that was left undone, nor of the last invocation of a
    /// tumbling window, which has no record that could have an age.
    public var hasIteratorAge: Bool {
        if case .abandoned = self.result { false } else { self.records > 0 }
    }

    /// Creates an outcome.
    ///
    /// - Parameters:
    ///   - id: The batch.
    ///   - shard: Its shard.
    ///   - records: Number of records.
    ///   - result: How it ended.
    ///   - attempts: Attempts made.
    ///   - handlerTime: Time in the handler.
    ///   - work: What the handler did.
    ///   - untoldWork: Work that no event before has told of; nil: all.
    ///   - iteratorAge: Age of the last record.
    ///   - discarded: Records given up.
    ///   - remaining: Records that end with this outcome; nil: all.
    ///   - invoked: Records sent in invocations; nil: each once.
    ///   - failedInvokes: Records in invocations that failed.
    public init(
        id: BatchID,
        shard: ShardID,
        records: Int,
        result: Result,
        attempts: Int,
        handlerTime: Duration,
        work: HandlerWork,
        untoldWork: HandlerWork? = nil,
        iteratorAge: Duration,
        discarded: Int = 0,
        remaining: Int? = nil,
        invoked: Int? = nil,
        failedInvokes: Int = 0
    ) {
        self.id = id
        self.shard = shard
        self.records = records
        self.result = result
        self.attempts = attempts
        self.handlerTime = handlerTime
        self.work = work
        self.untoldWork = untoldWork ?? work
        self.iteratorAge = iteratorAge
        self.discarded = discarded
        self.remaining = remaining ?? records
        self.invoked = invoked ?? records
        self.failedInvokes = failedInvokes
    }
}
