// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

package import DynamoDBModel
package import StreamSession
import Synchronization

/// A stream and a staging table that do what a test says, and note what is asked of them.
///
/// Closes and splits shards, trims, forgets them, lists them badly, returns empty and repeated pages, lets iterators
/// expire, throttles, fails, takes its time, hands writes back unprocessed. All time is the clock's.
package final class ScriptedService: DynamoDBStreamsAPI, DynamoDBTableAPI {
    /// A call as it was made.
    package enum Call: Hashable, Sendable {
        case describeStream
        case shardIterator(ShardID, ShardPosition)
        case records(ShardID)
        case batchWriteItem([PrimaryKey])
        case deleteItem(PrimaryKey)
    }

    /// A kind of call that can be made to fail.
    package enum Operation: Hashable, Sendable {
        case describeStream
        case shardIterator
        case records
        case batchWriteItem
        case deleteItem
    }

    /// What is wrong in general.
    package struct Manners: Sendable {
        /// How long each call takes.
        package var latency: ClosedRange<Duration>?
        /// Share of the writes of a BatchWriteItem that come back unprocessed.
        package var unprocessedShare = 0.0
        /// Share of the calls that are throttled.
        package var throttledShare = 0.0
        /// Most records in a page.
        package var pageLimit = 1000
        /// Most shards in a page of DescribeStream.
        package var shardsPerPage = 100
        /// Whether the last records of a closed shard come without a next iterator, as on AWS.
        package var endsWithRecords = true
        /// Whether DescribeStream tells what time it is.
        package var tellsTime = true
        /// How far its clock is ahead of the caller's.
        package var clockLead = Duration.zero
        /// How many of the newest records an iterator at LATEST gives all the same, as on AWS.
        package var latestSlack = 0
        /// How long an iterator lives.
        package var iteratorLife = Duration.seconds(900)

        /// Creates good manners.
        package init() {}
    }

    struct Shard: Sendable {
        var description: ShardDescription
        var records: [StreamRecord] = []
        var trimmed = 0
        var emptyPages = 0
        var repeatedPages = 0
        var isGone = false
    }

    struct Fault: Sendable {
        var operation: Operation
        var shard: ShardID?
        var error: DynamoDBError
    }

    struct State: Sendable {
        var manners: Manners
        var generator: SplitMix64
        var shards: [ShardID: Shard] = [:]
        var status = StreamStatus.enabled
        var faults: [Fault] = []
        var calls: [Call] = []
        var nextSequence = 100
        var nextEvent = 1
        var listings: [@Sendable ([ShardDescription]) -> [ShardDescription]] = []
        var items: Set<PrimaryKey> = []
        var violations: [String] = []
        var iteratorEpoch = 0
    }

    /// The stream's ARN.
    package static let streamARN = StreamARN(
        "arn:aws:dynamodb:us-east-1:000000000000:table/Staging/stream/2026-01-01T00:00:00.000"
    )
    /// The staging table's name.
    package static let table = "Staging"
    /// The staging table's key.
    package static let keyNames = ["pk"]

    let state: Mutex<State>
    let clock: any SessionClock

    /// Creates a service with an enabled stream and no shards.
    package init(clock: any SessionClock, seed: UInt64 = 0, manners: Manners = Manners()) {
        self.clock = clock
        self.state = Mutex(State(manners: manners, generator: SplitMix64(seed: seed)))
    }

    /// The calls so far, in order.
    package var calls: [Call] {
        self.state.withLock { $0.calls }
    }

    /// What a caller did that the service forbids.
    package var violations: [String] {
        self.state.withLock { $0.violations }
    }

    /// Keys in the staging table.
    package var items: Set<PrimaryKey> {
        self.state.withLock { $0.items }
    }

    /// Takes time, notes the call, and fails if it is to.
    func begin(_ call: Call, _ operation: Operation, shard: ShardID? = nil) async throws(DynamoDBError) {
        let pause = self.state.withLock { state -> Duration? in
            state.calls.append(call)
            guard let latency = state.manners.latency else { return nil }
            let range = latency.lowerBound.wholeMilliseconds...latency.upperBound.wholeMilliseconds
            return .milliseconds(Int64.random(in: range, using: &state.generator))
        }
        do {
            try Task.checkCancellation()
            if let pause { try await self.clock.sleep(for: pause) }
        } catch {
            throw DynamoDBError(.cancelled, "the call was cancelled")
        }
        let error = self.state.withLock { state -> DynamoDBError? in
            if let index = state.faults.firstIndex(where: {
                $0.operation == operation && ($0.shard == nil || $0.shard == shard)
            }) {
                return state.faults.remove(at: index).error
            }
            guard state.manners.throttledShare > 0 else { return nil }
            let isThrottled = Double.random(in: 0..<1, using: &state.generator) < state.manners.throttledShare
            return isThrottled ? DynamoDBError(.throttling, "Rate exceeded", status: 400) : nil
        }
        if let error { throw error }
    }
}
