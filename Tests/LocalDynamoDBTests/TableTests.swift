// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import DynamoDBModel
import LocalDynamoDB
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TableTests {
    @Test func aDescriptionHasWhatTheServiceTells() async throws {
        let fixture = try await StoreFixture()
        try await fixture.put(StoreFixture.item("a"), table: StoreFixture.staging)
        let table = try await fixture.store.describeTable(StoreFixture.staging)
        #expect(table.status == "ACTIVE" && table.itemCount == 1)
        #expect(table.size == StoreFixture.key("a").size)
        #expect(table.arn == "arn:aws:dynamodb:us-east-1:000000000000:table/StagingTable")
        #expect(table.id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(table.provisionedThroughput == ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 5))
        #expect(table.payPerRequestSince == nil)
        #expect(try await fixture.store.describeTable(table.arn) == table)
    }

    @Test func theCountFollowsEachKindOfWrite() async throws {
        let fixture = try await StoreFixture()
        func count(_ table: String) async throws -> [Int] {
            let description = try await fixture.store.describeTable(table)
            return [description.itemCount, description.size.bytes]
        }
        let one = StoreFixture.key("a").size.bytes
        for table in [StoreFixture.messages, StoreFixture.staging] {
            try await fixture.put(StoreFixture.item("a"), table: table)
            try await fixture.put(StoreFixture.item("a", 1, ["v": .string("xyz")]), table: table)
            #expect(try await count(table) == [1, one + 4])
            let batch: [WriteRequest] = [
                .put(StoreFixture.item("a")), .put(StoreFixture.item("b")), .delete(StoreFixture.key("c")),
            ]
            let request = BatchWriteItemRequest(requestItems: [table: batch])
            _ = try fixture.store.batch(request, isRehearsal: true)
            #expect(try await count(table) == [1, one + 4])
            _ = try fixture.store.batch(request)
            _ = try fixture.store.batch(request)
            #expect(try await count(table) == [2, one * 2])
            try await fixture.delete(StoreFixture.key("a"), table: table)
            try await fixture.delete(StoreFixture.key("a"), table: table)
            #expect(try await count(table) == [1, one])
        }
    }

    /// Programs that tag what they create must be able to create it here.
    @Test func aTableMayBeCreatedWithTags() async throws {
        let fixture = try await StoreFixture()
        _ = try await fixture.store.createTable(
            CreateTableRequest(
                tableName: "New",
                keySchema: StoreFixture.keySchema,
                billingMode: .payPerRequest,
                tags: [TableTag(key: "team", value: "x")]
            )
        )
        #expect(try await fixture.store.describeTable("New").status == "ACTIVE")
    }

    @Test func billingModesAndCapacityHaveToAgree() async throws {
        let fixture = try await StoreFixture()
        let units = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
        func create(_ mode: BillingMode, _ units: ProvisionedThroughput?) async throws -> TableDescription {
            try await fixture.store.createTable(
                CreateTableRequest(
                    tableName: "New",
                    keySchema: StoreFixture.keySchema,
                    billingMode: mode,
                    provisionedThroughput: units
                )
            )
        }
        #expect(await refusal { _ = try await create(.payPerRequest, units) }?.code == .validation)
        #expect(await refusal { _ = try await create(.provisioned, nil) }?.code == .validation)
        let table = try await create(.payPerRequest, nil)
        #expect(table.payPerRequestSince == fixture.clock.now)
        #expect(table.provisionedThroughput == ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0))
    }

    @Test func messagesNameTheTable() async throws {
        let fixture = try await StoreFixture()
        let exists = await refusal {
            _ = try await fixture.store.createTable(
                CreateTableRequest(
                    tableName: StoreFixture.staging,
                    keySchema: StoreFixture.keySchema,
                    billingMode: .payPerRequest
                )
            )
        }
        #expect(exists?.code == .resourceInUse && exists?.message == "Table already exists: StagingTable")
        let missing = await refusal { _ = try await fixture.get(StoreFixture.key("a"), table: "Missing") }
        #expect(missing?.code == .resourceNotFound)
        #expect(missing?.message == "Requested resource not found: Table: Missing not found")
        for name in ["ab", "a b c", "tablé", String(repeating: "x", count: 256)] {
            #expect(
                await refusal { _ = try await fixture.get(StoreFixture.key("a"), table: name) }?.code == .validation
            )
        }
    }

    @Test func aProtectedTableIsNotDeleted() async throws {
        let fixture = try await StoreFixture()
        let table = StoreFixture.staging
        _ = try await fixture.store.updateTable(UpdateTableRequest(tableName: table, isDeletionProtected: true))
        #expect(await refusal { _ = try await fixture.store.deleteTable(table) }?.code == .validation)
        _ = try await fixture.store.updateTable(UpdateTableRequest(tableName: table, isDeletionProtected: false))
        #expect(try await fixture.store.deleteTable(table).status == "DELETING")
        #expect(try await fixture.store.listTables(ListTablesRequest()).tableNames == [StoreFixture.messages])
    }

    @Test func listingPages() async throws {
        let fixture = try await StoreFixture()
        let first = try await fixture.store.listTables(ListTablesRequest(limit: 1))
        #expect(first.tableNames == ["MessagesTable"] && first.lastEvaluatedTableName == "MessagesTable")
        let second = try await fixture.store.listTables(
            ListTablesRequest(limit: 1, exclusiveStartTableName: first.lastEvaluatedTableName)
        )
        #expect(second.tableNames == ["StagingTable"] && second.lastEvaluatedTableName == nil)
        #expect(await refusal { _ = try await fixture.store.listTables(ListTablesRequest(limit: 0)) } != nil)
    }

    @Test func capacityAndModeChange() async throws {
        let fixture = try await StoreFixture()
        let table = StoreFixture.staging
        let units = ProvisionedThroughput(readCapacityUnits: 7, writeCapacityUnits: 5)
        let changed = try await fixture.store.updateTable(
            UpdateTableRequest(tableName: table, provisionedThroughput: units)
        )
        #expect(changed.provisionedThroughput == units)
        let same = await refusal {
            _ = try await fixture.store.updateTable(UpdateTableRequest(tableName: table, provisionedThroughput: units))
        }
        #expect(same?.code == .validation)
        let onDemand = try await fixture.store.updateTable(
            UpdateTableRequest(tableName: table, billingMode: .payPerRequest)
        )
        #expect(onDemand.billingMode == .payPerRequest && onDemand.payPerRequestSince == fixture.clock.now)
        let back = await refusal {
            _ = try await fixture.store.updateTable(UpdateTableRequest(tableName: table, billingMode: .provisioned))
        }
        #expect(back?.code == .validation)
        let nothing = await refusal { _ = try await fixture.store.updateTable(UpdateTableRequest(tableName: table)) }
        #expect(nothing?.code == .validation)
    }
}
