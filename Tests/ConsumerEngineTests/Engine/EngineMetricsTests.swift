// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import StreamSession
import Synchronization
import TestSupport
import Testing

/// What a consumer tells a metrics backend.
@Suite(.timeLimit(.minutes(1)))
struct EngineMetricsTests {
    private static let second = 1e9

    /// 250 records in batches of 100; each attempt takes 20 ms, the first one of all fails.
    private static func run(
        _ metrics: RecordedMetrics,
        _ change: (inout EngineRun) -> Void = { _ in }
    ) throws -> EngineRun.Session {
        let world = VirtualTime(seed: 1)
        let handler = ScriptedHandler { delivery, _ in
            try await world.sleep(for: .milliseconds(20))
            if delivery == 0 { throw CocoaError(.fileReadUnknown) }
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 1), handler: handler)
        run.configuration.batchSize = 100
        run.metrics = metrics
        run.service.addShard(1)
        run.service.write(0..<250, to: 1)
        change(&run)
        return try run.run()
    }

    @Test func eachLabelIsToldAndDocumentedAndNoOther() throws {
        let metrics = RecordedMetrics()
        _ = try Self.run(metrics) {
            // Given up and told of, given up and not told of, filtered out, repeated.
            $0.configuration.maximumRetryAttempts = 0
            $0.configuration.eventNames = [.insert]
            $0.onFailure = AlternatingDestination()
            $0.service.write(250..<260, to: 1, kind: .modify)
            $0.service.repeatPages(1, of: 1)
            $0.service.fail(.records, with: [DynamoDBError(.throttling, "slow", status: 400)])
            $0.service.addShard(2)
            $0.service.fail(.records, of: 2, with: [DynamoDBError(.resourceNotFound, "gone", status: 400)])
            $0.handler = ScriptedHandler { delivery, _ in
                if delivery == 0 {
                    FailedCall(operation: "Put", code: "c", message: "m", isThrottling: true).tell()
                    return .retry(after: nil, reason: "throttled")
                }
                if delivery < 3 { throw CocoaError(.fileReadUnknown) }
                return .done
            }
        }
        let labels = Set(ConsumerMetric.all.map(\.label))
        #expect(metrics.labels == labels)
        #expect(ConsumerMetric.all.count == labels.count)
        for metric in ConsumerMetric.all { #expect(metric.label.hasPrefix("weir.shard") == metric.isPerShard) }

        let article = try String(contentsOf: Self.article, encoding: .utf8)
        for label in labels { #expect(article.contains("`\(label)`"), "\(label)") }
    }

    @Test func countersAddUpToWhatTheSessionCounted() throws {
        let metrics = RecordedMetrics()
        let totals = try Self.run(metrics).state.totals
        #expect(totals.polled == 250)
        #expect(metrics.sum("weir.records.polled") == totals.polled)
        #expect(metrics.sum("weir.records.succeeded") == totals.succeeded)
        #expect(metrics.sum("weir.records.invoked") == totals.invoked)
        #expect(metrics.sum("weir.records.failed_invokes") == totals.failedInvokes)
        #expect(metrics.sum("weir.reads") == totals.reads)
        #expect(metrics.sum("weir.reads.empty") == totals.emptyReads)
        #expect(metrics.sum("weir.retries") == 1)
        #expect(metrics.sum("weir.shard.records.polled") == totals.polled)
        #expect(metrics.values("weir.records.in_flight").last == 0)
    }

    @Test func batchesAreToldWithTheirFillTheirTimesAndTheirAttempts() throws {
        let metrics = RecordedMetrics()
        let session = try Self.run(metrics)
        #expect(metrics.values("weir.batch.records") == [100, 100, 50])
        #expect(metrics.values("weir.batch.fill") == [1, 1, 0.5])
        #expect(metrics.values("weir.shard.batch.fill") == [1, 1, 0.5])
        #expect(metrics.values("weir.batch.attempts") == [2, 1, 1])
        #expect(metrics.values("weir.batch.handler_time") == [0.04, 0.02, 0.02].map { $0 * Self.second })
        let ages = session.outcomes.map { Double($0.iteratorAge.wholeMilliseconds) / 1000 * Self.second }
        #expect(metrics.values("weir.iterator_age") == ages)
        // The later batches of a page wait for the first one.
        let waits = metrics.values("weir.batch.window_wait")
        #expect(waits.first == 0)
        #expect(waits == waits.sorted() && waits[2] >= 0.06 * Self.second)
    }

    @Test func aWindowThatGathersIsAWait() throws {
        let metrics = RecordedMetrics()
        _ = try Self.run(metrics) {
            $0.configuration.batchSize = 1000
            $0.configuration.batchWindow = .seconds(3)
            $0.configuration.untilIdle = .seconds(10)
        }
        #expect(metrics.values("weir.batch.window_wait") == [3 * Self.second])
        #expect(metrics.values("weir.batch.fill") == [0.25])
    }

    @Test func stateAndResultAreCodes() throws {
        let metrics = RecordedMetrics()
        _ = try Self.run(metrics)
        let results = metrics.values("weir.last_result")
        #expect(results.last == Double(ConsumerMetric.code(of: ProcessingResult.succeeded)))
        let states = metrics.values("weir.state")
        #expect(states.dropLast().contains(Double(ConsumerMetric.code(of: MappingState.enabled))))
        #expect(states.last == Double(ConsumerMetric.code(of: MappingState.disabled)))
        #expect(metrics.values("weir.shard.state").contains(2))
    }

    @Test func dimensionsNamePipelineTableAndShardAndAShardThatIsOverIsForgotten() throws {
        let metrics = RecordedMetrics()
        _ = try Self.run(metrics) {
            $0.configuration.pipeline = "p"
            $0.configuration.untilIdle = nil
            $0.configuration.endsWithShards = true
            $0.service.close(1)
            $0.service.disable()
        }
        let table = "pipeline=p table=\(ScriptedService.table)"
        #expect(metrics.dimensions("weir.records.polled") == [table])
        #expect(metrics.dimensions("weir.shard.records.polled") == ["\(table) shard=\(ScriptedService.shard(1))"])
        #expect(metrics.sum("weir.shard.records.succeeded") == 250)
        #expect(!metrics.alive.contains { $0.label.hasPrefix("weir.shard") })
        #expect(metrics.alive.contains { $0.label == "weir.state" })
    }

    private static let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Sources/ConsumerEngine/ConsumerEngine.docc/Metrics.md")
}

/// Takes the first message and no other.
private final class AlternatingDestination: FailureDestination {
    private let isFull = Mutex(false)

    func deliver(_ discarded: DiscardedBatch) async throws {
        let wasFull = self.isFull.withLock { isFull in
            defer { isFull = true }
            return isFull
        }
        if wasFull { throw CocoaError(.fileWriteOutOfSpace) }
    }
}
