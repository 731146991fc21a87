// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import RecordHandlers
import TestSupport
import Testing

@Suite("Checks before the first number")
struct AggregatePreflightTests {
    private static func check(
        _ fixture: AggregateFixture,
        table: String = AggregateFixture.totals,
        _ definition: AggregateDefinition? = nil
    ) async throws -> AggregatePreflight {
        try await AggregatePreflight.check(
            sourceTable: AggregateFixture.orders,
            table: table,
            definition: try definition ?? AggregateDefinitionTests.definition(),
            region: "us-east-1",
            endpoint: nil,
            api: fixture.store
        )
    }

    private static func refusal(_ body: () async throws -> AggregatePreflight) async throws -> AggregatePreflightError {
        do {
            _ = try await body()
        } catch let error as AggregatePreflightError {
            return error
        }
        throw Unrefused()
    }

    private struct Unrefused: Error {}

    @Test func theUserSeesWhatIsGoingToHappen() async throws {
        let fixture = try await AggregateFixture()
        let definition = try AggregateDefinitionTests.definition(
            ["count", "revenue=sum:NewImage.total"],
            by: "NewImage.customer",
            writeShards: 4,
            events: [.insert, .remove]
        )
        let preflight = try await Self.check(fixture, definition)
        let text = preflight.lines.joined(separator: "\n")
        for fact in [
            "000000000000", "us-east-1", "AWS", "stream of      Orders", "adds to        Totals", "UpdateItem",
            "count=count, revenue=sum:NewImage.total", "by NewImage.customer, each over 4 items", "group (S)",
            "INSERT, REMOVE", "changes are added up, not what Orders holds already",
        ] {
            #expect(text.contains(fact), "\(fact)")
        }
        #expect(!preflight.goesOn)
        #expect(preflight.provisionedWriteCapacity == nil)
    }

    @Test func aTableThatKeepsThisAggregateGoesOn() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1")
        let definition = try AggregateDefinitionTests.definition(filters: [#"{"eventName":["INSERT"]}"#])
        let handler = try await fixture.handler(definition)
        #expect(try await handler.handle(try await fixture.batch(), meter: WorkMeter()) == .done)
        let preflight = try await Self.check(fixture, definition)
        #expect(preflight.goesOn)
        #expect(preflight.lines.last?.contains("goes on with the numbers that are there") == true)
    }

    /// Everything that decides what a number means.
    @Test func aTableThatKeepsAnotherAggregateIsRefusedWithTheDifference() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1")
        let first = try AggregateDefinitionTests.definition(by: "Keys.id")
        let handler = try await fixture.handler(first)
        #expect(try await handler.handle(try await fixture.batch(), meter: WorkMeter()) == .done)
        for (definition, difference) in [
            (
                try AggregateDefinitionTests.definition(["n=count"], by: "Keys.id"),
                "values: count=count there, n=count here"
            ),
            (try AggregateDefinitionTests.definition(), "group: Keys.id there, none here"),
            (
                try AggregateDefinitionTests.definition(by: "Keys.id", writeShards: 2),
                "write shards: 1 there, 2 here"
            ),
            (
                try AggregateDefinitionTests.definition(by: "Keys.id", events: [.insert]),
                "events: INSERT,MODIFY,REMOVE there, INSERT here"
            ),
            (try AggregateDefinitionTests.definition(by: "Keys.id", filters: ["{}"]), "filters: none there, {} here"),
        ] {
            let error = try await Self.refusal { try await Self.check(fixture, definition) }
            #expect(error.code == .otherDefinition)
            #expect(error.description.contains(difference), "\(error)")
            #expect(error.description.contains("--aggregate-table"))
        }
    }

    @Test func aMissingTableIsRefusedWithHowToCreateIt() async throws {
        let fixture = try await AggregateFixture()
        let error = try await Self.refusal { try await Self.check(fixture, table: "Sums") }
        #expect(error.code == .missingTable)
        #expect(error.description.contains("aws dynamodb create-table --table-name Sums"))
    }

    @Test func theStreamsOwnTableIsRefused() async throws {
        let fixture = try await AggregateFixture()
        let error = try await Self.refusal { try await Self.check(fixture, table: AggregateFixture.orders) }
        #expect(error.code == .sameTable)
    }

    @Test(arguments: [
        KeySchema(partition: KeyAttribute(name: "n", type: .number)),
        KeySchema(
            partition: KeyAttribute(name: "a", type: .string),
            sort: KeyAttribute(name: "b", type: .string)
        ),
    ])
    func aKeyThatIsNotOneTextIsRefused(key: KeySchema) async throws {
        let fixture = try await AggregateFixture()
        _ = try await fixture.store.createTable(
            CreateTableRequest(tableName: "Sums", keySchema: key, billingMode: .payPerRequest)
        )
        let error = try await Self.refusal { try await Self.check(fixture, table: "Sums") }
        #expect(error.code == .unfitKey)
        #expect(error.description.contains(key.partition.name))
    }

    @Test func aNumberIsNotKeptInTheKey() async throws {
        let fixture = try await AggregateFixture()
        let definition = try AggregateDefinitionTests.definition(["group=count"])
        let error = try await Self.refusal { try await Self.check(fixture, definition) }
        #expect(error.code == .unfitName)
        #expect(error.description.contains("--aggregate NAME=count"))
    }
}
