// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

/// The input of ListStreams.
public struct ListStreamsRequest: Hashable, Sendable {
    /// Only streams of this table; nil for all.
    public var tableName: String?
    /// Page size, 1...100; nil for the service's own.
    public var limit: Int?
    /// Continue after this stream.
    public var exclusiveStartStreamARN: StreamARN?

    /// Creates a request.
    public init(tableName: String? = nil, limit: Int? = nil, exclusiveStartStreamARN: StreamARN? = nil) {
        self.tableName = tableName
        self.limit = limit
        self.exclusiveStartStreamARN = exclusiveStartStreamARN
    }
}

/// The input of DescribeStream.
public struct DescribeStreamRequest: Hashable, Sendable {
    /// The stream.
    public var arn: StreamARN
    /// Shards a page, 1...100; nil for 100.
    public var limit: Int?
    /// Continue after this shard.
    public var exclusiveStartShardID: ShardID?
    /// Only the direct children of this shard (the filter `CHILD_SHARDS`).
    public var childrenOf: ShardID?

    /// Creates a request.
    public init(
        arn: StreamARN,
        limit: Int? = nil,
        exclusiveStartShardID: ShardID? = nil,
        childrenOf: ShardID? = nil
    ) {
        self.arn = arn
        self.limit = limit
        self.exclusiveStartShardID = exclusiveStartShardID
        self.childrenOf = childrenOf
    }
}

/// Where in a shard reading begins.
public enum ShardPosition: Hashable, Sendable {
    /// The oldest record still kept.
    case trimHorizon
    /// Behind the newest record.
    case latest
    /// The record with this number.
    case at(SequenceNumber)
    /// The first record after this number.
    case after(SequenceNumber)
}

/// The input of GetShardIterator.
public struct ShardIteratorRequest: Hashable, Sendable {
    /// The stream.
    public var arn: StreamARN
    /// The shard.
    public var shard: ShardID
    /// Where to begin.
    public var position: ShardPosition

    /// Creates a request.
    public init(arn: StreamARN, shard: ShardID, position: ShardPosition) {
        self.arn = arn
        self.shard = shard
        self.position = position
    }
}

/// A position in a shard that the service understands for 15 minutes; opaque, 1 to 2048 characters.
public struct ShardIterator: Hashable, Sendable {
    /// The service's text.
    public let text: String

    /// Wraps the service's text.
    public init(_ text: String) {
        self.text = text
    }
}

/// The input of GetRecords.
public struct GetRecordsRequest: Hashable, Sendable {
    /// Where to read.
    public var iterator: ShardIterator
    /// At most so many records, 1...1000; nil for 1000.
    public var limit: Int?

    /// Creates a request.
    public init(iterator: ShardIterator, limit: Int? = nil) {
        self.iterator = iterator
        self.limit = limit
    }
}

/// The answer of GetRecords.
public struct RecordPage: Sendable {
    /// The records in order of their sequence numbers; empty pages are normal.
    public var records: [StreamRecord]
    /// Where to go on; nil when the shard is closed and read to its end.
    public var next: ShardIterator?

    /// Creates a page.
    public init(records: [StreamRecord], next: ShardIterator?) {
        self.records = records
        self.next = next
    }
}

/// DynamoDB Streams, as a consumer sees it.
///
/// Implemented by the embedded store in process and by the client over HTTP; one conformance suite runs against both.
public protocol DynamoDBStreamsAPI: Sendable {
    /// Lists streams, one page.
    func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList
    /// Describes a stream with one page of its shards.
    func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription
    /// Gets a position in a shard.
    func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator
    /// Reads records.
    ///
    /// - Parameters:
    ///   - iterator: Where to read.
    ///   - limit: At most so many records, 1...1000.
    /// - Returns: The records and where to go on.
    /// - Throws: `expiredIterator`, `trimmedDataAccess`, `resourceNotFound`, `limitExceeded` and what any call may throw.
    func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage
}
