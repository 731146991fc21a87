// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession
import Synchronization

/// The stream of a recorded session, which answers as the service would have answered at each moment of another run.
package final class RecordedStream: DynamoDBStreamsAPI {
    /// Records in a page.
    ///
    /// - Source: DynamoDB Streams API reference, GetRecords.
    static let pageRecords = 1000
    /// Bytes in a page.
    ///
    /// - Source: as above, "1 MB".
    static let pageBytes = 1 << 20
    /// Shards in an answer of DescribeStream.
    private static let pageShards = 100
    /// How long an iterator lives.
    ///
    /// - Source: DynamoDB Streams API reference, GetShardIterator.
    private static let iteratorLife = Duration.seconds(900)

    private let arrivals: RecordedArrivals
    private let clock: any SessionClock
    private let places: [ShardID: Int]
    private let readCount = Atomic<Int>(0)

    /// Creates a stream.
    package init(_ arrivals: RecordedArrivals, clock: any SessionClock) {
        self.arrivals = arrivals
        self.clock = clock
        let ids = arrivals.shards.map(\.id)
        self.places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    }

    /// GetRecords calls so far.
    package var reads: Int { self.readCount.load(ordering: .relaxed) }

    /// Lists the one stream.
    package func listStreams(_ request: ListStreamsRequest) async throws(DynamoDBError) -> StreamList {
        let description = self.arrivals.description
        return StreamList(streams: [
            StreamSummary(arn: description.streamARN, tableName: description.tableName, label: "recorded")
        ])
    }

    /// Describes the stream as it is now, page by page.
    package func describeStream(_ request: DescribeStreamRequest) async throws(DynamoDBError) -> StreamDescription {
        try await self.takeTime()
        let description = self.arrivals.description
        let now = self.clock.now
        let rest = self.arrivals.shards.filter { shard in
            shard.listedAt <= now && (request.exclusiveStartShardID.map { $0 < shard.id } ?? true)
        }
        let page = rest.prefix(Self.pageShards)
        return StreamDescription(
            arn: description.streamARN,
            label: "recorded",
            tableName: description.tableName,
            status: .enabled,
            viewType: description.viewType,
            keyNames: description.keyNames,
            shards: page.map { Self.description(of: $0, now: now) },
            lastEvaluatedShardID: page.count < rest.count ? page.last?.id : nil,
            serviceTime: now
        )
    }

    /// Gives an iterator.
    package func shardIterator(_ request: ShardIteratorRequest) async throws(DynamoDBError) -> ShardIterator {
        guard let place = self.places[request.shard] else {
            throw DynamoDBError(.resourceNotFound, "Requested resource not found: Shard: \(request.shard)")
        }
        try await self.takeTime()
        let records = self.arrivals.shards[place].records
        let now = self.clock.now
        let index =
            switch request.position {
            case .trimHorizon: 0
            case .latest: records.firstIndex { $0.createdAt > now } ?? records.count
            case .at(let number): records.firstIndex { $0.sequenceNumber >= number } ?? records.count
            case .after(let number): records.firstIndex { $0.sequenceNumber > number } ?? records.count
            }
        return self.iterator(place, index)
    }

    /// Reads what has arrived by the time of the answer.
    package func records(at iterator: ShardIterator, limit: Int) async throws(DynamoDBError) -> RecordPage {
        let parts = iterator.text.split(separator: "|").map { Int64($0) }
        guard parts.count == 3, let place = parts[0].map(Int.init), let start = parts[1].map(Int.init),
            let issuedAt = parts[2], self.arrivals.shards.indices.contains(place)
        else { throw DynamoDBError(.validation, "Invalid ShardIterator") }
        guard self.clock.now.since(Timestamp(milliseconds: issuedAt)) <= Self.iteratorLife else {
            throw DynamoDBError(.expiredIterator, "Iterator expired")
        }
        try await self.takeTime()
        self.readCount.wrappingAdd(1, ordering: .relaxed)
        let now = self.clock.now
        let shard = self.arrivals.shards[place]
        let most = min(shard.records.count, start + min(limit, Self.pageRecords))
        var end = start
        var bytes = 0
        while end < most, shard.records[end].createdAt <= now {
            bytes += shard.records[end].size.bytes
            guard bytes <= Self.pageBytes || end == start else { break }
            end += 1
        }
        let isOver = end == shard.records.count && shard.closedAt.map { $0 <= now } ?? false
        return RecordPage(records: Array(shard.records[start..<end]), next: isOver ? nil : self.iterator(place, end))
    }

    /// Takes as long as a read took in the session: the other calls are of the same kind.
    private func takeTime() async throws(DynamoDBError) {
        guard self.arrivals.readTime > .zero else { return }
        do {
            try await self.clock.sleep(for: self.arrivals.readTime)
        } catch {
            throw DynamoDBError(.cancelled, "the call was cancelled")
        }
    }

    private func iterator(_ place: Int, _ index: Int) -> ShardIterator {
        ShardIterator("\(place)|\(index)|\(self.clock.now.milliseconds)")
    }

    // Numbers of a shard mean nothing beside its records: a closed one needs an end, whichever.
    private static func description(of shard: RecordedArrivals.Shard, now: Timestamp) -> ShardDescription {
        let start = shard.records.first?.sequenceNumber ?? Self.number
        let isClosed = shard.closedAt.map { $0 <= now } ?? false
        let end = isClosed ? shard.records.last?.sequenceNumber ?? start : nil
        return ShardDescription(id: shard.id, parent: shard.parent, range: SequenceRange(start: start, end: end))
    }

    private static let number: SequenceNumber = {
        guard let number = SequenceNumber("0") else { preconditionFailure("0 is a number") }
        return number
    }()
}
