// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import RecordHandlers
import StreamSession
import TestSupport

/// A store with a table of orders, whose stream is added up, and a table for the numbers.
struct AggregateFixture: Sendable {
    static let orders = "Orders"
    static let totals = "Totals"

    let store: LocalStore
    let clock: any SessionClock

    init(
        clock: any SessionClock = ManualClock(),
        shards: Int = 1,
        viewType: StreamViewType = .newAndOldImages
    ) async throws {
        self.clock = clock
        self.store = try LocalStore(
            configuration: LocalStoreConfiguration(shardsPerTable: shards, seed: 1),
            clock: clock
        )
        try await self.create(Self.orders, key: "id", stream: StreamSpecification(viewType: viewType))
        try await self.create(Self.totals, key: "group", stream: nil)
    }

    private func create(_ table: String, key: String, stream: StreamSpecification?) async throws {
        _ = try await self.store.createTable(
            CreateTableRequest(
                tableName: table,
                keySchema: KeySchema(partition: KeyAttribute(name: key, type: .string)),
                billingMode: .payPerRequest,
                stream: stream
            )
        )
    }

    // MARK: - Orders

    func put(_ id: String, _ more: Item = [:]) async throws {
        let item = more.merging(["id": .string(id)]) { $1 }
        _ = try await self.store.putItem(PutItemRequest(tableName: Self.orders, item: item))
    }

    func put(_ id: String, customer: String, total: String) async throws {
        let number = try DecimalNumber(validating: total)
        try await self.put(id, ["customer": .string(customer), "total": .number(number)])
    }

    func delete(_ id: String) async throws {
        _ = try await self.store.deleteItem(DeleteItemRequest(tableName: Self.orders, key: ["id": .string(id)]))
    }

    func stream() async throws -> StreamDescription {
        guard let arn = try await self.store.describeTable(Self.orders).latestStreamARN else {
            throw DynamoDBError(.resourceNotFound, "no stream")
        }
        return try await self.store.describeStream(DescribeStreamRequest(arn: arn))
    }

    /// The records of each shard, a batch each, as if nothing had been handled so far.
    func batches() async throws -> [RecordBatch] {
        let stream = try await self.stream()
        var batches: [RecordBatch] = []
        for (number, shard) in stream.shards.enumerated() {
            let request = ShardIteratorRequest(arn: stream.arn, shard: shard.id, position: .trimHorizon)
            let records = try await self.store.records(at: self.store.shardIterator(request), limit: 1000).records
            guard !records.isEmpty else { continue }
            batches.append(RecordBatch(id: BatchID(UInt64(number) + 1), shard: shard.id, records: records))
        }
        return batches
    }

    /// The one batch of a stream with one shard.
    func batch(_ records: Range<Int>? = nil) async throws -> RecordBatch {
        var batch = try await self.batches()[0]
        if let records { batch.records = Array(batch.records[records]) }
        return batch
    }

    // MARK: - Numbers

    func handler(
        _ definition: AggregateDefinition,
        tables: (any DynamoDBTableAPI)? = nil,
        concurrency: Int = 1,
        isDryRun: Bool = false,
        maximumWriteCapacity: Int? = nil,
        attemptLimit: Int = 10,
        report: @escaping @Sendable (EventPlan) -> Void = { _ in }
    ) async throws -> AggregateHandler {
        AggregateHandler(
            configuration: AggregateHandlerConfiguration(
                table: Self.totals,
                keyName: "group",
                stream: try await self.stream().arn,
                definition: definition,
                concurrency: concurrency,
                isDryRun: isDryRun,
                maximumWriteCapacity: maximumWriteCapacity,
                attemptLimit: attemptLimit,
                report: report
            ),
            tables: tables ?? self.store,
            streams: self.store,
            clock: self.clock,
            seed: 7
        )
    }

    /// The numbers as text, by group: `["alice": ["2", "12.5"]]`.
    func numbers() async throws -> [String: [String]] {
        let reading = try await AggregateReading.read(Self.totals, api: self.store)
        return Dictionary(uniqueKeysWithValues: reading.groups.map { ($0.name, $0.numbers.map(\.text)) })
    }

    /// Number and sum of the orders as they are now, by customer, without groups of none.
    func truth() async throws -> [String: [String]] {
        var sums: [String: (Int, DecimalNumber)] = [:]
        var after: Item?
        repeat {
            let page = try await self.store.scan(ScanRequest(tableName: Self.orders, exclusiveStartKey: after))
            for item in page.items {
                guard case .string(let customer)? = item["customer"] else { continue }
                var (count, sum) = sums[customer] ?? (0, DecimalNumber(0))
                if case .number(let total)? = item["total"] { sum = try sum.adding(total) }
                count += 1
                sums[customer] = (count, sum)
            }
            after = page.lastEvaluatedKey
        } while after != nil
        return sums.mapValues { ["\($0.0)", $0.1.text] }
    }

    /// An item of the numbers' table as it is.
    func item(_ key: String) async throws -> Item? {
        let request = GetItemRequest(tableName: Self.totals, key: ["group": .string(key)])
        return try await self.store.getItem(request).attributes
    }
}
