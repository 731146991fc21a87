// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Sums.
///
/// At every moment `polled` = `filteredOut` + `succeeded` + `dropped` + `inFlight` + `returned`, for the session and for each
/// shard.
public struct SessionTotals: Hashable, Sendable, Codable {
    /// Records read, repeated reads after a failure included.
    public var polled = 0
    /// Records not wanted.
    public var filteredOut = 0
    /// Records that ended well (with ``filteredOut`` and ``dropped``: those that ended).
    public var succeeded = 0
    /// Records given up (`DroppedEventCount`).
    public var dropped = 0
    /// Records read that have not ended: they wait, or are in a handler.
    public var inFlight = 0
    /// Records read and given back without an end, as the session ended or another worker took the shard.
    ///
    /// They are read again.
    public var returned = 0
    /// Records in batches that were formed.
    public var delivered = 0
    /// Bytes read, by the records' own sizes.
    public var size = ByteCount(0)
    /// GetRecords calls that answered.
    public var reads = 0
    /// Of these, empty.
    public var emptyReads = 0
    /// Calls to read the stream that failed.
    public var failedReads = FailedReads()
    /// Batches formed.
    public var batches = 0
    /// Batches that ended well.
    public var batchesSucceeded = 0
    /// Batches that are over and of which records were given up.
    public var batchesDiscarded = 0
    /// Attempts made by batches that are over.
    public var attempts = 0
    /// Records sent in attempts by batches that are over, each delivery counted (`InvokedEventCount`).
    public var invoked = 0
    /// Of these, records in attempts that failed (`FailedInvokeEventCount`).
    public var failedInvokes = 0
    /// Attempts repeated, whatever of the batch came again.
    public var retries = 0
    /// Batches cut into halves.
    public var splits = 0
    /// Attempts of which a part was done.
    public var partialSuccesses = 0
    /// Records given up because all attempts failed.
    public var attemptsExhausted = 0
    /// Records given up because they were too old.
    public var ageExceeded = 0
    /// Records given up of which the failure destination has a message (`OnFailureDestinationDeliveredEventCount`).
    public var destinationDelivered = 0
    /// Records given up whose message the failure destination did not take.
    public var destinationFailed = 0
    /// Messages that the failure destination took, one for each time that records were given up.
    public var messagesDelivered = 0
    /// Messages that the failure destination did not take.
    public var messagesFailed = 0
    /// Times the handler has slowed down because its table throttled.
    public var slowdowns = 0
    /// Notices of level error, failed attempts and losses included.
    public var errors = 0
    /// Times that records were found to be gone before they were read; how many records is never known.
    public var dataLosses = 0
    /// Records recognised as delivered before.
    public var duplicates = 0
    /// What handlers did.
    public var work = HandlerWork()

    /// Creates zeros.
    public init() {}

    /// Throttled answers, those of reads and those of handlers.
    public var throttles: Int { self.failedReads.throttled + self.work.throttles }
}
