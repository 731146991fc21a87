// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import StreamSession
import TestSupport
import Testing

@testable import Simulation

@Suite(.timeLimit(.minutes(1)))
struct RecordedStreamTests {
    private let world = SimulatedTime(beginning: MadeArrivals.beginning)

    /// Reads a shard once, behind so many records and so many milliseconds after the beginning.
    private func read(
        _ shard: RecordedArrivals.Shard,
        after sequence: Int? = nil,
        at time: Int,
        limit: Int = 1000
    ) throws -> RecordPage {
        let world = self.world
        return try world.run {
            let stream = RecordedStream(MadeArrivals.arrivals([shard]), clock: world)
            try await world.sleep(for: .milliseconds(time))
            let position = sequence.map { ShardPosition.after(ScriptedService.sequence($0)) } ?? .trimHorizon
            let request = ShardIteratorRequest(arn: ScriptedService.streamARN, shard: shard.id, position: position)
            return try await stream.records(at: try await stream.shardIterator(request), limit: limit)
        }
    }

    @Test func aReadBringsWhatHasArrivedByThen() throws {
        let shard = MadeArrivals.shard(1, at: [0, 100, 200])
        #expect(try self.read(shard, at: 100).records == Array(shard.records[..<2]))
        #expect(try self.read(shard, after: 100, at: 0).records == [shard.records[1]])
    }

    @Test func aPageHasAThousandRecordsAtTheMost() throws {
        let shard = MadeArrivals.shard(1, at: 0..<2500)
        #expect(try self.read(shard, at: 5000, limit: 5000).records.count == 1000)
        #expect(try self.read(shard, at: 0, limit: 30).records.count == 30)
        #expect(try self.read(shard, after: 100 + 2399, at: 0).records.count == 100)
    }

    @Test(arguments: [(400_000, 2), (1 << 20, 1), (2_000_000, 1)])
    func aPageHasAMegabyteAtTheMostButOneRecord(size: Int, count: Int) throws {
        #expect(try self.read(MadeArrivals.shard(1, at: 0..<9, size: size), at: 100).records.count == count)
    }

    @Test func aClosedShardEndsWithItsLastRecords() throws {
        let shard = MadeArrivals.shard(1, at: [0, 100], closedAt: 300)
        #expect(try self.read(shard, at: 200).next != nil)
        #expect(try self.read(shard, at: 100).next == nil)
        #expect(try self.read(shard, at: 0, limit: 1).next != nil)
    }

    @Test func anIteratorExpiresAfterFifteenMinutes() throws {
        let world = self.world
        let code = try world.run { () -> DynamoDBError.Code? in
            let shard = MadeArrivals.shard(1, at: [0])
            let stream = RecordedStream(MadeArrivals.arrivals([shard]), clock: world)
            let request = ShardIteratorRequest(arn: ScriptedService.streamARN, shard: shard.id, position: .latest)
            let iterator = try await stream.shardIterator(request)
            try await world.sleep(for: .seconds(900))
            let page = try await stream.records(at: iterator, limit: 10)
            try await world.sleep(for: .seconds(901))
            do throws(DynamoDBError) {
                _ = try await stream.records(at: page.next ?? iterator, limit: 10)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code == .expiredIterator)
    }

    @Test func aCallTakesAsLongAsReadsOfTheSessionTook() throws {
        let world = self.world
        let count = try world.run {
            let shard = MadeArrivals.shard(1, at: [0, 14, 15])
            let arrivals = MadeArrivals.arrivals([shard], readTime: .milliseconds(7))
            let stream = RecordedStream(arrivals, clock: world)
            let request = ShardIteratorRequest(arn: ScriptedService.streamARN, shard: shard.id, position: .trimHorizon)
            return try await stream.records(at: try await stream.shardIterator(request), limit: 10).records.count
        }
        #expect(count == 2)
        // One call for the iterator, and the read.
        #expect(world.now == MadeArrivals.time(14))
    }

    @Test func shardsAreListedAsTheyCameAndPageByPage() throws {
        let world = self.world
        var shards = (1...120).map { MadeArrivals.shard($0, at: [0]) }
        shards[119].listedAt = MadeArrivals.time(5000)
        shards[0].closedAt = MadeArrivals.time(5000)
        let arrivals = MadeArrivals.arrivals(shards)
        let lists = try world.run { () -> [StreamDescription] in
            let stream = RecordedStream(arrivals, clock: world)
            var request = DescribeStreamRequest(arn: ScriptedService.streamARN)
            let first = try await stream.describeStream(request)
            request.exclusiveStartShardID = first.lastEvaluatedShardID
            let second = try await stream.describeStream(request)
            try await world.sleep(for: .seconds(5))
            return [first, second, try await stream.describeStream(request)]
        }
        #expect(lists.map(\.shards.count) == [100, 19, 20])
        #expect(lists.map { $0.lastEvaluatedShardID == nil } == [false, true, true])
        #expect(lists[0].shards[0].isClosed == false)
    }
}
