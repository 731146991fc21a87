// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

/// What a handler that deletes does with a table that takes less than it is given.
@Suite("Deleting within limits", .timeLimit(.minutes(1)))
struct DeletePacingTests {
    private static let throttled = DynamoDBError(.provisionedThroughputExceeded, "slow down")

    private static func handler(
        _ mode: DeleteMode,
        on tables: ScriptedTables,
        concurrency: Int = 1,
        maximum: Int? = nil,
        attemptLimit: Int = 3,
        clock: any SessionClock = ImmediateClock()
    ) -> DeleteHandler {
        DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: "StagingTable",
                mode: mode,
                keyNames: ["messageId", "createdAt"],
                concurrency: concurrency,
                maximumWriteCapacity: maximum,
                attemptLimit: attemptLimit
            ),
            api: tables,
            clock: clock,
            seed: 7
        )
    }

    private static func isRetry(_ outcome: HandlerOutcome) -> Bool {
        if case .retry(after: nil, _) = outcome { true } else { false }
    }

    @Test(arguments: DeleteMode.allCases, [10, 100])
    func theBoundIsOnAllBatchesTogether(mode: DeleteMode, maximum: Int) async throws {
        let clock = ImmediateClock()
        let start = clock.now
        let handler = Self.handler(mode, on: ScriptedTables(), maximum: maximum, clock: clock)
        let meter = WorkMeter()
        for batch in 0..<4 {
            let records = HandlerConformance.batch(UInt64(batch), of: batch * 100..<(batch + 1) * 100)
            #expect(try await handler.handle(records, meter: meter) == .done)
        }
        #expect(meter.total.writeCapacityUnits == 400)
        let took = clock.now.since(start)
        #expect(took >= .seconds(400 / maximum) - .seconds(3))
        #expect(took <= .seconds(400 / maximum) + .seconds(1))
    }

    @Test func severalAtOnceKeepToOneBound() async throws {
        let clock = ImmediateClock()
        let start = clock.now
        let tables = ScriptedTables()
        let handler = Self.handler(.item, on: tables, concurrency: 16, maximum: 50, clock: clock)
        let outcomes = try await withThrowingTaskGroup(of: HandlerOutcome.self) { group in
            for shard in 0..<4 {
                group.addTask {
                    let batch = HandlerConformance.batch(1, of: shard * 50..<(shard + 1) * 50, shard: shard)
                    return try await handler.handle(batch, meter: WorkMeter())
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .done, count: 4))
        #expect(tables.seen.accepted.count == 200)
        // Everybody who waits moves this clock, so it only says that nobody was let through too early.
        #expect(clock.now.since(start) >= .seconds(3))
    }

    /// What was taken before the batch went back to the engine is not sent again.
    @Test func theNextAttemptOfABatchGoesOnWithWhatIsLeft() async throws {
        // 60 keys: the first chunk passes, of the second 20 keys are left and stay so, the third is not begun.
        let tables = ScriptedTables { call in
            switch call {
            case 2: .leave(20)
            case 3, 4: .fail(Self.throttled)
            default: .accept
            }
        }
        let handler = Self.handler(.batch, on: tables, attemptLimit: 3)
        let meter = WorkMeter()
        let batch = HandlerConformance.batch(1, of: 0..<60)
        #expect(Self.isRetry(try await handler.handle(batch, meter: meter)))
        #expect(tables.seen.accepted.count == 30)
        #expect(try await handler.handle(batch, meter: meter) == .done)
        #expect(tables.seen.accepted.count == 60)
        #expect(Set(tables.seen.accepted).count == 60)
        #expect(meter.total.itemsDeleted == 60)
        #expect(meter.total.singleRequests == 60)
    }

    @Test(arguments: [1, 4])
    func oneByOneToo(concurrency: Int) async throws {
        let tables = ScriptedTables { call in (21...60).contains(call) ? .fail(Self.throttled) : .accept }
        let handler = Self.handler(.item, on: tables, concurrency: concurrency, attemptLimit: 2)
        let meter = WorkMeter()
        let batch = HandlerConformance.batch(1, of: 0..<40)
        var attempts = 1
        while Self.isRetry(try await handler.handle(batch, meter: meter)) { attempts += 1 }
        #expect(attempts > 1)
        #expect(tables.seen.accepted.count == 40)
        #expect(Set(tables.seen.accepted).count == 40)
        #expect(meter.total.singleRequests == 40)
    }

    /// A repeated key is deleted once a batch with BatchWriteItem and once a record with DeleteItem, whatever was throttled.
    @Test(arguments: [(DeleteMode.batch, 30), (.item, 60)])
    func aRepeatedKeyIsLeftWhenItsDeleteIsLeft(mode: DeleteMode, deletes: Int) async throws {
        let tables = ScriptedTables { call in call == 2 || call == 3 ? .fail(Self.throttled) : .accept }
        let handler = Self.handler(mode, on: tables, attemptLimit: 2)
        let meter = WorkMeter()
        var batch = HandlerConformance.batch(1, of: 0..<30)
        // Later changes of the same items: other records with the same keys.
        batch.records += (30..<60).map { number in
            var record = HandlerConformance.record(number)
            record.keys = HandlerConformance.record(number - 30).keys
            return record
        }
        while Self.isRetry(try await handler.handle(batch, meter: meter)) {}
        #expect(tables.seen.accepted.count == deletes)
        #expect(Set(tables.seen.accepted).count == 30)
        #expect(meter.total.repeatedKeys == 60 - deletes)
    }

    /// The service may spell the keys that it hands back in its own way.
    @Test func unprocessedKeysAreKnownByTheirValue() async throws {
        let keys = [
            #"{"messageId":{"S":"B"},"createdAt":{"N":"1"}}"#, #"{"messageId":{"S":"A"},"createdAt":{"N":"1e3"}}"#,
        ]
        let records = keys.enumerated().map { HandlerConformance.record($0.offset, keys: $0.element) }
        let batch = RecordBatch(id: BatchID(1), shard: ShardID("shardId-0"), records: records)
        let tables = ScriptedTables { call in call == 1 ? .leaveRespelled(1) : .accept }
        let handler = Self.handler(.batch, on: tables, attemptLimit: 1)
        let meter = WorkMeter()
        #expect(Self.isRetry(try await handler.handle(batch, meter: meter)))
        #expect(try await handler.handle(batch, meter: meter) == .done)
        #expect(tables.seen.batches == [["B@1", "A@1000"], ["A@1000"]])
    }

    @Test func anotherBatchBeginsAnew() async throws {
        let tables = ScriptedTables { call in call == 2 ? .fail(Self.throttled) : .accept }
        let handler = Self.handler(.batch, on: tables, attemptLimit: 1)
        let batch = HandlerConformance.batch(1, of: 0..<30)
        #expect(Self.isRetry(try await handler.handle(batch, meter: WorkMeter())))
        #expect(try await handler.handle(batch, meter: WorkMeter()) == .done)
        #expect(tables.seen.accepted.count == 55)
    }

    @Test(arguments: DeleteMode.allCases)
    func slowingDownIsTold(mode: DeleteMode) async throws {
        let tables = ScriptedTables { call in call <= 2 ? .fail(Self.throttled) : .accept }
        let paces = Mutex<[WritePace]>([])
        let meter = WorkMeter(onPace: { pace in paces.withLock { $0.append(pace) } })
        let handler = Self.handler(mode, on: tables, maximum: 200)
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 0..<300), meter: meter) == .done)
        let told = paces.withLock { $0 }
        #expect(told.first?.limit == 140)
        #expect(told.first?.reason?.contains("slow down") == true)
        #expect(told.dropFirst().first?.change == .slowed)
        #expect(told.contains { $0.change == .raised })
    }

    /// What fails in another way says nothing of the table's capacity.
    @Test(arguments: DeleteMode.allCases)
    func aBrokenConnectionSlowsNothingDown(mode: DeleteMode) async throws {
        let tables = ScriptedTables { _ in .fail(DynamoDBError(.connectionFailed, "reset")) }
        let meter = WorkMeter(onPace: { Issue.record("\($0)") })
        let outcome = try await Self.handler(mode, on: tables, maximum: 100)
            .handle(HandlerConformance.batch(1, of: 0..<1), meter: meter)
        #expect(Self.isRetry(outcome))
    }
}
