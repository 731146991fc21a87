// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

public import DynamoDBModel

extension DynamoDBClient: DynamoDBStreamsAPI {
    /// Lists streams, one page.
    public func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        try await self.callStreams(.listStreams, request)
    }

    /// Describes a stream with one page of its shards.
    public func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        var (description, serviceTime) = try await self.callStreamsTimed(.describeStream, request)
        description.serviceTime = serviceTime
        return description
    }

    /// Gets a position in a shard.
    public func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        try await self.callStreams(.getShardIterator, request)
    }

    /// Reads records.
    ///
    /// - Parameters:
    ///   - iterator: Where to read.
    ///   - limit: At most so many records, 1...1000.
    /// - Returns: A page; it may be empty without being the last one.
    /// - Throws: `expiredIterator`, `trimmedDataAccess`, `resourceNotFound` and what any call may meet.
    public func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        try await self.callStreams(.getRecords, GetRecordsRequest(iterator: iterator, limit: limit))
    }
}
