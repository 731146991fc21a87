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

@Suite("What keeps a batch from being added up", .timeLimit(.minutes(1)))
struct AggregateFailureTests {
    private static func definition(_ values: [String] = ["sum:NewImage.total"]) throws -> AggregateDefinition {
        try AggregateDefinitionTests.definition(values, by: "NewImage.customer")
    }

    private static func failing(
        _ fixture: AggregateFixture,
        times: Int = .max,
        _ error: DynamoDBError
    ) -> InterceptedTables {
        let left = Mutex(times)
        return InterceptedTables(inner: fixture.store) { (request, update) async throws(DynamoDBError) in
            guard request.key["group"] != .string("weir:aggregate") else { return try await update(request) }
            let fails = left.withLock { left in
                left -= 1
                return left >= 0
            }
            if fails { throw error }
            return try await update(request)
        }
    }

    /// The function error of an outcome, as text.
    private static func failure(_ outcome: HandlerOutcome) throws -> String {
        guard case .responded(let response) = outcome else {
            Issue.record("\(outcome)")
            return ""
        }
        #expect(response.functionError == "Unhandled")
        return String(decoding: response.body, as: UTF8.self)
    }

    @Test(
        arguments: [
            (["customer": .string("a"), "total": .string("12")], "NewImage.total has type S, not N"),
            (
                ["customer": .list([]), "total": .number(DecimalNumber(1))],
                "NewImage.customer has type L, not S, N or BOOL"
            ),
            (
                ["customer": .string(String(repeating: "x", count: 2049))],
                "NewImage.customer is longer than the 2048 bytes of a key"
            ),
        ] as [(Item, String)]
    )
    func aRecordThatCannotBeReadFailsItsBatchBeforeAnythingIsWritten(item: Item, reason: String) async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "secret-customer", total: "1")
        try await fixture.put("2", item)
        let batch = try await fixture.batch()
        let outcome = try await fixture.handler(try Self.definition()).handle(batch, meter: WorkMeter())
        let text = try Self.failure(outcome)
        #expect(text.contains("UncountableRecord"))
        #expect(text.contains(reason), "\(text)")
        #expect(text.contains(batch.records[1].sequenceNumber.text))
        #expect(!text.contains("xxx") && !text.contains("secret-customer"))
        #expect(try await fixture.item("secret-customer") == nil)
    }

    @Test func aSumThatDynamoDBCannotHoldFailsItsBatch() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "a", total: "1e50")
        try await fixture.put("2", customer: "a", total: "1")
        let handler = try await fixture.handler(try Self.definition())
        let together = try Self.failure(try await handler.handle(try await fixture.batch(), meter: WorkMeter()))
        #expect(together.contains("more than 38 significant digits"))
        // One after the other the service says the same of the second.
        #expect(try await handler.handle(try await fixture.batch(0..<1), meter: WorkMeter()) == .done)
        let alone = try Self.failure(try await handler.handle(try await fixture.batch(1..<2), meter: WorkMeter()))
        #expect(alone.contains("AdditionRefused") && alone.contains("38 significant digits"), "\(alone)")
    }

    @Test func throttlingIsWaitedOut() async throws {
        let clock = ImmediateClock()
        let fixture = try await AggregateFixture(clock: clock)
        try await fixture.put("1", customer: "a", total: "1")
        let tables = Self.failing(fixture, times: 3, DynamoDBError(.provisionedThroughputExceeded, "slow down"))
        let meter = WorkMeter()
        let handler = try await fixture.handler(try Self.definition(), tables: tables)
        #expect(try await handler.handle(try await fixture.batch(), meter: meter) == .done)
        #expect(meter.total.throttles == 3)
        #expect(meter.total.requests == ["UpdateItem": 5])
        // Each between half and all of it, beside the pauses that keep the pace.
        for whole in [50, 100, 200] {
            let range = .milliseconds(whole) / 2...Duration.milliseconds(whole)
            #expect(clock.sleeps.contains { range.contains($0) })
        }
    }

    @Test func theBoundIsOnAllGroupsTogether() async throws {
        let clock = ImmediateClock()
        let fixture = try await AggregateFixture(clock: clock)
        for id in 0..<40 { try await fixture.put("\(id)", customer: "c\(id)", total: "1") }
        let start = clock.now
        let handler = try await fixture.handler(try Self.definition(), concurrency: 4, maximumWriteCapacity: 10)
        #expect(try await handler.handle(try await fixture.batch(), meter: WorkMeter()) == .done)
        let took = clock.now.since(start)
        #expect(took >= .seconds(3) && took <= .seconds(5), "\(took)")
    }

    @Test func whatIsThrottledLowersThePace() async throws {
        let fixture = try await AggregateFixture(clock: ImmediateClock())
        try await fixture.put("1", customer: "a", total: "1")
        let tables = Self.failing(fixture, times: 1, DynamoDBError(.provisionedThroughputExceeded, "slow down"))
        let paces = Mutex<[WritePace]>([])
        let meter = WorkMeter(onPace: { pace in paces.withLock { $0.append(pace) } })
        let handler = try await fixture.handler(try Self.definition(), tables: tables)
        #expect(try await handler.handle(try await fixture.batch(), meter: meter) == .done)
        #expect(paces.withLock { $0.map(\.change) } == [.slowed])
    }

    @Test(arguments: [
        DynamoDBError(.throttling, "slow down"), DynamoDBError(.internalServerError, "again", status: 500),
        DynamoDBError(.transactionConflict, "busy"),
    ])
    func whatPassesGoesBackToTheEngine(error: DynamoDBError) async throws {
        let fixture = try await AggregateFixture(clock: ImmediateClock())
        try await fixture.put("1", customer: "a", total: "1")
        let tables = Self.failing(fixture, error)
        let handler = try await fixture.handler(try Self.definition(), tables: tables, attemptLimit: 3)
        let outcome = try await handler.handle(try await fixture.batch(), meter: WorkMeter())
        guard case .retry(after: nil, let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains(error.message))
    }

    @Test(arguments: [DynamoDBError.Code.accessDenied, .resourceNotFound])
    func whatCannotSucceedStopsTheConsumer(code: DynamoDBError.Code) async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "a", total: "1")
        let tables = Self.failing(fixture, DynamoDBError(code, "no"))
        let handler = try await fixture.handler(try Self.definition(), tables: tables)
        let outcome = try await handler.handle(try await fixture.batch(), meter: WorkMeter())
        guard case .stop(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("cannot add to Totals"))
    }

    @Test func aTableThatKeepsAnotherAggregateIsNotWrittenTo() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "a", total: "1")
        let batch = try await fixture.batch()
        let first = try await fixture.handler(try Self.definition())
        #expect(try await first.handle(batch, meter: WorkMeter()) == .done)
        let second = try await fixture.handler(try Self.definition(["count"]))
        guard case .stop(let reason) = try await second.handle(batch, meter: WorkMeter()) else {
            Issue.record("a second definition was accepted")
            return
        }
        #expect(reason.contains("values: sum_total=sum:NewImage.total there, count=count here"))
        #expect(try await fixture.item("a")?["count"] == nil)
    }

    @Test func aSequenceNumberThatIsNoNumberOfDynamoDBStopsTheConsumer() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "a", total: "1")
        var batch = try await fixture.batch()
        batch.records[0].sequenceNumber = try #require(SequenceNumber(String(repeating: "7", count: 39)))
        let outcome = try await fixture.handler(try Self.definition()).handle(batch, meter: WorkMeter())
        guard case .stop(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("(38)"))
    }

    /// Some emulators refuse without telling the item.
    @Test func whatIsCountedIsReadWhereTheRefusalDoesNotTellIt() async throws {
        let fixture = try await AggregateFixture()
        for id in 0..<4 { try await fixture.put("\(id)", customer: "a", total: "1") }
        let tables = InterceptedTables(inner: fixture.store) { (request, update) async throws(DynamoDBError) in
            do throws(DynamoDBError) {
                return try await update(request)
            } catch {
                throw DynamoDBError(error.code, error.message)
            }
        }
        let handler = try await fixture.handler(try Self.definition(), tables: tables)
        #expect(try await handler.handle(try await fixture.batch(0..<2), meter: WorkMeter()) == .done)
        let meter = WorkMeter()
        #expect(try await handler.handle(try await fixture.batch(), meter: meter) == .done)
        #expect(meter.total.requests == ["GetItem": 1, "UpdateItem": 2])
        #expect(try await fixture.numbers() == ["a": ["4"]])
    }

    @Test func aDryRunShowsTheRequestsAndWritesNothing() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "a", total: "1.5")
        let plans = Mutex<[EventPlan]>([])
        let handler = try await fixture.handler(try Self.definition(), isDryRun: true) { plan in
            plans.withLock { $0.append(plan) }
        }
        let meter = WorkMeter()
        #expect(try await handler.handle(try await fixture.batch(), meter: meter) == .doneWithoutCheckpoint)
        #expect(meter.total.requests.isEmpty)
        let plan = try #require(plans.withLock { $0.first })
        #expect(plan.operation == "UpdateItem" && plan.target == "Totals")
        let request = try JSONValue(parsing: try #require(plan.requests.first))
        #expect(request["Key"]?["group"]?["S"]?.string == "a")
        #expect(request["UpdateExpression"]?.string == "SET #s = :l ADD #v0 :d0")
        #expect(request["ConditionExpression"]?.string == "attribute_not_exists(#s) OR #s < :f")
        #expect(request["ExpressionAttributeValues"]?[":d0"]?["N"]?.string == "1.5")
        #expect(try await fixture.store.scan(ScanRequest(tableName: "Totals")).items.isEmpty)
    }

    @Test func theLastInvocationOfAWindowMayHaveNoRecords() async throws {
        let fixture = try await AggregateFixture()
        let batch = RecordBatch(id: BatchID(1), shard: ShardID("shardId-0"), records: [])
        let meter = WorkMeter()
        #expect(try await fixture.handler(try Self.definition()).handle(batch, meter: meter) == .done)
        #expect(meter.total.requests.isEmpty)
    }
}
