// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

/// Sums.
///
/// At every moment `polled` = `filteredOut` + `succeeded` + `dropped` + waiting + in flight.
public struct SessionTotals: Hashable, Sendable {
    /// Records read, repeated reads after a failure included.
    public var polled = 0
    /// Records not wanted.
    public var filteredOut = 0
    /// Records in batches that ended well.
    public var succeeded = 0
    /// Records given up.
    public var dropped = 0
    /// Records in batches that were formed.
    public var delivered = 0
    /// Bytes read, by the records' own sizes.
    public var size = ByteCount(0)
    /// GetRecords calls that answered.
    public var reads = 0
    /// Of these, empty.
    public var emptyReads = 0
    /// Batches formed.
    public var batches = 0
    /// Batches that ended well.
    public var batchesSucceeded = 0
    /// Attempts repeated.
    public var retries = 0
    /// Notices of level error, failed attempts included.
    public var errors = 0
    /// Records recognised as delivered before.
    public var duplicates = 0
    /// What handlers did.
    public var work = HandlerWork()

    /// Creates zeros.
    public init() {}
}
