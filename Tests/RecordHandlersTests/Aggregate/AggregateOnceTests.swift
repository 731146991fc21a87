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

/// However often and in whatever pieces records come, each is counted once.
@Suite("Counting exactly once", .timeLimit(.minutes(1)))
struct AggregateOnceTests {
    private static func definition(writeShards: Int = 1) throws -> AggregateDefinition {
        try AggregateDefinitionTests.definition(
            ["count", "sum:NewImage.total"],
            by: "NewImage.customer",
            writeShards: writeShards
        )
    }

    /// Orders of three customers that come, change, move and go.
    private static func write(_ count: Int, to fixture: AggregateFixture, seed: UInt64 = 7) async throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<count {
            let id = "\(Int.random(in: 0..<12, using: &generator))"
            if Int.random(in: 0..<5, using: &generator) == 0 {
                try await fixture.delete(id)
            } else {
                let customer = ["alice", "bob", "carol"].randomElement(using: &generator) ?? ""
                let cents = Int.random(in: -10_000...10_000, using: &generator)
                try await fixture.put(
                    id,
                    customer: customer,
                    total: "\(cents).\(Int.random(in: 0...99, using: &generator))"
                )
            }
        }
    }

    private static func expectTruth(
        _ fixture: AggregateFixture,
        _ comment: Comment = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let numbers = try await fixture.numbers().filter { $0.value != ["0", "0"] }
        #expect(try await numbers == fixture.truth(), comment, sourceLocation: sourceLocation)
    }

    @Test func aBatchThatComesAgainChangesNothing() async throws {
        let fixture = try await AggregateFixture()
        try await Self.write(60, to: fixture)
        let batch = try await fixture.batch()
        for _ in 0..<3 {
            // A new process knows nothing of the one before.
            let handler = try await fixture.handler(try Self.definition())
            #expect(try await handler.handle(batch, meter: WorkMeter()) == .done)
            try await Self.expectTruth(fixture)
        }
    }

    /// The borders of a batch are not the same after a crash: one may hold records that are counted and such that are not.
    @Test func ofABatchThatOverlapsOnlyTheRestIsCounted() async throws {
        let fixture = try await AggregateFixture()
        for id in 0..<10 { try await fixture.put("\(id)", customer: "alice", total: "1") }
        let said = Mutex<[String]>([])
        let handler = try await fixture.handler(try Self.definition())
        for range in [0..<4, 2..<6, 0..<10, 9..<10] {
            let meter = WorkMeter { line in said.withLock { $0.append(line) } }
            #expect(try await handler.handle(try await fixture.batch(range), meter: meter) == .done)
        }
        #expect(try await fixture.numbers() == ["alice": ["10", "10"]])
        let counts = said.withLock { $0 }
        #expect(
            counts == [2, 6, 1].map { "\($0) additions were counted before and are left out" }
        )
    }

    @Test(arguments: 0..<40)
    func anySequenceOfDeliveriesFromEarlierPositionsComesToTheTruth(seed: UInt64) async throws {
        let fixture = try await AggregateFixture()
        try await Self.write(80, to: fixture, seed: seed)
        let all = try await fixture.batch()
        var generator = SplitMix64(seed: seed)
        let writeShards = Int.random(in: 1...3, using: &generator)
        var done = 0
        while done < all.records.count {
            // A position stored earlier, and a batch of any size.
            let start = Int.random(in: 0...done, using: &generator)
            let end = Int.random(in: start + 1...min(all.records.count, start + 30), using: &generator)
            let handler = try await fixture.handler(
                try Self.definition(writeShards: writeShards),
                concurrency: Int.random(in: 1...3, using: &generator)
            )
            let meter = WorkMeter()
            #expect(try await handler.handle(try await fixture.batch(start..<end), meter: meter) == .done)
            done = max(done, end)
        }
        try await Self.expectTruth(fixture, "seed \(seed)")
    }

    @Test func aRecordThatIsTwiceInABatchCountsOnce() async throws {
        let fixture = try await AggregateFixture()
        for id in 0..<6 { try await fixture.put("\(id)", customer: "alice", total: "1") }
        var batch = try await fixture.batch()
        batch.records = Array(batch.records[0..<4] + batch.records[1..<6])
        let handler = try await fixture.handler(try Self.definition())
        #expect(try await handler.handle(batch, meter: WorkMeter()) == .done)
        #expect(try await fixture.numbers() == ["alice": ["6", "6"]])
    }

    /// What adds up to nothing is noted as well: half of it may come again alone.
    @Test func aSumOfNothingIsNotedToo() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "alice", total: "5")
        try await fixture.delete("1")
        let handler = try await fixture.handler(try Self.definition())
        #expect(try await handler.handle(try await fixture.batch(), meter: WorkMeter()) == .done)
        #expect(try await handler.handle(try await fixture.batch(1..<2), meter: WorkMeter()) == .done)
        #expect(try await fixture.numbers() == ["alice": ["0", "0"]])
    }

    /// The service has written and its answer is lost: nobody can tell that from a request that never arrived.
    @Test(arguments: [DynamoDBError.Code.timedOut, .internalServerError, .connectionFailed])
    func aLostAnswerCountsOnce(code: DynamoDBError.Code) async throws {
        let fixture = try await AggregateFixture()
        try await Self.write(60, to: fixture)
        var generator = SplitMix64(seed: 3)
        let lost = Mutex((0..<40).map { _ in Bool.random(using: &generator) })
        let tables = InterceptedTables(inner: fixture.store) { (request, update) async throws(DynamoDBError) in
            let result = try await update(request)
            if lost.withLock({ $0.popLast() ?? false }) { throw DynamoDBError(code, "lost", status: 500) }
            return result
        }
        let handler = try await fixture.handler(try Self.definition(), tables: tables)
        let batch = try await fixture.batch()
        var outcomes: [HandlerOutcome] = []
        repeat { outcomes.append(try await handler.handle(batch, meter: WorkMeter())) } while outcomes.last != .done
        #expect(outcomes.count > 1)
        for case .stop(let reason) in outcomes { Issue.record("\(reason)") }
        try await Self.expectTruth(fixture)
    }

    @Test func twoThatHandleTheSameShardAtOnceCountOnce() async throws {
        let fixture = try await AggregateFixture()
        try await Self.write(200, to: fixture)
        let all = try await fixture.batch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for step in [7, 10, 13] {
                let handler = try await fixture.handler(try Self.definition(), concurrency: 2)
                group.addTask {
                    for start in stride(from: 0, to: all.records.count, by: step) {
                        var batch = all
                        batch.records = Array(all.records[start..<min(start + step, all.records.count)])
                        let outcome = try await handler.handle(batch, meter: WorkMeter())
                        #expect(outcome == .done)
                    }
                }
            }
            try await group.waitForAll()
        }
        try await Self.expectTruth(fixture)
    }

    /// A stream that is switched off and on again may have the same names of shards, and smaller numbers.
    @Test func theShardsOfAnotherStreamHaveMarksOfTheirOwn() async throws {
        let fixture = try await AggregateFixture()
        try await fixture.put("1", customer: "alice", total: "5")
        let batch = try await fixture.batch()
        let definition = try Self.definition()
        for stream in ["a", "b", "a"] {
            let handler = AggregateHandler(
                configuration: AggregateHandlerConfiguration(
                    table: AggregateFixture.totals,
                    keyName: "group",
                    stream: StreamARN(stream),
                    definition: definition
                ),
                tables: fixture.store,
                streams: fixture.store,
                clock: fixture.clock,
                seed: 7
            )
            #expect(try await handler.handle(batch, meter: WorkMeter()) == .done)
        }
        #expect(try await fixture.numbers() == ["alice": ["2", "10"]])
    }

    @Test func theShardsOfAStreamSpreadOverTheParts() async throws {
        let fixture = try await AggregateFixture(shards: 8)
        for id in 0..<200 { try await fixture.put("\(id)", customer: "alice", total: "1") }
        let handler = try await fixture.handler(try Self.definition(writeShards: 3))
        let meter = WorkMeter()
        let batches = try await fixture.batches()
        for batch in batches { #expect(try await handler.handle(batch, meter: meter) == .done) }
        // One for each shard, as a shard writes to one part, and one for the definition.
        #expect(meter.total.requests == ["UpdateItem": batches.count + 1])
        let reading = try await AggregateReading.read(AggregateFixture.totals, api: fixture.store)
        #expect(reading.groups.map(\.parts) == [3])
        #expect(try await fixture.numbers() == ["alice": ["200", "200"]])
        let parts = try await [0, 1, 2].asyncMap { try await fixture.item("alice#\($0)")?["count"] }
        #expect(parts.allSatisfy { $0 != nil && $0 != .number(DecimalNumber(200)) })
    }
}

extension [Int] {
    fileprivate func asyncMap<Value>(_ body: (Int) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
