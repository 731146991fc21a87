// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DemoPipeline
import DynamoDBModel
import LocalDynamoDB
import LocalEndpoint
import Logging
import RecordHandlers
import StreamSession
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Over real HTTP, with a real SQLite file for the positions.
@Suite("The demo's pipeline", .timeLimit(.minutes(2)))
struct DemoPipelineTests {
    private static func report(
        messages: Int,
        mode: DeleteMode,
        shards: Int = 1,
        dropRequest: (@Sendable (_ operation: String, _ index: Int) -> Bool)? = nil
    ) async throws -> HeadlineReport {
        let folder = try TemporaryFolder()
        let configuration = DemoConfiguration(
            shards: shards,
            deleteMode: mode,
            checkpointFile: "\(folder.path)/checkpoints.sqlite",
            toolVersion: "test"
        )
        return try await DemoPipeline.run(
            configuration,
            clock: SystemClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            dropRequest: dropRequest
        ) { pipeline in
            try await StoryPreloader(api: pipeline.client).load(count: messages, seed: 7)
            let before = pipeline.deleteCounts
            let consumer = try await pipeline.makeConsumer(
                limits: DemoPipeline.Limits(untilIdle: .milliseconds(300)),
                retention: .figuresOnly
            )
            try await consumer.run()
            return HeadlineReport(
                messages: messages,
                engine: EngineFigures(consumer.session.state.totals),
                endpoint: try await pipeline.endpointFigures(since: before)
            )
        }
    }

    @Test func inBatchesFourRequestsDeleteAHundredItems() async throws {
        let report = try await Self.report(messages: 10_000, mode: .batch)
        #expect(report.disagreements.isEmpty)
        #expect(report.engine.insertRecords == 10_000)
        #expect(report.engine.batches == 100)
        #expect(report.engine.batchWriteItemRequests == 400)
        #expect(report.engine.deleteItemRequests == 0)
        #expect(report.engine.itemsDeleted == 10_000)
        #expect(report.engine.writeCapacityUnits == 10_000)
        #expect(report.endpoint.stagingItemsLeft == 0)
    }

    /// In a process of its own: the counter is the process's, and other tests decode images.
    @Test func noImageIsDecodedWhileItemsAreDeleted() async {
        await #expect(processExitsWith: .success) {
            let before = DecodedImageCounter.count
            let report = try await Self.report(messages: 10_000, mode: .batch)
            guard report.disagreements.isEmpty, report.engine.itemsDeleted == 10_000 else { exit(2) }
            guard DecodedImageCounter.count == before else { exit(3) }
        }
    }

    @Test func oneByOneEachItemIsARequest() async throws {
        let report = try await Self.report(messages: 1000, mode: .item)
        #expect(report.disagreements.isEmpty)
        #expect(report.engine.deleteItemRequests == 1000)
        #expect(report.endpoint.deleteItemRequests == 1000)
        #expect(report.engine.batchWriteItemRequests == 0)
        #expect(report.endpoint.stagingItemsLeft == 0)
    }

    @Test func shardsShareTheWork() async throws {
        let report = try await Self.report(messages: 1000, mode: .batch, shards: 4)
        #expect(report.disagreements.isEmpty)
        #expect(report.endpoint.itemsDeleted == 1000)
    }

    @Test(arguments: DeleteMode.allCases)
    func aRequestThatIsDroppedOnTheWayIsNoticed(mode: DeleteMode) async throws {
        // The first requests are the preload's.
        let dropped = Atomic<Bool>(false)
        let operation = mode == .batch ? "BatchWriteItem" : "DeleteItem"
        let report = try await Self.report(messages: 200, mode: mode) { name, index in
            guard name == operation, mode == .item || index > 17 else { return false }
            return !dropped.exchange(true, ordering: .relaxed)
        }
        let hasDropped = dropped.load(ordering: .relaxed)
        #expect(hasDropped)
        #expect(!report.disagreements.isEmpty)
        #expect(report.endpoint.stagingItemsLeft == (mode == .batch ? 25 : 1))
    }
}
