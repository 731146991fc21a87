// Weir, copyright the Weir project authors
// SPDX-License-Identifier: Apache-2.0

import ConsumerEngine
import DynamoDBModel
import StreamSession
import TestSupport
import Testing

/// Filters in a consumer that runs.
@Suite(.timeLimit(.minutes(1))) struct EngineFilterTests {
    @Test func recordsThatDoNotMatchAreFilteredBeforeBatchesAreFormed() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchSize = 10
        run.configuration.eventNames = [.insert, .modify]
        run.configuration.filters = try Self.keys(withPrefix: "order")
        run.service.addShard(1)
        for number in 0..<30 {
            run.service.write("order\(number)", to: 1)
            run.service.write("user\(number)", to: 1)
            run.service.write("order-removed\(number)", to: 1, kind: .remove)
        }
        let before = DecodedImageCounter.count
        let session = try run.run()
        #expect(handler.keys == (0..<30).map { "order\($0)" })
        #expect(session.formed.map(\.records.count) == [10, 10, 10])
        #expect(session.state.totals.polled == 90)
        #expect(session.state.totals.filteredOut == 60)
        #expect(session.imbalances == [])
        #expect(DecodedImageCounter.count == before)
    }

    @Test func aShardWhereNothingMatchesMovesItsPositionAllTheSame() async throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.filters = try Self.keys(withPrefix: "order")
        run.configuration.endsWithShards = true
        run.service.behave { $0.pageLimit = 10 }
        run.service.addShard(1)
        run.service.addShard(2)
        let records = run.service.write(0..<30, to: 1)
        run.service.write(30..<40, to: 2)
        run.service.close(2)
        let session = try run.run()
        #expect(handler.keys == [])
        #expect(session.checkpoints(of: 1).last == .sequenceNumber(records[29].sequenceNumber))
        #expect(session.checkpoints(of: 2).last == .shardEnd)
    }

    @Test func noPositionPassesAMatchingRecordThatIsNotDone() throws {
        let world = VirtualTime(seed: 9)
        let handler = ScriptedHandler { _, _ in
            try await world.sleep(for: .seconds(30))
            return .done
        }
        var run = EngineRun(world: world, service: ScriptedService(clock: world, seed: 9), handler: handler)
        run.configuration.filters = try Self.keys(withPrefix: "order")
        run.service.addShard(1)
        let order = run.service.write("order1", to: 1)
        let service = run.service
        let session = try run.run { consumer, world in
            try await world.sleep(for: .seconds(5))
            service.write(0..<20, to: 1)
            try await world.sleep(for: .seconds(20))
            // Read, but the record before is still in the handler.
            #expect(consumer.session.state.totals.filteredOut == 20)
            #expect(consumer.session.state.shards.first?.checkpoint == .before(order.sequenceNumber))
        }
        #expect(session.error == nil)
        // Once it is done, the position passes all of them.
        let last = try #require(session.checkpoints(of: 1).last)
        #expect(CheckpointPosition.sequenceNumber(order.sequenceNumber).isBefore(last))
    }

    @Test func ofAMixedPageTheMatchingRecordsAreHandledInOrder() throws {
        let handler = ScriptedHandler()
        var run = EngineRun(handler: handler)
        run.configuration.batchWindow = .seconds(1)
        run.configuration.filters = try FilterCriteria(compiling: [
            #"{"dynamodb":{"Keys":{"pk":{"S":["k3","k4","k9"]}}}}"#, #"{"eventName":["REMOVE"]}"#,
        ])
        run.service.addShard(1)
        run.service.write(0..<10, to: 1)
        run.service.write("gone", to: 1, kind: .remove)
        let session = try run.run()
        #expect(handler.keys == ["k3", "k4", "k9", "gone"])
        #expect(session.state.totals.filteredOut == 7)
    }

    private static func keys(withPrefix prefix: String) throws -> FilterCriteria {
        let name = ScriptedService.keyNames[0]
        return try FilterCriteria(compiling: [#"{"dynamodb":{"Keys":{"\#(name)":{"S":[{"prefix":"\#(prefix)"}]}}}}"#])
    }
}
