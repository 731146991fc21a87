// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// The endpoint's side: what is not supported is refused by name, never ignored.
@Suite struct RequestStrictnessTests {
    /// Decodes a request of any operation and throws away what it says.
    private func decode(_ operation: String, _ text: String) throws {
        let body = Array(text.utf8)
        switch operation {
        case "CreateTable": _ = try WireOperation.createTable.decodeInput(body)
        case "UpdateTable": _ = try WireOperation.updateTable.decodeInput(body)
        case "DescribeTable": _ = try WireOperation.describeTable.decodeInput(body)
        case "DeleteTable": _ = try WireOperation.deleteTable.decodeInput(body)
        case "ListTables": _ = try WireOperation.listTables.decodeInput(body)
        case "PutItem": _ = try WireOperation.putItem.decodeInput(body)
        case "GetItem": _ = try WireOperation.getItem.decodeInput(body)
        case "DeleteItem": _ = try WireOperation.deleteItem.decodeInput(body)
        case "UpdateItem": _ = try WireOperation.updateItem.decodeInput(body)
        case "BatchWriteItem": _ = try WireOperation.batchWriteItem.decodeInput(body)
        case "TransactWriteItems": _ = try WireOperation.transactWriteItems.decodeInput(body)
        case "Scan": _ = try WireOperation.scan.decodeInput(body)
        case "ListStreams": _ = try WireOperation.listStreams.decodeInput(body)
        case "DescribeStream": _ = try WireOperation.describeStream.decodeInput(body)
        case "GetShardIterator": _ = try WireOperation.getShardIterator.decodeInput(body)
        case "GetRecords": _ = try WireOperation.getRecords.decodeInput(body)
        default: Issue.record("no operation \(operation)")
        }
    }

    /// A request that is accepted, without its last brace.
    private static let bases = [
        "CreateTable":
            #"{"TableName":"tab","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]"#,
        "UpdateTable": #"{"TableName":"tab""#, "DescribeTable": #"{"TableName":"tab""#,
        "DeleteTable": #"{"TableName":"tab""#,
        "ListTables": #"{"Limit":1"#, "PutItem": #"{"TableName":"tab","Item":{}"#,
        "GetItem": #"{"TableName":"tab","Key":{}"#,
        "DeleteItem": #"{"TableName":"tab","Key":{}"#, "UpdateItem": #"{"TableName":"tab","Key":{}"#,
        "BatchWriteItem": #"{"RequestItems":{}"#, "Scan": #"{"TableName":"tab""#,
        "TransactWriteItems": #"{"TransactItems":[]"#, "ListStreams": #"{"Limit":1"#,
        "DescribeStream": #"{"StreamArn":"x""#,
        "GetShardIterator": #"{"StreamArn":"x","ShardId":"y","ShardIteratorType":"LATEST""#,
        "GetRecords": #"{"ShardIterator":"x""#,
    ]

    private func extended(_ operation: String, _ more: String) throws -> String {
        try #require(Self.bases[operation]) + (more.isEmpty ? "" : ",") + more + "}"
    }

    @Test(arguments: Self.bases.keys.sorted())
    func everyOperationRefusesWhatItDoesNotKnow(operation: String) throws {
        try self.decode(operation, self.extended(operation, ""))
        try self.decode(operation, self.extended(operation, #""Unheard":null"#))
        let error = #expect(throws: DynamoDBError.self) {
            try self.decode(operation, self.extended(operation, #""Unheard":1"#))
        }
        #expect(error?.code == .validation)
        #expect(error?.message == "Unheard is not supported by this endpoint")
        for body in ["[]", "7", "{", #"{"TableName":"a","TableName":"a","Limit":1,"Limit":1}"#] {
            let error = #expect(throws: DynamoDBError.self) { try self.decode(operation, body) }
            #expect(error?.code == .serialization)
        }
    }

    @Test(arguments: [
        ("PutItem", "Expected", "{}"),
        ("PutItem", "ConditionalOperator", #""AND""#),
        ("DeleteItem", "Expected", "{}"), ("UpdateItem", "AttributeUpdates", "{}"), ("UpdateItem", "Expected", "{}"),
        ("GetItem", "ProjectionExpression", #""a""#), ("GetItem", "AttributesToGet", #"["a"]"#),
        ("Scan", "FilterExpression", #""a""#), ("Scan", "ScanFilter", "{}"), ("Scan", "IndexName", #""i""#),
        ("Scan", "ProjectionExpression", #""a""#), ("Scan", "AttributesToGet", "[]"),
        ("CreateTable", "GlobalSecondaryIndexes", "[]"), ("CreateTable", "LocalSecondaryIndexes", "[]"),
        ("CreateTable", "OnDemandThroughput", "{}"), ("CreateTable", "WarmThroughput", "{}"),
        ("CreateTable", "ResourcePolicy", #""x""#),
        ("UpdateTable", "GlobalSecondaryIndexUpdates", "[]"), ("UpdateTable", "ReplicaUpdates", "[]"),
        ("UpdateTable", "AttributeDefinitions", "[]"),
    ])
    func whatIsNotSupportedIsNamed(operation: String, member: String, value: String) throws {
        let error = #expect(throws: DynamoDBError.self) {
            try self.decode(operation, self.extended(operation, "\"\(member)\":\(value)"))
        }
        #expect(error?.code == .validation)
        #expect(error?.message == "\(member) is not supported by this endpoint")
    }

    @Test(arguments: [
        ("CreateTable", #""Tags":[{"Key":"a","Value":"b"}]"#), ("CreateTable", #""TableClass":"STANDARD""#),
        ("CreateTable", #""SSESpecification":{"Enabled":false}"#),
        ("CreateTable", #""DeletionProtectionEnabled":true"#),
        ("CreateTable", #""BillingMode":"PAY_PER_REQUEST""#), ("CreateTable", #""GlobalSecondaryIndexes":null"#),
        ("CreateTable", #""StreamSpecification":{"StreamEnabled":false}"#),
        ("PutItem", #""ReturnItemCollectionMetrics":"SIZE","ReturnValuesOnConditionCheckFailure":"ALL_OLD""#),
        ("Scan", #""Select":"ALL_ATTRIBUTES""#), ("Scan", #""ConsistentRead":true"#),
        ("DescribeStream", #""ShardFilter":null"#),
        ("ListTables", #""ExclusiveStartTableName":"a""#), ("ListStreams", #""TableName":"a""#),
    ])
    func whatRealProgramsSendIsAccepted(operation: String, members: String) throws {
        try self.decode(operation, self.extended(operation, members))
    }

    @Test(arguments: [
        ("CreateTable", #""BillingMode":"FREE""#, "[PROVISIONED, PAY_PER_REQUEST]"),
        ("CreateTable", #""TableClass":"STANDARD_INFREQUENT_ACCESS""#, "not supported"),
        ("CreateTable", #""TableClass":"X""#, "enum value set"),
        ("CreateTable", #""SSESpecification":{"Enabled":true}"#, "not supported"),
        ("CreateTable", #""StreamSpecification":{"StreamEnabled":true}"#, "StreamViewType is required"),
        (
            "CreateTable", #""StreamSpecification":{"StreamEnabled":false,"StreamViewType":"KEYS_ONLY"}"#,
            "StreamViewType must not"
        ),
        ("CreateTable", #""StreamSpecification":{"StreamEnabled":true,"StreamViewType":"ALL"}"#, "'streamViewType'"),
        ("CreateTable", #""StreamSpecification":{}"#, "'streamEnabled'"),
        ("CreateTable", #""Tags":[{"Key":"a"}]"#, "'value'"),
        ("CreateTable", #""ProvisionedThroughput":{"ReadCapacityUnits":1}"#, "'writeCapacityUnits'"),
        ("PutItem", #""ReturnValues":"ALL_NEW""#, "Return values set to invalid value"),
        ("PutItem", #""ReturnValues":"all_old""#, "enum value set"),
        ("DeleteItem", #""ReturnValues":"UPDATED_OLD""#, "Return values set to invalid value"),
        ("PutItem", #""ReturnConsumedCapacity":"ALL""#, "[NONE, TOTAL, INDEXES]"),
        ("PutItem", #""ReturnItemCollectionMetrics":"X""#, "enum"),
        ("UpdateItem", ##""ExpressionAttributeNames":{"#a":"b"}"##, "when using expressions"),
        ("UpdateItem", #""ExpressionAttributeValues":{":a":{"S":"b"}}"#, "when using expressions"),
        ("UpdateItem", #""UpdateExpression":"SET a = b","ExpressionAttributeNames":{}"#, "must not be empty"),
        ("PutItem", #""ConditionExpression":"a = b","ExpressionAttributeNames":{}"#, "must not be empty"),
        ("PutItem", ##""ExpressionAttributeNames":{"#a":"a"}"##, "when using expressions"),
        ("DeleteItem", #""ExpressionAttributeValues":{":a":{"S":"a"}}"#, "ConditionExpression is null"),
        (
            "UpdateItem", #""ExpressionAttributeValues":{":a":{"S":"a"}}"#,
            "UpdateExpression and ConditionExpression are null"
        ),
        ("DeleteItem", #""ReturnValuesOnConditionCheckFailure":"ALL_NEW""#, "[ALL_OLD, NONE]"),
        ("UpdateItem", #""UpdateExpression":"SET a = b","ExpressionAttributeValues":{}"#, "must not be empty"),
        ("Scan", #""Select":"count""#, "enum value set"), ("Scan", #""Select":"SPECIFIC_ATTRIBUTES""#, "not supported"),
        ("DescribeStream", #""ShardFilter":{"Type":"CHILD_SHARDS"}"#, "'shardId'"),
        ("DescribeStream", #""ShardFilter":{"ShardId":"x"}"#, "'type'"),
        ("DescribeStream", #""ShardFilter":{"Type":"ALL","ShardId":"x"}"#, "CHILD_SHARDS"),
        ("GetShardIterator", #""SequenceNumber":"1""#, "must not be there"),
    ])
    func valuesThatDoNotExistAreRefused(operation: String, members: String, text: String) throws {
        let error = #expect(throws: DynamoDBError.self) {
            try self.decode(operation, self.extended(operation, members))
        }
        #expect(error?.code == .validation)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("PutItem", #"{"TableName":7,"Item":{}}"#), ("PutItem", #"{"TableName":"t","Item":[]}"#),
        ("GetItem", #"{"TableName":"t","Key":{},"ConsistentRead":"yes"}"#),
        ("ListTables", #"{"Limit":"1"}"#), ("ListTables", #"{"Limit":1.5}"#), ("ListTables", #"{"Limit":true}"#),
        ("BatchWriteItem", #"{"RequestItems":[]}"#), ("BatchWriteItem", #"{"RequestItems":{"t":{}}}"#),
        ("BatchWriteItem", #"{"RequestItems":{"t":[7]}}"#),
        ("UpdateItem", #"{"TableName":"t","Key":{},"UpdateExpression":"x","ExpressionAttributeNames":{"a":1}}"#),
        ("CreateTable", #"{"TableName":"t","AttributeDefinitions":{},"KeySchema":[]}"#),
    ])
    func aWrongTypeIsASerializationFault(operation: String, body: String) {
        let error = #expect(throws: DynamoDBError.self) { try self.decode(operation, body) }
        #expect(error?.code == .serialization)
    }

    @Test(arguments: [
        ("PutItem", #"{"Item":{}}"#, "'tableName'"), ("PutItem", #"{"TableName":"t"}"#, "'item'"),
        ("DeleteItem", #"{"TableName":"t"}"#, "'key'"),
        ("BatchWriteItem", "{}", "'requestItems'"), ("DescribeTable", "", "'tableName'"),
        ("GetRecords", "{}", "'shardIterator'"),
        ("DescribeStream", "{}", "'streamArn'"),
        ("GetShardIterator", #"{"StreamArn":"x","ShardId":"y"}"#, "'shardIteratorType'"),
        ("BatchWriteItem", #"{"RequestItems":{"t":[{}]}}"#, "exactly one"),
        (
            "BatchWriteItem", #"{"RequestItems":{"t":[{"PutRequest":{"Item":{}},"DeleteRequest":{"Key":{}}}]}}"#,
            "exactly one"
        ),
        ("BatchWriteItem", #"{"RequestItems":{"t":[{"PutRequest":{}}]}}"#, "'item'"),
        ("TransactWriteItems", "{}", "'transactItems'"),
        ("TransactWriteItems", #"{"TransactItems":[{}]}"#, "only contain one"),
        ("TransactWriteItems", #"{"TransactItems":[{"Put":{},"Delete":{}}]}"#, "only contain one"),
        ("TransactWriteItems", #"{"TransactItems":[{"Get":{}}]}"#, "Get is not supported"),
        ("TransactWriteItems", #"{"TransactItems":[{"Put":{"TableName":"t"}}]}"#, "'item'"),
        ("TransactWriteItems", #"{"TransactItems":[{"Update":{"TableName":"t","Key":{}}}]}"#, "'updateExpression'"),
        (
            "TransactWriteItems", #"{"TransactItems":[{"ConditionCheck":{"TableName":"t","Key":{}}}]}"#,
            "'conditionExpression'"
        ),
        (
            "TransactWriteItems", #"{"TransactItems":[{"Delete":{"TableName":"t","Key":{},"ReturnValues":"NONE"}}]}"#,
            "ReturnValues is not supported"
        ),
        ("BatchWriteItem", #"{"RequestItems":{"t":[{"UpdateRequest":{}}]}}"#, "UpdateRequest is not supported"),
    ])
    func whatIsMissingIsNamed(operation: String, body: String, text: String) {
        let error = #expect(throws: DynamoDBError.self) { try self.decode(operation, body) }
        #expect(error?.code == .validation)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        ("AT_SEQUENCE_NUMBER", ""), ("AFTER_SEQUENCE_NUMBER", ""), ("TRIM_HORIZON", #","SequenceNumber":"1""#),
        ("AT_SEQUENCE_NUMBER", #","SequenceNumber":"x""#), ("AT_SEQUENCE_NUMBER", #","SequenceNumber":"""#),
        ("AT_TIMESTAMP", ""), ("latest", ""),
    ])
    func anIteratorHasASequenceNumberWhereItNeedsOne(type: String, more: String) {
        let body = #"{"StreamArn":"x","ShardId":"y","ShardIteratorType":"\#(type)"\#(more)}"#
        let error = #expect(throws: DynamoDBError.self) { try self.decode("GetShardIterator", body) }
        #expect(error?.code == .validation)
    }

    @Test(arguments: [
        (["a S"], ["b HASH"], "not defined in AttributeDefinitions"),
        (["a S", "b N"], ["a HASH"], "does not exactly match"),
        (["a S", "a N"], ["a HASH"], "Duplicate AttributeName"), (["a S"], ["a RANGE"], "first KeySchemaElement"),
        (["a S", "b S"], ["a HASH", "b HASH"], "second KeySchemaElement"),
        (["a S"], ["a HASH", "a RANGE"], "same name"),
        (["a S"], [], "less than or equal to 2"),
        (["a S", "b S", "c S"], ["a HASH", "b RANGE", "c RANGE"], "less than or equal to 2"),
        (["a BOOL"], ["a HASH"], "[S, N, B]"), (["a S"], ["a KEY"], "[HASH, RANGE]"),
    ])
    func definitionsAreExactlyTheKeyAttributes(definitions: [String], keys: [String], text: String) {
        func objects(_ entries: [String], _ kind: String) -> String {
            entries.map { entry in
                let parts = entry.split(separator: " ")
                return #"{"AttributeName":"\#(parts[0])","\#(kind)":"\#(parts[1])"}"#
            }.joined(separator: ",")
        }
        let body =
            #"{"TableName":"tab","AttributeDefinitions":[\#(objects(definitions, "AttributeType"))],"#
            + #""KeySchema":[\#(objects(keys, "KeyType"))]}"#
        let error = #expect(throws: DynamoDBError.self) { try self.decode("CreateTable", body) }
        #expect(error?.code == .validation)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }
}
