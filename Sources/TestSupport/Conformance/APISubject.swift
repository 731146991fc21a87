// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel

/// The implementation under test, and what cases need again and again.
struct APISubject: Sendable {
    let api: any DynamoDBTableAPI & DynamoDBStreamsAPI
    /// What names of this case's tables begin with: cases share a service.
    let prefix: String

    /// The key of most tables here: `pk`, a string, and `sk`, a number.
    static let keys = KeySchema(
        partition: KeyAttribute(name: "pk", type: .string),
        sort: KeyAttribute(name: "sk", type: .number)
    )

    /// Creates an on-demand table.
    func table(
        _ name: String = "table",
        keys: KeySchema = Self.keys,
        stream: StreamViewType? = nil
    ) async throws -> TableDescription {
        try await self.api.createTable(
            CreateTableRequest(
                tableName: self.prefix + name,
                keySchema: keys,
                billingMode: .payPerRequest,
                stream: stream.map { StreamSpecification(viewType: $0) }
            )
        )
    }

    /// Creates an on-demand table with a stream.
    func streamingTable(
        _ viewType: StreamViewType = .newAndOldImages,
        keys: KeySchema = Self.keys
    ) async throws -> (table: String, stream: StreamARN) {
        let table = try await self.table(keys: keys, stream: viewType)
        guard let stream = table.latestStreamARN else { throw APIConformanceFailure("CreateTable tells no stream") }
        return (table.tableName, stream)
    }

    /// An item of the usual key.
    func item(_ partition: String, _ sort: Int, _ more: Item = [:]) -> Item {
        ["pk": stringValue(partition), "sk": numberValue("\(sort)")].merging(more) { $1 }
    }

    func put(_ table: String, _ item: Item) async throws {
        _ = try await self.api.putItem(PutItemRequest(tableName: table, item: item))
    }

    func delete(_ table: String, _ key: Item) async throws {
        _ = try await self.api.deleteItem(DeleteItemRequest(tableName: table, key: key))
    }

    func get(_ table: String, _ key: Item) async throws -> Item? {
        try await self.api.getItem(GetItemRequest(tableName: table, key: key, isConsistent: true)).attributes
    }

    @discardableResult
    func update(
        _ table: String,
        _ key: Item,
        _ expression: String?,
        names: [String: String] = [:],
        values: Item = [:],
        returns: ReturnValues = .none
    ) async throws -> Item? {
        try await self.api.updateItem(
            UpdateItemRequest(
                tableName: table,
                key: key,
                updateExpression: expression,
                attributeNames: names,
                attributeValues: values,
                returnValues: returns
            )
        ).attributes
    }

    func batch(_ items: [String: [WriteRequest]]) async throws {
        let result = try await self.api.batchWriteItem(BatchWriteItemRequest(requestItems: items))
        try check(result.unprocessedItems.isEmpty, "items are left unprocessed")
    }

    /// All shards of a stream.
    func shards(_ stream: StreamARN) async throws -> [ShardDescription] {
        var shards: [ShardDescription] = []
        var last: ShardID?
        repeat {
            let page = try await self.api.describeStream(
                DescribeStreamRequest(arn: stream, exclusiveStartShardID: last)
            )
            shards += page.shards
            last = page.lastEvaluatedShardID
        } while last != nil
        return shards
    }

    func iterator(_ stream: StreamARN, _ shard: ShardID, _ position: ShardPosition) async throws -> ShardIterator {
        try await self.api.shardIterator(ShardIteratorRequest(arn: stream, shard: shard, position: position))
    }

    /// Reads a shard until it has no more for now.
    func read(_ stream: StreamARN, _ shard: ShardID, _ position: ShardPosition) async throws -> [StreamRecord] {
        try await self.read(from: self.iterator(stream, shard, position))
    }

    func read(from iterator: ShardIterator, limit: Int = 1000) async throws -> [StreamRecord] {
        var records: [StreamRecord] = []
        var next: ShardIterator? = iterator
        while let iterator = next {
            let page = try await self.api.records(at: iterator, limit: limit)
            records += page.records
            next = page.records.isEmpty ? nil : page.next
        }
        return records
    }

    /// All records of a stream, shard by shard.
    func records(_ stream: StreamARN) async throws -> [StreamRecord] {
        var records: [StreamRecord] = []
        for shard in try await self.shards(stream) { records += try await self.read(stream, shard.id, .trimHorizon) }
        return records
    }

    /// Writes some items of one partition and says in which shard their records are.
    func filled(
        _ count: Int = 5
    ) async throws -> (table: String, stream: StreamARN, shard: ShardDescription, records: [StreamRecord]) {
        let (table, stream) = try await self.streamingTable()
        for index in 0..<count { try await self.put(table, self.item("a", index)) }
        for shard in try await self.shards(stream) {
            let records = try await self.read(stream, shard.id, .trimHorizon)
            if records.isEmpty { continue }
            try checkEqual(records.count, count, "the number of records")
            return (table, stream, shard, records)
        }
        throw APIConformanceFailure("no shard has a record")
    }
}
