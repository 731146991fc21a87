// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import Testing

/// The client's side: what it does not know it steps over, what it cannot do without it names.
@Suite struct ResponseToleranceTests {
    @Test func aTableOfTheService() throws {
        let body = #"""
            {"Table":{"AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"},{"AttributeName":"id","AttributeType":"N"}],
            "CreationDateTime":1.46480646E9,"GlobalSecondaryIndexes":[{"IndexName":"g"}],"ItemCount":0,
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"ProvisionedThroughput":{"NumberOfDecreasesToday":0,"ReadCapacityUnits":5,"WriteCapacityUnits":6},
            "TableArn":"arn","TableId":"id","TableName":"tab","TableSizeBytes":0,"TableStatus":"ARCHIVED","Replicas":[{"RegionName":"eu-west-1","ReplicaStatus":"ACTIVE"},{"RegionName":"us-west-2"}]}}
            """#
        let table = try WireOperation.describeTable.decodeOutput(Array(body.utf8))
        #expect(table.keySchema == KeySchema(partition: KeyAttribute(name: "id", type: .number)))
        #expect(table.billingMode == .provisioned)
        #expect(table.createdAt == Timestamp(seconds: 1_464_806_460))
        #expect(table.provisionedThroughput == ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 6))
        #expect(table.status == "ARCHIVED")
        #expect(table.streamViewType == nil)
        #expect(table.latestStreamARN == nil)
        #expect(table.replicaRegions == ["eu-west-1", "us-west-2"])
    }

    @Test func anOnDemandTableHasASummary() throws {
        let table = TableDescription(
            tableName: "tab",
            arn: "arn",
            id: "id",
            keySchema: KeySchema(partition: KeyAttribute(name: "id", type: .number)),
            billingMode: .payPerRequest,
            payPerRequestSince: Timestamp(seconds: 5),
            createdAt: Timestamp(seconds: 5)
        )
        let body = try JSONValue(parsing: WireOperation.describeTable.encodeOutput(table))
        let summary = try #require(body["Table"]?["BillingModeSummary"])
        #expect(
            JSONWriter.compact(summary) == #"{"BillingMode":"PAY_PER_REQUEST","LastUpdateToPayPerRequestDateTime":5}"#
        )
        #expect(body["Table"]?["StreamSpecification"] == nil)
        var provisioned = table
        provisioned.billingMode = .provisioned
        provisioned.payPerRequestSince = nil
        let other = try JSONValue(parsing: WireOperation.describeTable.encodeOutput(provisioned))
        #expect(other["Table"]?["BillingModeSummary"] == nil)
    }

    @Test func emptyBodiesAndNullsAreAbsent() throws {
        #expect(try WireOperation.putItem.decodeOutput([]) == ItemResult())
        #expect(try WireOperation.getItem.decodeOutput(Array(#"{"Item":null}"#.utf8)) == ItemResult())
        #expect(try WireOperation.batchWriteItem.decodeOutput(Array("{}".utf8)) == BatchWriteItemResult())
        #expect(try WireOperation.listStreams.decodeOutput(Array(#"{"Streams":[]}"#.utf8)) == StreamList(streams: []))
    }

    @Test func unprocessedItemsAreAlwaysWritten() {
        let body = WireOperation.batchWriteItem.encodeOutput(BatchWriteItemResult())
        #expect(String(decoding: body, as: UTF8.self) == #"{"UnprocessedItems":{}}"#)
    }

    @Test func capacityUnitsHaveAPoint() {
        let result = ItemResult(consumedCapacity: ConsumedCapacity(tableName: "t", capacityUnits: 1))
        let body = WireOperation.deleteItem.encodeOutput(result)
        #expect(
            String(decoding: body, as: UTF8.self) == #"{"ConsumedCapacity":{"TableName":"t","CapacityUnits":1.0}}"#
        )
    }

    @Test func countingGivesNoItems() throws {
        let counted = try JSONValue(parsing: WireOperation.scan.encodeOutput(ScanResult(items: [], count: 4)))
        #expect(counted["Items"] == nil)
        let empty = try JSONValue(parsing: WireOperation.scan.encodeOutput(ScanResult(items: [], count: 0)))
        #expect(empty["Items"] == .array([]))
    }

    @Test(arguments: [
        #"{"StreamDescription":{}}"#,
        #"{"StreamDescription":{"StreamArn":"x","StreamStatus":"NEW","StreamViewType":"KEYS_ONLY","KeySchema":[]}}"#,
        #"{}"#, #"{"StreamDescription":7}"#, "<html>",
    ])
    func anAnswerOfAnotherShapeIsMalformed(body: String) {
        let error = #expect(throws: DynamoDBError.self) {
            try WireOperation.describeStream.decodeOutput(Array(body.utf8))
        }
        #expect(error?.code == .malformedResponse)
    }
}
