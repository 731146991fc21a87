// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
import StreamSession
import Synchronization

extension ScriptedService {
    /// Lists the one stream.
    package func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        StreamList(streams: [
            StreamSummary(arn: Self.streamARN, tableName: Self.table, label: "2026-01-01T00:00:00.000")
        ])
    }

    /// Describes the stream, page by page.
    package func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        try await self.begin(.describeStream, .describeStream)
        guard request.arn == Self.streamARN else {
            throw DynamoDBError(.resourceNotFound, "Requested resource not found: Stream: \(request.arn) not found")
        }
        let now = self.clock.now
        return self.state.withLock { state in
            var shards = state.shards.values.filter { !$0.isGone }.map(\.description).sorted { $0.id < $1.id }
            if let falsify = state.listings.first {
                shards = falsify(shards)
                // A list is over with its last page.
                if shards.filter({ request.isBefore($0.id) }).count <= state.manners.shardsPerPage {
                    state.listings.removeFirst()
                }
            }
            let rest = shards.filter { request.isBefore($0.id) }
            let page = Array(rest.prefix(state.manners.shardsPerPage))
            return StreamDescription(
                arn: Self.streamARN,
                label: "2026-01-01T00:00:00.000",
                tableName: Self.table,
                status: state.status,
                viewType: .newAndOldImages,
                keyNames: Self.keyNames,
                shards: page,
                lastEvaluatedShardID: page.count < rest.count ? page.last?.id : nil,
                serviceTime: state.manners.tellsTime ? now.advanced(by: state.manners.clockLead) : nil
            )
        }
    }

    /// Gives an iterator.
    package func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        try await self.begin(.shardIterator(request.shard, request.position), .shardIterator, shard: request.shard)
        let now = self.clock.now
        return try self.state.withLock { (state: inout sending State) throws(DynamoDBError) -> ShardIterator in
            guard let shard = state.shards[request.shard], !shard.isGone else {
                throw DynamoDBError(.resourceNotFound, "Shard \(request.shard) not found")
            }
            let index: Int
            switch request.position {
            case .trimHorizon: index = shard.trimmed
            case .latest: index = max(shard.trimmed, shard.records.count - state.manners.latestSlack)
            case .at(let number): index = shard.records.count { $0.sequenceNumber < number }
            case .after(let number): index = shard.records.count { $0.sequenceNumber <= number }
            }
            guard index >= shard.trimmed else {
                throw DynamoDBError(.trimmedDataAccess, "The position is older than the trim horizon")
            }
            return ShardIterator("\(request.shard)|\(index)|\(now.milliseconds)|\(state.iteratorEpoch)")
        }
    }

    /// Reads.
    package func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        let parts = iterator.text.split(separator: "|")
        guard parts.count == 4, let index = Int(parts[1]), let issuedAt = Int64(parts[2]), let epoch = Int(parts[3])
        else { throw DynamoDBError(.validation, "Invalid ShardIterator") }
        let id = ShardID(String(parts[0]))
        try await self.begin(.records(id), .records, shard: id)
        let now = self.clock.now
        return try self.state.withLock { (state: inout sending State) throws(DynamoDBError) -> RecordPage in
            guard var shard = state.shards[id], !shard.isGone else {
                throw DynamoDBError(.resourceNotFound, "Shard \(id) not found")
            }
            let life = now.since(Timestamp(milliseconds: issuedAt))
            guard epoch == state.iteratorEpoch, life <= state.manners.iteratorLife else {
                throw DynamoDBError(.expiredIterator, "Iterator expired")
            }
            guard index >= shard.trimmed else {
                throw DynamoDBError(.trimmedDataAccess, "The position is older than the trim horizon")
            }
            var end = min(index + min(limit, state.manners.pageLimit), shard.records.count)
            if shard.emptyPages > 0 {
                shard.emptyPages -= 1
                end = index
            }
            let page = Array(shard.records[index..<end])
            let isEnd =
                shard.description.isClosed && end == shard.records.count && shard.emptyPages == 0
                && (page.isEmpty || state.manners.endsWithRecords)
            var next = end
            if shard.repeatedPages > 0, !page.isEmpty {
                shard.repeatedPages -= 1
                next = index
            }
            state.shards[id] = shard
            guard !isEnd || next != end else { return RecordPage(records: page, next: nil) }
            let text = "\(id)|\(next)|\(now.milliseconds)|\(state.iteratorEpoch)"
            return RecordPage(records: page, next: ShardIterator(text))
        }
    }
}

extension DescribeStreamRequest {
    fileprivate func isBefore(_ shard: ShardID) -> Bool {
        self.exclusiveStartShardID.map { $0 < shard } ?? true
    }
}
