// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

@Suite("Deleting what a batch names", .timeLimit(.minutes(1)))
struct DeleteHandlerTests {
    private static let keyNames = ["messageId", "createdAt"]

    private static func handler(
        _ mode: DeleteMode,
        on tables: ScriptedTables,
        concurrency: Int = 4,
        isDryRun: Bool = false,
        attemptLimit: Int = 10,
        clock: any SessionClock = ImmediateClock(),
        report: @escaping @Sendable (DeletePlan) -> Void = { _ in }
    ) -> DeleteHandler {
        DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: "StagingTable",
                mode: mode,
                keyNames: Self.keyNames,
                concurrency: concurrency,
                isDryRun: isDryRun,
                attemptLimit: attemptLimit,
                report: report
            ),
            api: tables,
            clock: clock,
            seed: 7
        )
    }

    private static func expected(_ numbers: Range<Int>) -> Set<String> {
        Set(numbers.map { "msg-\($0)@\(1_767_225_600_000 + $0)" })
    }

    @Test(arguments: [(1, [1]), (25, [25]), (26, [25, 1]), (100, [25, 25, 25, 25])])
    func keysGoOutByTwentyFive(records: Int, sizes: [Int]) async throws {
        let tables = ScriptedTables()
        let meter = WorkMeter()
        let batch = HandlerConformance.batch(1, of: 0..<records)
        let outcome = try await Self.handler(.batch, on: tables).handle(batch, meter: meter)
        #expect(outcome == .done)
        #expect(tables.seen.batches.map(\.count).sorted(by: >) == sizes)
        #expect(Set(tables.seen.accepted) == Self.expected(0..<records))
        #expect(tables.seen.tables == ["StagingTable"])
        #expect(tables.seen.capacities == [.total])
        let work = HandlerWork(
            requests: ["BatchWriteItem": sizes.count],
            itemsDeleted: records,
            singleRequests: records,
            writeCapacityUnits: Double(records)
        )
        #expect(meter.total == work)
    }

    @Test func aRepeatedKeyIsDeletedOnceAndCounted() async throws {
        let tables = ScriptedTables()
        let meter = WorkMeter()
        var batch = HandlerConformance.batch(1, of: 0..<20)
        batch.records += batch.records.prefix(15)
        #expect(try await Self.handler(.batch, on: tables).handle(batch, meter: meter) == .done)
        #expect(tables.seen.accepted.count == 20)
        #expect(meter.total.repeatedKeys == 15)
        #expect(meter.total.singleRequests == 35)
        #expect(meter.total.itemsDeleted == 20)
    }

    /// `1000` and `1e3` are one number, `A` and `\u0041` one text, and the order of attributes does not matter.
    @Test func keysAreComparedAsDynamoDBComparesThem() async throws {
        let spellings = [
            #"{"messageId":{"S":"A"},"createdAt":{"N":"1000"}}"#,
            #"{"createdAt":{"N":"1e3"},"messageId":{"S":"A"}}"#,
            #"{"createdAt":{"N":"1000.0"},"messageId":{"S":"\u0041"}}"#,
            #"{ "createdAt" : {"N":"01000"}, "messageId" : {"S":"A"} }"#,
        ]
        let others = [
            #"{"messageId":{"S":"A"},"createdAt":{"N":"1001"}}"#, #"{"messageId":{"S":"a"},"createdAt":{"N":"1000"}}"#,
            #"{"messageId":{"S":"A1"},"createdAt":{"N":"000"}}"#, #"{"messageId":{"S":"A"},"createdAt":{"N":"-1000"}}"#,
        ]
        let tables = ScriptedTables()
        let meter = WorkMeter()
        let records = (spellings + others).enumerated().map { HandlerConformance.record($0.offset, keys: $0.element) }
        let batch = RecordBatch(id: BatchID(1), shard: ShardID("shardId-0"), records: records)
        #expect(try await Self.handler(.batch, on: tables).handle(batch, meter: meter) == .done)
        #expect(meter.total.repeatedKeys == 3)
        #expect(meter.total.itemsDeleted == 5)
    }

    @Test func aKeyGoesOnAsTheBytesThatCame() async throws {
        let keys = #"{"createdAt":{"N":"1e3"},"messageId":{"S":"A\/B"}}"#
        let sent = Mutex<[RawItem]>([])
        let handler = Self.handler(.batch, on: ScriptedTables(), isDryRun: true) { plan in
            sent.withLock { $0 += plan.requests.flatMap(\.self) }
        }
        let batch = RecordBatch(
            id: BatchID(1),
            shard: ShardID("shardId-0"),
            records: [HandlerConformance.record(1, keys: keys)]
        )
        _ = try await handler.handle(batch, meter: WorkMeter())
        #expect(sent.withLock { $0.map { Array($0.bytes) } } == [Array(keys.utf8)])
    }

    @Test func unprocessedKeysAreSentAgainAfterGrowingPauses() async throws {
        let clock = ImmediateClock()
        let tables = ScriptedTables { call in call <= 4 ? .leave(25 - call * 5) : .accept }
        let meter = WorkMeter()
        let batch = HandlerConformance.batch(1, of: 0..<25)
        #expect(try await Self.handler(.batch, on: tables, clock: clock).handle(batch, meter: meter) == .done)
        #expect(tables.seen.accepted.count == 25)
        #expect(Set(tables.seen.accepted) == Self.expected(0..<25))
        #expect(tables.seen.batches.map(\.count) == [25, 20, 15, 10, 5])
        #expect(meter.total.unprocessedItems == 50)
        #expect(meter.total.itemsDeleted == 25)
        #expect(meter.total.requests == ["BatchWriteItem": 5])
        // 50, 100, 200 and 400 ms, each between half and all of it; after each the budget has its own say.
        let pauses = [50, 100, 200, 400].map { Duration.milliseconds($0) }
        var rest = clock.sleeps[...]
        for whole in pauses {
            let index = try #require(rest.firstIndex { (whole / 2...whole).contains($0) }, "\(clock.sleeps)")
            rest = rest[(index + 1)...]
        }
    }

    @Test(arguments: DeleteMode.allCases)
    func throttlingIsWaitedOut(mode: DeleteMode) async throws {
        let throttled = DynamoDBError(.provisionedThroughputExceeded, "slow down")
        let tables = ScriptedTables { call in call <= 3 ? .fail(throttled) : .accept }
        let meter = WorkMeter()
        let batch = HandlerConformance.batch(1, of: 0..<1)
        #expect(try await Self.handler(mode, on: tables).handle(batch, meter: meter) == .done)
        #expect(meter.total.throttles == 3)
        #expect(meter.total.itemsDeleted == 1)
        #expect(meter.total.requests.values.reduce(0, +) == 4)
    }

    @Test(arguments: DeleteMode.allCases)
    func whatStaysThrottledGoesBackToTheEngine(mode: DeleteMode) async throws {
        let tables = ScriptedTables { _ in .fail(DynamoDBError(.throttling, "slow down")) }
        let handler = Self.handler(mode, on: tables, attemptLimit: 4)
        let outcome = try await handler.handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        guard case .retry(after: nil, let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("slow down"))
        #expect(tables.seen.batches.count + tables.seen.deletes.count == 4)
    }

    @Test(arguments: DeleteMode.allCases)
    func whatCannotSucceedStopsTheConsumer(mode: DeleteMode) async throws {
        let tables = ScriptedTables { _ in .fail(DynamoDBError(.accessDenied, "not allowed")) }
        let batch = HandlerConformance.batch(1, of: 0..<100)
        let outcome = try await Self.handler(mode, on: tables).handle(batch, meter: WorkMeter())
        guard case .stop(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("StagingTable") && reason.contains("not allowed"))
        // Nothing new is begun after the first refusal.
        #expect(tables.seen.batches.count + tables.seen.deletes.count <= 4)
    }

    @Test(arguments: DeleteMode.allCases)
    func aBrokenConnectionIsTheEnginesToRepeat(mode: DeleteMode) async throws {
        let tables = ScriptedTables { _ in .fail(DynamoDBError(.connectionFailed, "reset")) }
        let outcome = try await Self.handler(mode, on: tables)
            .handle(HandlerConformance.batch(1, of: 0..<1), meter: WorkMeter())
        guard case .retry(after: nil, _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test(arguments: DeleteMode.allCases)
    func cancellationIsNotAFailure(mode: DeleteMode) async throws {
        let tables = ScriptedTables { _ in .fail(DynamoDBError(.cancelled, "cancelled")) }
        await #expect(throws: CancellationError.self) {
            try await Self.handler(mode, on: tables)
                .handle(HandlerConformance.batch(1, of: 0..<100), meter: WorkMeter())
        }
    }

    @Test(arguments: [1, 3, 64])
    func requestsInFlightAreBounded(concurrency: Int) async throws {
        let tables = ScriptedTables()
        let handler = Self.handler(.item, on: tables, concurrency: concurrency)
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 0..<200), meter: WorkMeter()) == .done)
        #expect(tables.seen.mostRunning <= concurrency)
        #expect(tables.seen.deletes.count == 200)
    }

    @Test(arguments: DeleteMode.allCases)
    func oneRequestAtATimeKeepsTheOrderOfTheShard(mode: DeleteMode) async throws {
        let tables = ScriptedTables()
        let handler = Self.handler(mode, on: tables, concurrency: 1)
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 0..<200), meter: WorkMeter()) == .done)
        #expect(tables.seen.accepted == (0..<200).map { "msg-\($0)@\(1_767_225_600_000 + $0)" })
    }

    @Test func oneByOneEachRecordIsARequestAndAKeyIsNeverInFlightTwice() async throws {
        let tables = ScriptedTables()
        let meter = WorkMeter()
        var batch = HandlerConformance.batch(1, of: 0..<30)
        for _ in 0..<3 { batch.records += batch.records.prefix(30) }
        let handler = Self.handler(.item, on: tables, concurrency: 16)
        #expect(try await handler.handle(batch, meter: meter) == .done)
        #expect(meter.total.requests == ["DeleteItem": 120])
        #expect(meter.total.itemsDeleted == 120)
        #expect(meter.total.writeCapacityUnits == 120)
        #expect(tables.seen.capacities == [.total])
        #expect(tables.seen.keysTwiceInFlight == 0)
    }

    @Test(arguments: DeleteMode.allCases)
    func aDryRunSendsNothingAndTellsAll(mode: DeleteMode) async throws {
        let tables = ScriptedTables()
        let plans = Mutex<[DeletePlan]>([])
        let meter = WorkMeter()
        let handler = Self.handler(mode, on: tables, isDryRun: true) { plan in plans.withLock { $0.append(plan) } }
        let outcome = try await handler.handle(HandlerConformance.batch(1, of: 0..<60), meter: meter)
        #expect(outcome == .doneWithoutCheckpoint)
        #expect(tables.seen.batches.isEmpty && tables.seen.deletes.isEmpty)
        #expect(meter.total == HandlerWork())
        let plan = try #require(plans.withLock { $0.first })
        #expect(plan.table == "StagingTable")
        #expect(plan.operation == (mode == .batch ? "BatchWriteItem" : "DeleteItem"))
        #expect(plan.requests.map(\.count) == (mode == .batch ? [25, 25, 10] : Array(repeating: 1, count: 60)))
    }

    @Test func aKeyThatCannotBeReadStopsTheConsumer() async throws {
        let record = HandlerConformance.record(1, keys: #"{"messageId":{"S":"A"}}"#)
        let batch = RecordBatch(id: BatchID(1), shard: ShardID("shardId-0"), records: [record])
        for mode in DeleteMode.allCases {
            let outcome = try await Self.handler(mode, on: ScriptedTables()).handle(batch, meter: WorkMeter())
            guard case .stop(let reason) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(reason.contains("shardId-0"))
        }
    }

    @Test(arguments: HandlerConformance.rules)
    func everyHandlerKeepsTheRules(rule: HandlerConformance.Rule) async throws {
        try await rule.check { ObserveHandler() }
        for mode in DeleteMode.allCases {
            try await rule.check { Self.handler(mode, on: ScriptedTables()) }
            try await rule.check { Self.handler(mode, on: ScriptedTables(), isDryRun: true) }
        }
    }
}
