// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBClient
import DynamoDBModel
import StreamSession
import Synchronization
import TestSupport
import Testing

/// The client, which tries a call three times, against an endpoint that lets requests fail.
@Suite("The client against injected faults", .timeLimit(.minutes(1)))
struct InjectedFaultTests {
    private static let table = "Table"

    /// Lends a client of an endpoint with one table, which has a stream.
    private static func with(
        _ faults: String...,
        clock: any SessionClock = ImmediateClock(),
        _ body: (DynamoDBClient) async throws -> Void
    ) async throws {
        try await withLocalEndpoint(clock: clock, faults: faults) { url in
            try await DynamoDBClient.with(url) { client in
                _ = try await client.createTable(
                    CreateTableRequest(
                        tableName: Self.table,
                        keySchema: KeySchema(partition: KeyAttribute(name: "id", type: .string)),
                        billingMode: .payPerRequest,
                        stream: StreamSpecification(viewType: .keysOnly)
                    )
                )
                try await body(client)
            }
        }
    }

    private static func item(_ id: String) -> Item { ["id": .string(id)] }

    private static func put(_ client: DynamoDBClient, _ id: String) async throws {
        _ = try await client.putItem(PutItemRequest(tableName: Self.table, item: Self.item(id)))
    }

    private static func has(_ client: DynamoDBClient, _ id: String) async throws -> Bool {
        try await client.getItem(GetItemRequest(tableName: Self.table, key: Self.item(id))).attributes != nil
    }

    /// An iterator at the beginning of the table's only shard.
    private static func iterator(_ client: DynamoDBClient) async throws -> ShardIterator {
        let arn = try #require(try await client.describeTable(Self.table).latestStreamARN)
        let stream = try await client.describeStream(DescribeStreamRequest(arn: arn))
        return try await client.shardIterator(
            ShardIteratorRequest(arn: arn, shard: try #require(stream.shards.first).id, position: .trimHorizon)
        )
    }

    private static func error(_ body: () async throws -> Void) async -> DynamoDBError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? DynamoDBError
        }
    }

    @Test(arguments: [
        "error=ProvisionedThroughputExceededException", "error=InternalServerError",
        "error=ServiceUnavailable,status=503", "drop",
        "drop-answer", "corrupt",
    ])
    func whatPassesIsRepeated(kind: String) async throws {
        try await Self.with("PutItem:\(kind),count=2") { client in
            try await Self.put(client, "a")
            #expect(try await Self.has(client, "a"))
        }
    }

    @Test(arguments: [
        ("error=ThrottlingException", "ThrottlingException"), ("drop-answer", "ConnectionFailed"),
        ("corrupt", "ChecksumMismatch"),
    ])
    func whatIsRepeatedIsToldToWhoListens(kind: String, code: String) async throws {
        try await Self.with("PutItem:\(kind),count=2") { client in
            let told = Mutex<[FailedCall]>([])
            let listener = FailedCall.Listener { call in told.withLock { $0.append(call) } }
            try await FailedCall.$listener.withValue(listener) {
                try await Self.put(client, "a")
            }
            let calls = told.withLock { $0 }
            #expect(calls.map(\.operation) == ["PutItem", "PutItem"] && calls.map(\.code) == [code, code])
            #expect(calls.map(\.isThrottling) == Array(repeating: code == "ThrottlingException", count: 2))
        }
    }

    @Test func aReaderThatTriesAgainItselfHearsOfEachFailureAtOnce() async throws {
        try await Self.with("GetRecords:error=InternalServerError,count=1", "PutItem:drop,count=1") { client in
            let reader = client.reportingReadFailures()
            let iterator = try await Self.iterator(reader)
            let error = await Self.error { _ = try await reader.records(at: iterator, limit: 10) }
            #expect(error?.code == .internalServerError)
            _ = try await reader.records(at: iterator, limit: 10)
            // Calls of tables are repeated as before.
            try await Self.put(reader, "a")
        }
    }

    @Test(arguments: [
        ("error=ThrottlingException", DynamoDBError.Code.throttling),
        ("error=InternalServerError", .internalServerError),
        ("drop", .connectionFailed), ("drop-answer", .connectionFailed), ("corrupt", .checksumMismatch),
    ])
    func whatDoesNotPassIsNamed(kind: String, code: DynamoDBError.Code) async throws {
        try await Self.with("PutItem:\(kind)") { client in
            let error = await Self.error { try await Self.put(client, "a") }
            #expect(error?.code == code, "\(String(describing: error))")
        }
    }

    @Test func anErrorHasTheCodeTextAndStatusThatWereAskedFor() async throws {
        try await Self.with("PutItem:error=AccessDeniedException,status=403,message=no, never") { client in
            let error = await Self.error { try await Self.put(client, "a") }
            #expect(error?.code == .accessDenied && error?.status == 403)
            #expect(error?.message == "no, never")
        }
    }

    /// Whether a request was done cannot be told from a connection that broke.
    @Test(arguments: [("error=InternalServerError", false), ("drop", false), ("drop-answer", true), ("corrupt", true)])
    func onlySomeAreDone(kind: String, isDone: Bool) async throws {
        try await Self.with("PutItem:\(kind)") { client in
            let error = await Self.error { try await Self.put(client, "a") }
            #expect(error != nil)
            let isThere = try await Self.has(client, "a")
            #expect(isThere == isDone)
        }
    }

    @Test func othersKeepTheirConnection() async throws {
        try await Self.with("PutItem:drop,count=3") { client in
            async let lost = Self.error { try await Self.put(client, "a") }
            for _ in 1...20 { #expect(try await Self.has(client, "b") == false) }
            _ = await lost
            try await Self.put(client, "a")
        }
    }

    @Test func latencyLetsARequestWait() async throws {
        let clock = ManualClock()
        try await Self.with("PutItem:latency=200ms", clock: clock) { client in
            async let put: Void = Self.put(client, "a")
            await clock.waitForSleepers()
            let isThere = try await Self.has(client, "a")
            #expect(!isThere)
            clock.advance(by: .milliseconds(199))
            #expect(clock.sleeperCount == 1)
            clock.advance(by: .milliseconds(1))
            try await put
            #expect(try await Self.has(client, "a"))
        }
    }

    @Test func someWritesOfABatchAreLeft() async throws {
        try await Self.with("BatchWriteItem:unprocessed,rate=0.3") { client in
            let ids = (0..<25).map { "i\($0)" }
            let writes = ids.map { WriteRequest.put(Self.item($0)) }
            let result = try await client.batchWriteItem(
                BatchWriteItemRequest(requestItems: [Self.table: writes], returnConsumedCapacity: .total)
            )
            let left = try #require(result.unprocessedItems[Self.table])
            #expect((1...24).contains(left.count) && result.unprocessedItems.count == 1)
            #expect(result.consumedCapacity.map(\.capacityUnits) == [Double(25 - left.count)])
            for id in ids {
                #expect(try await Self.has(client, id) != left.contains(.put(Self.item(id))), "\(id)")
            }
        }
    }

    @Test func aBatchOfWhichAllIsLeftIsRefused() async throws {
        try await Self.with("BatchWriteItem:unprocessed") { client in
            let request = BatchWriteItemRequest(requestItems: [Self.table: [.put(Self.item("a"))]])
            let error = await Self.error { _ = try await client.batchWriteItem(request) }
            #expect(error?.code == .provisionedThroughputExceeded)
            let isThere = try await Self.has(client, "a")
            #expect(!isThere)
        }
    }

    @Test func anIteratorExpiresAndIsGoodAgain() async throws {
        try await Self.with("GetRecords:expire-iterator,count=1") { client in
            try await Self.put(client, "a")
            let iterator = try await Self.iterator(client)
            let error = await Self.error { _ = try await client.records(at: iterator, limit: 10) }
            #expect(error?.code == .expiredIterator)
            #expect(try await client.records(at: iterator, limit: 10).records.count == 1)
        }
    }

    @Test func aStreamIsTrimmedBeneathItsReader() async throws {
        try await Self.with("GetRecords:trim,after=1") { client in
            try await Self.put(client, "a")
            let iterator = try await Self.iterator(client)
            #expect(try await client.records(at: iterator, limit: 10).records.count == 1)
            let error = await Self.error { _ = try await client.records(at: iterator, limit: 10) }
            #expect(error?.code == .trimmedDataAccess)
        }
    }

    @Test func aShardIsSplitBeneathItsReader() async throws {
        try await Self.with("GetRecords:split,count=1") { client in
            try await Self.put(client, "a")
            let page = try await client.records(at: Self.iterator(client), limit: 10)
            #expect(page.records.count == 1 && page.next == nil)
            let arn = try #require(try await client.describeTable(Self.table).latestStreamARN)
            let shards = try await client.describeStream(DescribeStreamRequest(arn: arn)).shards
            #expect(shards.map(\.isClosed) == [true, false, false])
        }
    }
}
