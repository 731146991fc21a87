// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import StreamSession
import TestSupport

/// A store in memory with the story's tables, on a clock that only moves when told.
struct StoreFixture {
    let clock: ManualClock
    let store: LocalStore
    static let messages = "MessagesTable"
    static let staging = "StagingTable"
    static let keySchema = KeySchema(
        partition: KeyAttribute(name: "messageId", type: .string),
        sort: KeyAttribute(name: "createdAt", type: .number)
    )

    init(
        shards: Int = 1,
        viewType: StreamViewType? = .newAndOldImages,
        path: String? = nil,
        throttles: Bool = false
    ) async throws {
        self.clock = ManualClock()
        self.store = try LocalStore(
            configuration: LocalStoreConfiguration(
                path: path,
                shardsPerTable: shards,
                throttlesProvisionedTables: throttles,
                seed: 1
            ),
            clock: self.clock
        )
        for (name, stream) in [(Self.messages, viewType), (Self.staging, nil)] {
            _ = try await self.store.createTable(
                CreateTableRequest(
                    tableName: name,
                    keySchema: Self.keySchema,
                    provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 5),
                    stream: stream.map { StreamSpecification(viewType: $0) }
                )
            )
        }
    }

    static func key(_ id: String, _ time: Int = 1) -> Item {
        ["messageId": .string(id), "createdAt": .number(DecimalNumber(time))]
    }

    static func item(_ id: String, _ time: Int = 1, _ more: Item = [:]) -> Item {
        Self.key(id, time).merging(more) { $1 }
    }

    @discardableResult
    func put(_ item: Item, table: String = Self.messages) async throws -> ItemResult {
        try await self.store.putItem(PutItemRequest(tableName: table, item: item))
    }

    @discardableResult
    func delete(_ key: Item, table: String = Self.messages) async throws -> ItemResult {
        try await self.store.deleteItem(DeleteItemRequest(tableName: table, key: key))
    }

    @discardableResult
    func update(
        _ key: Item,
        _ expression: String?,
        names: [String: String] = [:],
        values: Item = [:],
        returning: ReturnValues = .none
    ) async throws -> Item? {
        try await self.store.updateItem(
            UpdateItemRequest(
                tableName: Self.messages,
                key: key,
                updateExpression: expression,
                attributeNames: names,
                attributeValues: values,
                returnValues: returning
            )
        ).attributes
    }

    func get(_ key: Item, table: String = Self.messages) async throws -> Item? {
        try await self.store.getItem(GetItemRequest(tableName: table, key: key, isConsistent: true)).attributes
    }

    func streamARN(_ table: String = Self.messages) async throws -> StreamARN {
        guard let arn = try await self.store.describeTable(table).latestStreamARN else {
            throw DynamoDBError(.resourceNotFound, "no stream")
        }
        return arn
    }

    func shards(_ arn: StreamARN? = nil) async throws -> [ShardDescription] {
        let stream: StreamARN
        if let arn { stream = arn } else { stream = try await self.streamARN() }
        return try await self.store.describeStream(DescribeStreamRequest(arn: stream)).shards
    }

    func iterator(_ shard: ShardID, _ position: ShardPosition) async throws -> ShardIterator {
        let arn = try await self.streamARN()
        return try await self.store.shardIterator(ShardIteratorRequest(arn: arn, shard: shard, position: position))
    }

    /// All records of the stream, shard by shard.
    func records() async throws -> [StreamRecord] {
        var records: [StreamRecord] = []
        for shard in try await self.shards() {
            records += try await self.store.records(at: self.iterator(shard.id, .trimHorizon), limit: 1000).records
        }
        return records
    }
}

/// The error of a call that has to fail.
func refusal(_ body: () async throws -> Void) async -> DynamoDBError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? DynamoDBError
    }
}
