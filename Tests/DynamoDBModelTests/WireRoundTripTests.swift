// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// What one side writes, the other side reads.
@Suite struct WireRoundTripTests {
    private let schema = KeySchema(
        partition: KeyAttribute(name: "createdAt", type: .number),
        sort: KeyAttribute(name: "messageId", type: .string)
    )
    private let item: Item = ["createdAt": .number(DecimalNumber(7)), "messageId": .string("a\"\\\u{1}é😀")]
    private let arn = StreamARN("arn:aws:dynamodb:eu-west-1:000000000000:table/staging/stream/2026-01-02T03:04:05.678")

    private func input<Input: Equatable, Output>(_ operation: WireOperation<Input, Output>, _ input: Input) throws {
        #expect(try operation.decodeInput(operation.encodeInput(input)) == input)
    }

    private func output<Input, Output: Equatable>(_ operation: WireOperation<Input, Output>, _ output: Output) throws {
        #expect(try operation.decodeOutput(operation.encodeOutput(output)) == output)
    }

    @Test func requestsForTables() throws {
        try self.input(
            .createTable,
            CreateTableRequest(
                tableName: "staging",
                keySchema: self.schema,
                billingMode: .payPerRequest,
                stream: StreamSpecification(viewType: .newAndOldImages),
                tags: [TableTag(key: "team", value: "x")],
                isDeletionProtected: true
            )
        )
        try self.input(
            .createTable,
            CreateTableRequest(
                tableName: "staging",
                keySchema: KeySchema(partition: KeyAttribute(name: "id", type: .binary)),
                provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 2)
            )
        )
        try self.input(.updateTable, UpdateTableRequest(tableName: "t", stream: StreamSpecification(viewType: nil)))
        try self.input(.updateTable, UpdateTableRequest(tableName: "t", isDeletionProtected: false))
        try self.input(.listTables, ListTablesRequest(limit: 3, exclusiveStartTableName: "s"))
        try self.input(.describeTable, "t")
        try self.input(.deleteTable, "t")
    }

    @Test func answersAboutTables() throws {
        var table = TableDescription(
            tableName: "staging",
            arn: "arn:aws:dynamodb:eu-west-1:000000000000:table/staging",
            id: "0b9b8f6e-4a5c-4a39-8c34-0b5f8d9a1c11",
            keySchema: self.schema,
            billingMode: .payPerRequest,
            payPerRequestSince: Timestamp(milliseconds: 1_730_000_000_001),
            createdAt: Timestamp(milliseconds: 1_730_000_000_120),
            itemCount: 3,
            size: ByteCount(99),
            streamViewType: .keysOnly,
            latestStreamARN: self.arn,
            latestStreamLabel: "2026-01-02T03:04:05.678",
            isDeletionProtected: true
        )
        try self.output(.createTable, table)
        try self.output(.describeTable, table)
        table.billingMode = .provisioned
        table.payPerRequestSince = nil
        table.streamViewType = nil
        try self.output(.updateTable, table)
        try self.output(.deleteTable, table)
        try self.output(.listTables, TableList(tableNames: ["a", "b"], lastEvaluatedTableName: "b"))
    }

    @Test func requestsForItems() throws {
        try self.input(
            .putItem,
            PutItemRequest(tableName: "t", item: self.item, returnValues: .allOld, returnConsumedCapacity: .indexes)
        )
        try self.input(.getItem, GetItemRequest(tableName: "t", key: self.item, isConsistent: true))
        try self.input(.deleteItem, DeleteItemRequest(tableName: "t", key: self.item, returnConsumedCapacity: .total))
        try self.input(
            .updateItem,
            UpdateItemRequest(
                tableName: "t",
                key: self.item,
                updateExpression: "SET #a = :b",
                conditionExpression: "#a <> :b",
                attributeNames: ["#a": "x"],
                attributeValues: [":b": .bool(true)],
                returnValues: .updatedNew,
                returnValuesOnConditionCheckFailure: .allOld
            )
        )
        try self.input(
            .putItem,
            PutItemRequest(
                tableName: "t",
                item: self.item,
                conditionExpression: "attribute_not_exists(#a)",
                attributeNames: ["#a": "x"],
                returnValuesOnConditionCheckFailure: .allOld
            )
        )
        try self.input(
            .deleteItem,
            DeleteItemRequest(
                tableName: "t",
                key: self.item,
                conditionExpression: "v = :v",
                attributeValues: [":v": .null],
                returnValues: .allOld,
                returnValuesOnConditionCheckFailure: .allOld
            )
        )
        try self.input(
            .batchWriteItem,
            BatchWriteItemRequest(
                requestItems: ["t": [.put(self.item), .delete(self.item)], "u": [.delete(["id": .binary([1, 2])])]],
                returnConsumedCapacity: .total
            )
        )
        try self.input(
            .scan,
            ScanRequest(
                tableName: "t",
                limit: 5,
                exclusiveStartKey: self.item,
                isConsistent: true,
                countsOnly: true,
                segment: 0,
                totalSegments: 2,
                returnConsumedCapacity: .total
            )
        )
    }

    @Test func requestsAndAnswersOfTransactions() throws {
        try self.input(
            .transactWriteItems,
            TransactWriteItemsRequest(
                actions: [
                    .put(PutItemRequest(tableName: "t", item: self.item, conditionExpression: "attribute_exists(a)")),
                    .update(
                        UpdateItemRequest(
                            tableName: "t",
                            key: self.item,
                            updateExpression: "SET #a = :b",
                            attributeNames: ["#a": "x"],
                            attributeValues: [":b": .bool(true)],
                            returnValuesOnConditionCheckFailure: .allOld
                        )
                    ),
                    .delete(DeleteItemRequest(tableName: "u", key: self.item)),
                    .check(
                        ConditionCheck(
                            tableName: "t",
                            key: self.item,
                            conditionExpression: "#a = :b",
                            attributeNames: ["#a": "x"],
                            attributeValues: [":b": .bool(true)],
                            returnValuesOnConditionCheckFailure: .allOld
                        )
                    ),
                ],
                clientRequestToken: "token",
                returnConsumedCapacity: .total
            )
        )
        try self.output(.transactWriteItems, TransactWriteItemsResult())
        let capacity = ConsumedCapacity(tableName: "t", capacityUnits: 4, writeCapacityUnits: 4)
        let reads = ConsumedCapacity(tableName: "u", capacityUnits: 2, readCapacityUnits: 2)
        try self.output(.transactWriteItems, TransactWriteItemsResult(consumedCapacity: [capacity, reads]))
    }

    @Test func answersAboutItems() throws {
        let capacity = ConsumedCapacity(tableName: "t", capacityUnits: 0.5, tableCapacityUnits: 0.5)
        for operation in [WireOperation<PutItemRequest, ItemResult>.putItem] {
            try self.output(operation, ItemResult(attributes: self.item, consumedCapacity: capacity))
            try self.output(operation, ItemResult())
        }
        try self.output(.getItem, ItemResult(attributes: self.item))
        try self.output(.deleteItem, ItemResult(consumedCapacity: capacity))
        try self.output(.updateItem, ItemResult(attributes: [:]))
        try self.output(.batchWriteItem, BatchWriteItemResult())
        try self.output(
            .batchWriteItem,
            BatchWriteItemResult(unprocessedItems: ["t": [.delete(self.item)]], consumedCapacity: [capacity])
        )
        try self.output(.scan, ScanResult(items: [self.item], count: 1, lastEvaluatedKey: self.item))
        try self.output(.scan, ScanResult(items: [], count: 4, consumedCapacity: capacity))
    }

    @Test func requestsForStreams() throws {
        try self.input(.listStreams, ListStreamsRequest(tableName: "t", limit: 1, exclusiveStartStreamARN: self.arn))
        try self.input(.listStreams, ListStreamsRequest())
        let shard = ShardID("shardId-00000001730000000000-0a1b2c3d")
        try self.input(
            .describeStream,
            DescribeStreamRequest(arn: self.arn, limit: 2, exclusiveStartShardID: shard, childrenOf: shard)
        )
        let number = try #require(SequenceNumber("000100000000000000000001"))
        for position in [ShardPosition.trimHorizon, .latest, .at(number), .after(number)] {
            try self.input(.getShardIterator, ShardIteratorRequest(arn: self.arn, shard: shard, position: position))
        }
        try self.input(.getRecords, GetRecordsRequest(iterator: ShardIterator("x|1|y"), limit: 1000))
    }

    @Test func answersAboutStreams() throws {
        try self.output(
            .listStreams,
            StreamList(
                streams: [StreamSummary(arn: self.arn, tableName: "staging", label: "2026-01-02T03:04:05.678")],
                lastEvaluatedStreamARN: self.arn
            )
        )
        let start = try #require(SequenceNumber("100000000000000000001"))
        try self.output(
            .describeStream,
            StreamDescription(
                arn: self.arn,
                label: "2026-01-02T03:04:05.678",
                tableName: "staging",
                status: .disabling,
                viewType: .oldImage,
                createdAt: Timestamp(milliseconds: 1_730_000_000_100),
                keyNames: ["createdAt", "messageId"],
                shards: [
                    ShardDescription(id: ShardID("a"), range: SequenceRange(start: start, end: start)),
                    ShardDescription(id: ShardID("b"), parent: ShardID("a"), range: SequenceRange(start: start)),
                ],
                lastEvaluatedShardID: ShardID("b")
            )
        )
        try self.output(.getShardIterator, ShardIterator("x|1|y"))
    }

    @Test func pages() throws {
        let bytes = StoryRecords.page([StoryRecords.insert, StoryRecords.expired])
        let page = try StoryRecords.decode(bytes)
        #expect(page.records.count == 2)
        #expect(page.next == ShardIterator("next"))
        #expect(WireOperation.getRecords.encodeOutput(page) == bytes)
        let record = try #require(page.records.first)
        #expect(record.kind == .insert)
        #expect(record.eventID.text == "c4ca4238a0b923820dcc509a6f75849b")
        #expect(record.sequenceNumber.text == "100000000000000000001")
        #expect(record.size == ByteCount(173))
        #expect(record.createdAt == Timestamp(seconds: 1_730_000_000))
        #expect(record.viewType == .newAndOldImages)
        #expect(record.region == "eu-west-1")
        #expect(!record.isTimeToLive)
        #expect(page.records[1].isTimeToLive)
        #expect(try record.keys.primaryKey(StoryRecords.keyNames) == StoryRecords.key)
        #expect(try record.newImage?.decoded()["event"] == .string(#"{"type":"order","n":7}"#))
        #expect(record.oldImage == nil)
    }

    @Test func namesAndTargets() {
        #expect(WireOperation.getRecords.target == "DynamoDBStreams_20120810.GetRecords")
        #expect(WireOperation.putItem.target == "DynamoDB_20120810.PutItem")
        #expect(WireOperation.putItem.name == "PutItem")
    }

    @Test func aKeyOfARecordIsSplicedIntoADelete() throws {
        let keys = try #require(try StoryRecords.decode(StoryRecords.page([StoryRecords.insert])).records.first).keys
        let batch = WireOperation.batchWriteItem.encodeInput(
            BatchWriteItemRequest(requestItems: ["t": [.deleteEncoded(keys)]])
        )
        #expect(
            String(decoding: batch, as: UTF8.self)
                == #"{"RequestItems":{"t":[{"DeleteRequest":{"Key":\#(String(decoding: keys.bytes, as: UTF8.self))}}]}}"#
        )
        let single = WireOperation.deleteItem.encodeInput(DeleteItemRequest(tableName: "t", encodedKey: keys))
        #expect(try WireOperation.deleteItem.decodeInput(single).key == keys.decoded())
    }
}
