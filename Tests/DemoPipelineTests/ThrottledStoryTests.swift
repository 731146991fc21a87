// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DemoPipeline
import DynamoDBModel
import LocalDynamoDB
import RecordHandlers
import StreamSession
import TestSupport
import Testing

/// What the demo's parts do when the staging table has little capacity; all in process and on a clock that pauses move.
@Suite("A staging table with little capacity", .timeLimit(.minutes(1)))
struct ThrottledStoryTests {
    private static func store(_ clock: ImmediateClock, writeCapacity: Int?) async throws -> LocalStore {
        let store = try LocalStore(clock: clock)
        try await StoryTables.create(on: store, stagingWriteCapacity: writeCapacity)
        return store
    }

    @Test func onlyStagingIsProvisioned() async throws {
        let store = try await Self.store(ImmediateClock(), writeCapacity: 5)
        let staging = try await store.describeTable(StoryTables.staging)
        #expect(staging.billingMode == .provisioned)
        #expect(staging.provisionedThroughput.writeCapacityUnits == 5)
        #expect(try await store.describeTable(StoryTables.messages).billingMode == .payPerRequest)
    }

    @Test func withoutACapacityBothAreOnDemand() async throws {
        let store = try await Self.store(ImmediateClock(), writeCapacity: nil)
        #expect(try await store.describeTable(StoryTables.staging).billingMode == .payPerRequest)
    }

    @Test func theStoryIsToldToItsEndAndTakesAsLongAsTheTableNeeds() async throws {
        let clock = ImmediateClock()
        let store = try await Self.store(clock, writeCapacity: 1)
        let start = clock.now
        let story = Story(seed: 7, rate: 1000, limit: 400, start: start)
        try await StoryPlayer(api: store, clock: clock).play(story)
        #expect(try await store.describeTable(StoryTables.staging).itemCount == 400)
        // 300 units of burst, and a second for each of the other hundred.
        #expect(clock.now.since(start) >= .seconds(99))
    }

    @Test func whatCannotSucceedEndsTheStory() async throws {
        let clock = ImmediateClock()
        let store = try await Self.store(clock, writeCapacity: nil)
        _ = try await store.deleteTable(StoryTables.staging)
        let story = Story(seed: 7, rate: 1000, limit: 10, start: clock.now)
        await #expect(throws: DynamoDBError.self) { try await StoryPlayer(api: store, clock: clock).play(story) }
    }

    @Test(arguments: DeleteMode.allCases)
    func throttledDeletesAreCountedAndAllDoneInTheEnd(mode: DeleteMode) async throws {
        let clock = ImmediateClock()
        let store = try await Self.store(clock, writeCapacity: 1)
        let handler = DeleteHandler(
            configuration: DeleteHandlerConfiguration(
                stagingTable: StoryTables.staging,
                mode: mode,
                keyNames: ["messageId", "createdAt"],
                concurrency: 4,
                provisionedWriteCapacity: 1,
                attemptLimit: 3
            ),
            api: store,
            clock: clock,
            seed: 7
        )
        // Deleting what is not there costs a unit each, too. Five are taken before, so that the end of what is kept for bursts
        // is in the middle of a request.
        #expect(try await handler.handle(HandlerConformance.batch(1, of: 400..<405), meter: WorkMeter()) == .done)
        let batch = HandlerConformance.batch(1, of: 0..<305)
        let meter = WorkMeter()
        for attempt in 1... {
            let outcome = try await handler.handle(batch, meter: meter)
            if outcome == .done { break }
            try #require(attempt < 20, "\(outcome)")
        }
        let work = meter.total
        #expect(work.throttles > 0)
        if mode == .batch { #expect(work.unprocessedItems > 0) }
        // What was accepted before the batch came again was not sent again.
        #expect(work.itemsDeleted == 305)
        #expect(work.writeCapacityUnits == Double(work.itemsDeleted))
    }
}
