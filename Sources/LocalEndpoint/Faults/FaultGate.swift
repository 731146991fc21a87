// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import StreamSession

/// Where faults meet requests, on the way to an operation and back.
struct FaultGate: Sendable {
    /// How a request came through.
    enum Passage {
        /// With the body of an answer; one byte of it is to change behind its checksum if there is a random number.
        case answer([UInt8], corruption: UInt64? = nil)
        /// Without an answer: the connection is to be closed.
        case hangUp
    }

    private typealias Batch = WireOperation<BatchWriteItemRequest, BatchWriteItemResult>

    let injector: FaultInjector
    let store: LocalStore
    let clock: any SessionClock
    let log: RequestLog

    /// Does a request, unless a fault prevents it.
    ///
    /// - Parameters:
    ///   - operation: What is asked for.
    ///   - body: The request.
    ///   - perform: Does a request and returns the body of the answer.
    /// - Returns: How it ended.
    /// - Throws: The operation's error, or the fault's.
    func pass(
        _ operation: EndpointOperation,
        _ body: [UInt8],
        perform: (_ body: [UInt8]) async throws(DynamoDBError) -> [UInt8]
    ) async throws(DynamoDBError) -> Passage {
        guard !operation.isControl, !self.injector.isEmpty else { return .answer(try await perform(body)) }
        let batch = operation.name == Batch.batchWriteItem.name ? try? Batch.batchWriteItem.decodeInput(body) : nil
        let plan = self.injector.plan(operation.name, writes: batch?.requestItems.values.map(\.count).reduce(0, +) ?? 0)
        for kind in plan.kinds { self.log.inject(operation.name, kind) }
        if plan.latency > .zero {
            // Whoever ends the endpoint meanwhile ends the request as well.
            guard (try? await self.clock.sleep(for: plan.latency)) != nil else { return .hangUp }
        }
        switch plan.action ?? .wait {
        case .wait: return .answer(try await perform(body))
        case .error(let error): throw error
        case .drop: return .hangUp
        case .dropAnswer:
            _ = try await perform(body)
            return .hangUp
        case .corrupt(let random): return .answer(try await perform(body), corruption: random)
        case .unprocessed(let left):
            guard let batch else { return .answer(try await perform(body)) }
            return .answer(try await self.perform(batch, without: left, perform))
        case .trim:
            if let table = Self.table(body) { _ = try? self.store.trim(table: table) }
            return .answer(try await perform(body))
        case .split:
            await self.split(body)
            return .answer(try await perform(body))
        }
    }

    /// Does a batch but for the writes at some places, and gives those back.
    private func perform(
        _ batch: BatchWriteItemRequest,
        without left: Set<Int>,
        _ perform: (_ body: [UInt8]) async throws(DynamoDBError) -> [UInt8]
    ) async throws(DynamoDBError) -> [UInt8] {
        var part = BatchWriteItemRequest(requestItems: [:], returnConsumedCapacity: batch.returnConsumedCapacity)
        var rest: [String: [WriteRequest]] = [:]
        var place = 0
        for (table, writes) in batch.requestItems.sorted(by: { $0.key < $1.key }) {
            for write in writes {
                if left.contains(place) {
                    rest[table, default: []].append(write)
                } else {
                    part.requestItems[table, default: []].append(write)
                }
                place += 1
            }
        }
        // The service refuses a batch of which it can do nothing.
        guard !part.requestItems.isEmpty else {
            throw FaultSpecification("*", .error, code: .provisionedThroughputExceeded).error
        }
        var result = try Batch.batchWriteItem.decodeOutput(
            try await perform(Batch.batchWriteItem.encodeInput(part))
        )
        result.unprocessedItems.merge(rest) { $0 + $1 }
        return Batch.batchWriteItem.encodeOutput(result)
    }

    /// Splits an open shard of the stream that a GetRecords reads.
    private func split(_ body: [UInt8]) async {
        guard let table = Self.table(body), let arn = Self.stream(body),
            let stream = try? await self.store.describeStream(DescribeStreamRequest(arn: arn)),
            let shard = stream.shards.first(where: { !$0.isClosed })
        else { return }
        _ = try? self.store.split(table: table, shard: shard.id)
    }

    /// The stream that a GetRecords reads.
    private static func stream(_ body: [UInt8]) -> StreamARN? {
        let input = try? WireOperation<GetRecordsRequest, RecordPage>.getRecords.decodeInput(body)
        return input.map { StreamARN(String($0.iterator.text.prefix { $0 != "|" })) }
    }

    private static func table(_ body: [UInt8]) -> String? { Self.stream(body)?.tableName }
}
