// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import LocalDynamoDB
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

@Suite("Adding up what a batch changes", .timeLimit(.minutes(1)))
struct AggregateHandlerTests {
    private static let byCustomer = (["count", "sum:NewImage.total"], "NewImage.customer")

    private static func definition(writeShards: Int = 1) throws -> AggregateDefinition {
        try AggregateDefinitionTests.definition(
            Self.byCustomer.0,
            by: Self.byCustomer.1,
            writeShards: writeShards
        )
    }

    /// Handles a batch that has to be done, and tells what was counted and said.
    @discardableResult
    private static func handle(
        _ batch: RecordBatch,
        _ handler: AggregateHandler,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> (work: HandlerWork, said: [String]) {
        let said = Mutex<[String]>([])
        let meter = WorkMeter { line in said.withLock { $0.append(line) } }
        let outcome = try await handler.handle(batch, meter: meter)
        #expect(outcome == .done, sourceLocation: sourceLocation)
        return (meter.total, said.withLock { $0 })
    }

    // MARK: - What is added

    @Test func whatComesInIsAddedAndWhatGoesOutIsSubtracted() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "alice", total: "10.50")
        try await fixture.put("2", customer: "bob", total: "3")
        try await fixture.put("3", customer: "alice", total: "0.25")
        try await fixture.put("1", customer: "alice", total: "11")
        try await fixture.put("3", customer: "bob", total: "1.25")
        try await fixture.delete("2")
        let handler = try await fixture.handler(try Self.definition())
        let (work, _) = try await Self.handle(try await fixture.batch(), handler)
        #expect(try await fixture.numbers() == ["alice": ["1", "11"], "bob": ["1", "1.25"]])
        #expect(try await fixture.numbers() == fixture.truth())
        // One for the definition, one a group.
        #expect(work.requests == ["UpdateItem": 3])
        #expect(work.writeCapacityUnits == 3)
        #expect(work.singleRequests == 6)
    }

    /// What is sent again comes in addition, each time it is sent.
    @Test func underAnotherStreamsNameTheSameRecordsCountOnceMore() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "alice", total: "10.50")
        let handler = try await fixture.handler(try Self.definition())
        let batch = try await fixture.batch()
        try await Self.handle(batch, handler)
        try await Self.handle(batch, handler)
        #expect(try await fixture.numbers() == ["alice": ["1", "10.5"]])
        for number in 1...2 {
            let again = handler.counting(
                as: StreamARN(
                    "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-01-0\(number)T00:00:00.000"
                )
            )
            try await Self.handle(batch, again)
            try await Self.handle(batch, again)
        }
        #expect(try await fixture.numbers() == ["alice": ["3", "31.5"]])
        // The stream itself goes on as if nothing had been.
        try await Self.handle(batch, handler)
        #expect(try await fixture.numbers() == ["alice": ["3", "31.5"]])
    }

    @Test func anItemThatExpiresIsSubtracted() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "alice", total: "2")
        try await fixture.delete("1")
        var batch = try await fixture.batch()
        batch.records[1].isTimeToLive = true
        try await Self.handle(batch, try await fixture.handler(try Self.definition()))
        #expect(try await fixture.numbers() == ["alice": ["0", "0"]])
    }

    /// A double would lose these digits, and the way through a large number would lose them, too.
    @Test func sumsAreExactToThirtyEightDigits() async throws {
        let fixture = try await AggregateFixture()
        let totals = [
            "12345678901234567890123456789012345678", "0.1", "0.2", "-12345678901234567890123456789012345678",
            "99999999999999999999999999999999999999", "1e-100", "-99999999999999999999999999999999999999", "-1e-100",
        ]
        for (id, total) in totals.enumerated() { try await fixture.put("\(id)", customer: "a", total: total) }
        let handler = try await fixture.handler(try Self.definition())
        try await Self.handle(try await fixture.batch(), handler)
        #expect(try await fixture.numbers() == ["a": ["8", "0.3"]])
    }

    @Test func anItemWithoutTheGroupIsInNone() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", ["total": .number(DecimalNumber(5))])
        try await fixture.put("2", ["total": .number(DecimalNumber(5)), "customer": .null])
        try await fixture.put("3", ["total": .number(DecimalNumber(5)), "customer": .string("")])
        try await fixture.put("1", ["total": .number(DecimalNumber(5)), "customer": .string("alice")])
        try await Self.handle(try await fixture.batch(), try await fixture.handler(try Self.definition()))
        #expect(try await fixture.numbers() == ["alice": ["1", "5"]])
    }

    @Test func anItemWithoutTheNumberAddsNothingToTheSum() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", ["customer": .string("alice")])
        try await fixture.put("2", ["customer": .string("alice"), "total": .null])
        try await fixture.put("2", customer: "alice", total: "7")
        try await Self.handle(try await fixture.batch(), try await fixture.handler(try Self.definition()))
        #expect(try await fixture.numbers() == ["alice": ["2", "7"]])
    }

    @Test func groupsAreTextsNumbersAndTruthValues() async throws {
        let fixture = try await AggregateFixture()
        let groups: [AttributeValue] = [
            .string("x"), .number(DecimalNumber(12)), .bool(true), .string("weir:aggregate"),
        ]
        for (id, group) in groups.enumerated() { try await fixture.put("\(id)", ["customer": group]) }
        let handler = try await fixture.handler(
            try AggregateDefinitionTests.definition(["count"], by: "NewImage.customer")
        )
        try await Self.handle(try await fixture.batch(), handler)
        #expect(try await fixture.numbers() == ["x": ["1"], "12": ["1"], "true": ["1"], "weir:aggregate": ["1"]])
    }

    @Test func withoutAGroupAllItemsAreOne() async throws {
        let fixture = try await AggregateFixture()
        for id in 0..<5 { try await fixture.put("\(id)", customer: "c\(id)", total: "1") }
        try await fixture.delete("0")
        let handler = try await fixture.handler(try AggregateDefinitionTests.definition(["count"]))
        let (work, _) = try await Self.handle(try await fixture.batch(), handler)
        #expect(try await fixture.numbers() == ["total": ["4"]])
        #expect(work.requests == ["UpdateItem": 2])
    }

    @Test func aPathGoesThroughMaps() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put(
            "1",
            ["address": .map(["country": .string("DE")]), "price.net": .number(DecimalNumber(3))]
        )
        let handler = try await fixture.handler(
            try AggregateDefinitionTests.definition(["sum:NewImage.price.net"], by: "NewImage.address.country")
        )
        try await Self.handle(try await fixture.batch(), handler)
        #expect(try await fixture.numbers() == ["DE": ["3"]])
    }

    @Test(arguments: StreamViewType.allCases)
    func aCountByKeyWorksWithEveryViewTypeAndDecodesNoImage(viewType: StreamViewType) async throws {
        let fixture = try await AggregateFixture(viewType: viewType)
        for id in 0..<4 { try await fixture.put("\(id)", customer: "c", total: "1") }
        try await fixture.put("1", customer: "d", total: "2")
        try await fixture.delete("3")
        var batch = try await fixture.batch()
        for index in batch.records.indices {
            // Whoever decodes this fails.
            if batch.records[index].newImage != nil {
                batch.records[index].newImage = RawItem(unchecked: Array("not json".utf8)[...])
            }
            if batch.records[index].oldImage != nil {
                batch.records[index].oldImage = RawItem(unchecked: Array("not json".utf8)[...])
            }
        }
        let handler = try await fixture.handler(try AggregateDefinitionTests.definition(["count"], by: "Keys.id"))
        try await Self.handle(batch, handler)
        #expect(try await fixture.numbers() == ["0": ["1"], "1": ["1"], "2": ["1"], "3": ["0"]])
    }

    @Test func aChangeThatAddsNothingWritesNothing() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", ["customer": .string("alice"), "note": .string("a")])
        try await fixture.put("1", ["customer": .string("alice"), "note": .string("b")])
        let handler = try await fixture.handler(try Self.definition())
        let (work, _) = try await Self.handle(try await fixture.batch(1..<2), handler)
        #expect(work.requests.isEmpty)
        #expect(work.singleRequests == 1)
    }

    @Test(arguments: HandlerConformance.rules)
    func itKeepsTheRulesOfHandlers(rule: HandlerConformance.Rule) async throws {
        let fixture = try await AggregateFixture()
        let handler = try await fixture.handler(
            try AggregateDefinitionTests.definition(["count"], by: "Keys.messageId", writeShards: 3),
            concurrency: 4
        )
        try await rule.check { handler }
    }
}
