// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import Foundation
import GRDB
import Logging
import StreamSession
import TestSupport
import Testing

@testable import SessionRecording

/// Batches of a recording come again as they were.
@Suite(.timeLimit(.minutes(1)))
struct ReplayStreamTests {
    private static func formed(_ reader: RecordingReader) throws -> [BatchDescription] {
        var batches: [BatchDescription] = []
        var after: UInt64 = 0
        while case let events = try reader.events(after: after), let last = events.last {
            batches += events.compactMap { if case .batchFormed(let batch) = $0.kind { batch } else { nil } }
            after = last.sequence
        }
        return batches
    }

    private static func stream(
        _ selection: RecordingSelection,
        _ reader: RecordingReader
    ) throws -> (ReplayPlan, ReplayStream) {
        let plan = try ReplayPlan(selection, of: reader)
        let state = try reader.finalState()
        let session = try #require(state.description)
        return (plan, ReplayStream(plan, of: reader, session: session, lineage: state.shards.map(\.description)))
    }

    /// What the engine hands out of it.
    private static func replay(_ stream: ReplayStream, of reader: RecordingReader) throws -> [RecordBatch] {
        let world = VirtualTime(seed: 1)
        let handler = ScriptedHandler()
        let session = try #require(try reader.finalState().description)
        var configuration = ConsumerConfiguration(
            streamARN: session.streamARN,
            startingPosition: .trimHorizon,
            batchSize: 10_000,
            endsWithShards: true
        )
        configuration.readsRecording = true
        let consumer = StreamConsumer(
            configuration: configuration,
            description: session,
            api: stream,
            checkpoints: InMemoryCheckpointStore(),
            handler: handler,
            clock: world,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            taskExecutor: world
        )
        let outcome = world.run { try await Task(executorPreference: world) { try await consumer.run() }.value }
        guard case .finished(let result) = outcome else { throw ReplayFailure() }
        try result.get()
        #expect(consumer.session.state.log.allSatisfy { $0.level == .info })
        return handler.batches
    }

    private struct ReplayFailure: Error {}

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func theEngineFormsTheSameBatchesAgain(seed: UInt64) async throws {
        let recorded = try await RecordedScript(seed: seed, steps: 300)
        let reader = try RecordingReader(path: recorded.path)
        let formed = try Self.formed(reader).filter { !$0.records.isEmpty }
        let (plan, stream) = try Self.stream(RecordingSelection(), reader)
        #expect(plan.batches.map(\.id) == formed.map(\.id))
        #expect(plan.recordCount == formed.reduce(0) { $0 + $1.records.count })
        let again = try Self.replay(stream, of: reader)
        #expect(again.count == formed.count)
        for shard in Set(formed.map(\.shard)) {
            #expect(
                again.filter { $0.shard == shard }.map(\.records) == formed.filter { $0.shard == shard }.map(\.records)
            )
        }
    }

    @Test func aParentComesBeforeItsChild() async throws {
        let recorded = try await RecordedScript(seed: 2, steps: 400)
        let reader = try RecordingReader(path: recorded.path)
        let (plan, stream) = try Self.stream(RecordingSelection(), reader)
        let parent = ShardID("shardId-0001")
        let child = ShardID("shardId-0003")
        // Of these two, the script says that the third descends from the first.
        let isFirst = try #require(plan.batches.first { $0.shard == parent || $0.shard == child }).shard == parent
        #expect(stream.description.shards.first { $0.id == child }?.parent == (isFirst ? parent : nil))
        #expect(stream.description.shards.allSatisfy { $0.isClosed })
        guard isFirst else { return }
        let order = try Self.replay(stream, of: reader).map(\.shard)
        let last = try #require(order.lastIndex(of: parent))
        let first = try #require(order.firstIndex(of: child))
        #expect(last < first)
    }

    @Test func whatIsChosenComesAndNothingElse() async throws {
        let recorded = try await RecordedScript(seed: 3, steps: 300)
        let reader = try RecordingReader(path: recorded.path)
        let formed = try Self.formed(reader).filter { $0.records.count > 1 }
        let batch = try #require(formed.dropFirst(2).first)

        let (byNumber, stream) = try Self.stream(RecordingSelection(batches: [batch.id]), reader)
        #expect(byNumber.batches.map(\.id) == [batch.id])
        #expect(try Self.replay(stream, of: reader).map(\.records) == [batch.records])

        let record = batch.records[1]
        let (_, one) = try Self.stream(RecordingSelection(records: [record.eventID]), reader)
        let found = Set(try Self.replay(one, of: reader).flatMap(\.records).map(\.eventID))
        #expect(found == [record.eventID])

        let (ofShard, _) = try Self.stream(RecordingSelection(shards: [batch.shard]), reader)
        #expect(Set(ofShard.batches.map(\.shard)) == [batch.shard])

        let (none, _) = try Self.stream(RecordingSelection(batches: [batch.id], shards: [ShardID("other")]), reader)
        #expect(none.batches.isEmpty)
        let (unknown, _) = try Self.stream(RecordingSelection(batches: [BatchID(999_999), batch.id]), reader)
        #expect(unknown.missing == [BatchID(999_999)])
        #expect(unknown.batches.map(\.id) == [batch.id])
    }

    @Test func aBatchThatCannotBeReadIsNamedAndNeverSent() async throws {
        let recorded = try await RecordedScript(seed: 4, steps: 300)
        let batch = try #require(
            try Self.formed(try RecordingReader(path: recorded.path)).first { !$0.records.isEmpty }
        )
        let queue = try DatabaseQueue(path: recorded.path)
        try await queue.write { database in
            try database.execute(
                sql: "UPDATE batch SET data = zeroblob(length(data)) WHERE batch = ?",
                arguments: [Int64(batch.id.number)]
            )
        }
        try queue.close()
        let reader = try RecordingReader(path: recorded.path)
        let named = try ReplayPlan(RecordingSelection(batches: [batch.id]), of: reader)
        #expect(named.damaged == [batch.id])
        #expect(named.batches.isEmpty)
        let all = try ReplayPlan(RecordingSelection(), of: reader)
        #expect(all.gaps == 1)
        #expect(!all.batches.contains { $0.id == batch.id })
    }

    @Test func noOtherPlaceOfTheStreamIsKnown() async throws {
        let recorded = try await RecordedScript(seed: 1, steps: 100)
        let reader = try RecordingReader(path: recorded.path)
        let (_, stream) = try Self.stream(RecordingSelection(), reader)
        let shard = try #require(stream.description.shards.first).id
        for position in [ShardPosition.latest, .after(SessionScript.number(1)), .at(SessionScript.number(1))] {
            await #expect(throws: DynamoDBError.self) {
                _ = try await stream.shardIterator(
                    ShardIteratorRequest(arn: stream.description.arn, shard: shard, position: position)
                )
            }
        }
        for text in ["", "x", "999|\(shard)", "0|nowhere"] {
            await #expect(throws: DynamoDBError.self) {
                _ = try await stream.records(at: ShardIterator(text), limit: 10)
            }
        }
    }
}
